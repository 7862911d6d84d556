/* The form is GVariant's (READING_PACKED_TYPE), so that other programs can read it; it is
 * written and read by hand, since it is done twice a letter and must be cheap.
 *
 * Of that form: values lie one after the other, each aligned to its type.  Where those of
 * varying length end is said behind them, in numbers as wide as the whole needs: in an
 * array in their order, in a tuple backwards and without the last one.  A string ends
 * with a NUL, one that may be missing with one byte more, or has none at all. */
#include "reading-private.h"

#include <string.h>

static gsize
width_of(gsize size)
{
	return size <= G_MAXUINT8 ? 1 : size <= G_MAXUINT16 ? 2 : 4;
}

/* --- packing --- */

typedef struct {
	GByteArray *into;
	guint base; /* where the whole value begins */
} Pack;

static void
put(const Pack *pack, gconstpointer bytes, gsize size)
{
	g_byte_array_append(pack->into, bytes, (guint)size);
}

static guint
position(const Pack *pack)
{
	return pack->into->len - pack->base;
}

static void
align(const Pack *pack, guint to)
{
	static const char zeros[8];

	put(pack, zeros, -position(pack) & (to - 1));
}

static void
put_int(const Pack *pack, gint32 value)
{
	align(pack, sizeof value);
	put(pack, &value, sizeof value);
}

static void
put_boolean(const Pack *pack, gboolean value)
{
	put(pack, value ? "\1" : "\0", 1);
}

static void
put_string(const Pack *pack, const char *text)
{
	put(pack, text, strlen(text) + 1);
}

static void
put_maybe(const Pack *pack, const char *text)
{
	if (text == NULL)
		return;
	put_string(pack, text);
	put(pack, "\0", 1);
}

/* Where the members of a container end, of which one begins at `start`. */
static void
put_ends(const Pack *pack, guint start, const guint *ends, guint n, gboolean backwards)
{
	gsize body = position(pack) - start, width = 1;

	while (width_of(body + n * width) > width)
		width *= 2;
	for (guint i = 0; i < n; i++) {
		guint32 end = GUINT32_TO_LE(ends[backwards ? n - 1 - i : i] - start);

		put(pack, &end, width);
	}
}

static void
put_strings(const Pack *pack, const Reading *reading)
{
	guint start = position(pack), ends[N_READING_STRINGS];

	for (guint i = 0; i < N_READING_STRINGS; i++) {
		put_maybe(pack, G_STRUCT_MEMBER(char *, reading, reading_strings[i]));
		ends[i] = position(pack);
	}
	put_ends(pack, start, ends, N_READING_STRINGS, FALSE);
}

static void
put_attachments(const Pack *pack, const GPtrArray *attachments)
{
	g_autofree guint *ends = g_new(guint, attachments->len + 1);
	guint start = position(pack);

	for (guint i = 0; i < attachments->len; i++) {
		const Attachment *attachment = attachments->pdata[i];
		guint first, inner[2];

		align(pack, 8);
		first = position(pack);
		put_string(pack, attachment->name);
		inner[0] = position(pack);
		put_string(pack, attachment->type);
		inner[1] = position(pack);
		align(pack, 8);
		put(pack, &attachment->size, sizeof attachment->size);
		put_ends(pack, first, inner, 2, TRUE);
		ends[i] = position(pack);
	}
	put_ends(pack, start, ends, attachments->len, FALSE);
}

static void
put_score(const Pack *pack, double score)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	put_string(pack, g_ascii_formatd(text, sizeof text, "%.3f", score));
}

static void
put_findings(const Pack *pack, const GPtrArray *findings)
{
	g_autofree guint *ends = g_new(guint, findings->len + 1);
	guint start = position(pack);

	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = findings->pdata[i];
		guint first, inner[4];

		align(pack, 4);
		first = position(pack);
		put_int(pack, (gint32)finding->rule);
		put_string(pack, finding->test);
		inner[0] = position(pack);
		put_score(pack, finding->score);
		inner[1] = position(pack);
		put_maybe(pack, finding->words);
		inner[2] = position(pack);
		put_maybe(pack, finding->where);
		inner[3] = position(pack);
		put_string(pack, finding->why);
		put_ends(pack, first, inner, 4, TRUE);
		ends[i] = position(pack);
	}
	put_ends(pack, start, ends, findings->len, FALSE);
}

void
reading_pack(const Reading *reading, const Verdict *verdict, GByteArray *into)
{
	Pack whole = { into, into->len }, *pack = &whole;
	guint ends[5];

	put_strings(pack, reading);
	ends[0] = position(pack);
	align(pack, 8);
	put_attachments(pack, reading->attachments);
	ends[1] = position(pack);
	put_int(pack, (gint32)reading->kind);
	put_int(pack, (gint32)reading->language);
	put_boolean(pack, reading->confidential);
	put_int(pack, (gint32)verdict->outcome);
	put_int(pack, verdict->rule);
	put_int(pack, (gint32)verdict->rules);
	align(pack, 8);
	put(pack, verdict->scores, sizeof verdict->scores);
	ends[2] = position(pack);
	put_boolean(pack, verdict->urgent);
	put_int(pack, (gint32)verdict->topic);
	put_int(pack, (gint32)verdict->second_topic);
	put_boolean(pack, verdict->topic_sure);
	put_maybe(pack, verdict->missing);
	ends[3] = position(pack);
	put_string(pack, verdict->version != NULL ? verdict->version : "");
	ends[4] = position(pack);
	align(pack, 4);
	put_findings(pack, verdict->findings);
	put_ends(pack, 0, ends, G_N_ELEMENTS(ends), TRUE);
}

/* --- unpacking --- */

/* A container whose members are taken one after the other.  Whatever does not fit makes
 * it bad, and what is taken from then on is empty. */
typedef struct {
	const char *bytes;
	gsize size;  /* without the ends behind it */
	gsize width; /* of an end */
	gsize at;
	const char *next_end; /* in a tuple they go backwards, in an array forwards */
	guint n;              /* of an array's members */
	gboolean bad;
} Box;

static gsize
end_at(const Box *box, const char *at)
{
	guint32 end = 0;

	memcpy(&end, at, box->width);
	return GUINT32_FROM_LE(end);
}

static Box
open_tuple(const char *bytes, gsize size, guint n_ends)
{
	Box box = { .bytes = bytes, .width = width_of(size) };

	box.bad = size < n_ends * box.width;
	if (!box.bad) {
		box.size = size - n_ends * box.width;
		box.next_end = bytes + size;
	}
	return box;
}

static Box
open_array(const char *bytes, gsize size)
{
	Box box = { .bytes = bytes, .width = width_of(size) };

	if (size == 0)
		return box;
	box.bad = size < box.width;
	if (!box.bad)
		box.size = end_at(&box, bytes + size - box.width);
	box.bad |= box.size >= size || (size - box.size) % box.width != 0;
	if (box.bad)
		return box;
	box.next_end = bytes + box.size;
	box.n = (guint)((size - box.size) / box.width);
	return box;
}

static void
align_at(Box *box, gsize to)
{
	box->at = (box->at + to - 1) & ~(to - 1);
	box->bad |= box->at > box->size;
}

/* A member of a known size. */
static void
take(Box *box, gpointer ret_value, gsize size)
{
	align_at(box, size);
	box->bad |= box->bad || box->size - box->at < size;
	if (box->bad)
		memset(ret_value, 0, size);
	else
		memcpy(ret_value, box->bytes + box->at, size);
	box->at += size;
}

/* From here to `end`. */
static const char *
take_until(Box *box, gsize end, gsize *ret_size)
{
	const char *first;

	box->bad |= end < box->at || end > box->size;
	*ret_size = box->bad ? 0 : end - box->at;
	first = box->bad ? NULL : box->bytes + box->at;
	box->at = end;
	return first;
}

static const char *
take_member(Box *tuple, gsize alignment, gsize *ret_size)
{
	gsize end = 0;

	align_at(tuple, alignment);
	if (!tuple->bad)
		end = end_at(tuple, tuple->next_end -= tuple->width);
	return take_until(tuple, end, ret_size);
}

static const char *
take_last(Box *tuple, gsize alignment, gsize *ret_size)
{
	align_at(tuple, alignment);
	return take_until(tuple, tuple->size, ret_size);
}

static const char *
take_element(Box *array, gsize alignment, gsize *ret_size)
{
	gsize end = 0;

	align_at(array, alignment);
	if (!array->bad) {
		end = end_at(array, array->next_end);
		array->next_end += array->width;
	}
	return take_until(array, end, ret_size);
}

/* The bytes of a string, which are given back when they are one; else the box is bad. */
static const char *
check_string(Box *box, const char *bytes, gsize size)
{
	box->bad |= size == 0;
	box->bad |= box->bad || bytes[size - 1] != '\0' ||
	    !g_utf8_validate(bytes, (gssize)size - 1, NULL);
	return box->bad ? "" : bytes;
}

static const char *
check_maybe(Box *box, const char *bytes, gsize size)
{
	if (size == 0)
		return NULL;
	box->bad |= bytes[size - 1] != '\0';
	return check_string(box, bytes, size - 1);
}

static const char *
take_string(Box *tuple)
{
	gsize size;
	const char *bytes = take_member(tuple, 1, &size);

	return check_string(tuple, bytes, size);
}

static const char *
take_maybe(Box *tuple)
{
	gsize size;
	const char *bytes = take_member(tuple, 1, &size);

	return check_maybe(tuple, bytes, size);
}

/* One of the numbers first to end (exclusive). */
static int
take_choice(Box *tuple, int first, int end)
{
	gint32 value;

	take(tuple, &value, sizeof value);
	tuple->bad |= value < first || value >= end;
	return tuple->bad ? first : value;
}

static gboolean
take_boolean(Box *tuple)
{
	guint8 value;

	take(tuple, &value, sizeof value);
	tuple->bad |= value > 1;
	return value != 0;
}

static gboolean
take_strings(const char *bytes, gsize size, Reading *reading)
{
	Box array = open_array(bytes, size);

	array.bad |= array.n < FIRST_RELEASE_STRINGS || array.n > N_READING_STRINGS;
	for (guint i = 0; !array.bad && i < array.n; i++) {
		const char *text = take_element(&array, 1, &size);

		G_STRUCT_MEMBER(char *, reading, reading_strings[i]) =
		    g_strdup(check_maybe(&array, text, size));
	}
	return !array.bad;
}

static gboolean
take_attachments(const char *bytes, gsize size, Reading *reading)
{
	Box array = open_array(bytes, size);

	for (guint i = 0; !array.bad && i < array.n; i++) {
		const char *item = take_element(&array, 8, &size), *name, *type;
		Box tuple = open_tuple(item, size, 2);
		gint64 length;

		name = take_string(&tuple);
		type = take_string(&tuple);
		take(&tuple, &length, sizeof length);
		reading_add_attachment(reading, name, type, length);
		array.bad |= tuple.bad;
	}
	return !array.bad;
}

static gboolean
take_findings(const char *bytes, gsize size, Verdict *verdict)
{
	Box array = open_array(bytes, size);

	for (guint i = 0; !array.bad && i < array.n; i++) {
		const char *item = take_element(&array, 4, &size);
		const char *test, *score, *words, *where, *why;
		Box tuple = open_tuple(item, size, 4);
		int rule = take_choice(&tuple, 0, N_RULES + 1);

		test = take_string(&tuple);
		score = take_string(&tuple);
		words = take_maybe(&tuple);
		where = take_maybe(&tuple);
		why = take_last(&tuple, 1, &size);
		why = check_string(&tuple, why, size);
		verdict_add_finding(verdict, (Rule)rule, test,
		    g_ascii_strtod(score, NULL), words, where, why);
		array.bad |= tuple.bad;
	}
	return !array.bad;
}

gboolean
reading_unpack(
    gconstpointer bytes, gsize size, Reading **ret_reading, Verdict **ret_verdict)
{
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(Verdict) verdict = verdict_new();
	Box whole = open_tuple(bytes, size, 5);
	const char *part;

	part = take_member(&whole, 1, &size);
	whole.bad |= whole.bad || !take_strings(part, size, reading);
	part = take_member(&whole, 8, &size);
	whole.bad |= whole.bad || !take_attachments(part, size, reading);
	reading->kind = (Kind)take_choice(&whole, 0, N_KINDS);
	reading->language = (Language)take_choice(&whole, 0, N_LANGUAGES);
	reading->confidential = take_boolean(&whole);
	verdict->outcome = (Outcome)take_choice(&whole, 0, N_OUTCOMES);
	verdict->rule = take_choice(&whole, -1, N_RULES);
	verdict->rules = (guint32)take_choice(&whole, 0, 1 << N_RULES);
	part = take_member(&whole, 8, &size);
	whole.bad |= size != sizeof verdict->scores;
	if (!whole.bad)
		memcpy(verdict->scores, part, size);
	verdict->urgent = take_boolean(&whole);
	verdict->topic = (Topic)take_choice(&whole, 0, N_TOPICS);
	verdict->second_topic = (Topic)take_choice(&whole, 0, N_TOPICS);
	verdict->topic_sure = take_boolean(&whole);
	verdict->missing = g_strdup(take_maybe(&whole));
	verdict->version = g_strdup(take_string(&whole));
	part = take_last(&whole, 4, &size);
	if (whole.bad || !take_findings(part, size, verdict))
		return FALSE;
	*ret_reading = g_steal_pointer(&reading);
	*ret_verdict = g_steal_pointer(&verdict);
	return TRUE;
}
