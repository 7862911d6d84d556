#include "speech.h"

#include "fault.h"
#include <math.h>
#include <string.h>

/* Counts are taken as if out of so many groups, so that more letters to learn from do not
 * make every word likelier. */
#define OUT_OF 300000.0

typedef struct {
	guint64 letters; /* 0: free */
	double log;      /* log10(1 + count) */
} Group;

struct Speech {
	guint bits;
	Group *groups; /* open addressing */
};

void
speech_groups(const char *folded, GroupTaker taker, gpointer data)
{
	gunichar a = '^', b = 0;
	guint step;

	for (const char *at = folded;; at += step) {
		gunichar c = *at == '\0' ? '$' : fold_next(at, &step);

		if (b != 0)
			taker(data, (guint64)a << 42 | (guint64)b << 21 | c);
		if (b != 0)
			a = b;
		b = c;
		if (*at == '\0')
			return;
	}
}

char *
speech_group_text(guint64 group)
{
	GString *text = g_string_new(NULL);

	for (int shift = 42; shift >= 0; shift -= 21)
		g_string_append_unichar(text, (gunichar)(group >> shift & 0x1fffff));
	return g_string_free(text, FALSE);
}

static guint
slot_of(const Speech *speech, guint64 group)
{
	guint slot = (guint)((group * 0x9e3779b97f4a7c15u) >> (64 - speech->bits));

	while (speech->groups[slot].letters != 0 && speech->groups[slot].letters != group)
		slot = (slot + 1) & ((1u << speech->bits) - 1);
	return slot;
}

static gboolean
read_group(Speech *speech, const char *line)
{
	guint64 group = 0, count;
	guint step, letters = 0;
	char *end;

	for (; *line != ' ' && *line != '\0'; line += step, letters++)
		group = group << 21 | fold_next(line, &step);
	count = g_ascii_strtoull(line, &end, 10);
	if (letters != 3 || end == line || *end != '\0')
		return FALSE;
	step = slot_of(speech, group);
	speech->groups[step] = (Group){ group, (double)count };
	return TRUE;
}

/* The groups hold their counts until all are read. */
static void
take_logs(Speech *speech)
{
	double sum = 0;

	for (guint i = 0; i < 1u << speech->bits; i++)
		sum += speech->groups[i].log;
	for (guint i = 0; i < 1u << speech->bits; i++)
		speech->groups[i].log =
		    log10(1 + speech->groups[i].log * OUT_OF / MAX(sum, 1));
}

Speech *
speech_load(const char *file, GError **error)
{
	g_autoptr(Speech) speech = g_new0(Speech, 1);
	g_autoptr(GError) local = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint n;

	if (!g_file_get_contents(file, &text, NULL, &local)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, local->message);
		return NULL;
	}
	lines = g_strsplit(text, "\n", -1);
	n = g_strv_length(lines);
	for (speech->bits = 8; 1u << speech->bits < n * 2; speech->bits++)
		;
	speech->groups = g_new0(Group, 1u << speech->bits);
	for (guint i = 0; i < n; i++)
		if (*lines[i] != '\0' && *lines[i] != '#' &&
		    !read_group(speech, lines[i])) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s:%u: expected three letters and a count, found \"%.20s\"",
			    file, i + 1, lines[i]);
			return NULL;
		}
	take_logs(speech);
	return g_steal_pointer(&speech);
}

void
speech_free(Speech *speech)
{
	if (speech == NULL)
		return;
	g_free(speech->groups);
	g_free(speech);
}

typedef struct {
	const Speech *speech;
	double sum;
	guint n;
} Mean;

static void
add_group(gpointer data, guint64 group)
{
	Mean *mean = data;

	mean->sum += mean->speech->groups[slot_of(mean->speech, group)].log;
	mean->n++;
}

static double
spelling_mean(const Speech *speech, const char *folded)
{
	Mean mean = { speech, 0, 0 };

	speech_groups(folded, add_group, &mean);
	return mean.n > 0 ? mean.sum / mean.n : 0;
}

double
speech_word(const Speech *speech, const TextWord *word)
{
	double likely = spelling_mean(speech, word->folded);

	return word->second != NULL ? MAX(likely, spelling_mean(speech, word->second))
				    : likely;
}
