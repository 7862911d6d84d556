/* Reading a sheet: line by line, each mistake with its file and line. */
#include "fault.h"
#include "lexicon-private.h"

#include <math.h>
#include <string.h>

typedef struct {
	Lexicon *lexicon;
	const char *file;
	guint line;
	Sheet *sheet;
	Signal *signal;     /* the one being read */
	GArray *conditions; /* of Condition */
	GError **error;
} Reader;

static const char *const kind_words[] = { "number", "money", "phone", "link", "iin",
	"card", "name", "handle", NULL };

static void
signal_free(gpointer data)
{
	Signal *signal = data;

	g_free(signal->name);
	g_free(signal->test);
	g_free(signal->why);
	g_array_unref(signal->with);
	g_ptr_array_unref(signal->phrases);
	g_ptr_array_unref(signal->innocent);
	g_free(signal);
}

void
sheet_free(gpointer data)
{
	Sheet *sheet = data;

	g_free(sheet->name);
	g_hash_table_unref(sheet->by_name);
	g_ptr_array_unref(sheet->signals);
	g_ptr_array_unref(sheet->limits);
	g_free(sheet);
}

static void
limit_free(gpointer data)
{
	Limit *limit = data;

	g_free(limit->name);
	g_free(limit);
}

double
sheet_limit(const Sheet *sheet, const char *name, double fallback)
{
	for (guint i = 0; i < sheet->limits->len; i++) {
		const Limit *limit = sheet->limits->pdata[i];

		if (g_str_equal(limit->name, name))
			return limit->value;
	}
	return fallback;
}

const Signal *
sheet_signal(const Sheet *sheet, const char *name)
{
	return g_hash_table_lookup(sheet->by_name, name);
}

static gboolean
expected(Reader *reader, const char *what, const char *found)
{
	g_set_error(reader->error, FAULT, FAULT_SETUP,
	    "%s:%u: expected %s, found \"%.60s\"", reader->file, reader->line, what,
	    found);
	return FALSE;
}

static gboolean
read_weight(Reader *reader, const char *text, double *ret_weight)
{
	char *end;
	double weight = text == NULL ? 0 : g_ascii_strtod(text, &end);

	if (text == NULL || end == text || *end != '\0' || !isfinite(weight))
		return expected(reader, "a number", text == NULL ? "" : text);
	*ret_weight = weight;
	return TRUE;
}

/* "signal NAME WEIGHT [most WEIGHT]" */
static gboolean
begin_signal(Reader *reader, char **fields)
{
	Signal *signal = g_new0(Signal, 1);
	guint n = g_strv_length(fields);

	reader->signal = signal;
	signal->index = reader->sheet->signals->len;
	signal->with = g_array_new(FALSE, FALSE, sizeof(guint64));
	signal->phrases = g_ptr_array_new_with_free_func(g_free);
	signal->innocent = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(reader->sheet->signals, signal);
	signal->name = g_strdup(n > 1 ? fields[1] : "");
	signal->test = g_strconcat(reader->sheet->name, "/", signal->name, NULL);
	if ((n != 3 && n != 5) || (n == 5 && !g_str_equal(fields[3], "most")))
		return expected(reader, "\"signal NAME WEIGHT [most WEIGHT]\"",
		    n > 1 ? fields[1] : "");
	if (!read_weight(reader, fields[2], &signal->weight))
		return FALSE;
	signal->most = signal->weight;
	if (n == 5 && !read_weight(reader, fields[4], &signal->most))
		return FALSE;
	if (signal->most / signal->weight < 1)
		return expected(reader, "a \"most\" beyond the weight", fields[4]);
	if (sheet_signal(reader->sheet, signal->name) != NULL)
		return expected(reader, "a name that is not used yet", signal->name);
	g_hash_table_insert(reader->sheet->by_name, signal->name, signal);
	return TRUE;
}

static gboolean
add_spelling(Reader *reader, const char *spelling, guint symbol)
{
	gsize length = strlen(spelling);
	gboolean stem = length > 0 && spelling[length - 1] == '*';
	g_autofree char *folded = g_malloc(FOLD_SPACE(length));

	length -= stem;
	if (length == 0 || strpbrk(spelling, "()|%~") != NULL ||
	    memchr(spelling, '*', length) != NULL)
		return expected(reader, "a word, or a stem ending in *", spelling);
	fold_word(spelling, length, folded, NULL);
	lexicon_add_spelling(reader->lexicon, folded, stem, symbol);
	return TRUE;
}

static gboolean
read_kind(Reader *reader, const char *word, Element *element)
{
	for (guint i = 0; kind_words[i] != NULL; i++)
		if (g_str_equal(kind_words[i], word)) {
			element->kind = (guint8)(1u << i);
			return TRUE;
		}
	return expected(reader,
	    "%number, %money, %phone, %link, %iin, %card, %name or %handle", word);
}

static gboolean
read_element(Reader *reader, const char *word, Element *element)
{
	gboolean is_new;
	gsize length = strlen(word);
	g_auto(GStrv) choices = NULL;

	if (word[0] == '%')
		return read_kind(reader, word + 1, element);
	element->symbol = lexicon_symbol(reader->lexicon, word, &is_new);
	if (!is_new)
		return TRUE;
	if (word[0] != '(')
		return add_spelling(reader, word, element->symbol);
	if (word[length - 1] != ')')
		return expected(reader, "a closing bracket", word);
	choices = g_strsplit(word + 1, "|", -1);
	for (guint i = 0; choices[i] != NULL; i++) {
		if (choices[i + 1] == NULL)
			choices[i][strlen(choices[i]) - 1] = '\0';
		if (!add_spelling(reader, choices[i], element->symbol))
			return FALSE;
	}
	return TRUE;
}

static gboolean
read_gap(Reader *reader, const char *word, guint *ret_gap)
{
	char *end;

	*ret_gap = word[1] == '\0' ? 3 : (guint)g_ascii_strtoull(word + 1, &end, 10);
	if (*ret_gap == 0 || *ret_gap > 20 || (word[1] != '\0' && *end != '\0'))
		return expected(reader, "~ or ~NUMBER", word);
	return TRUE;
}

static gboolean
read_phrase(Reader *reader, const char *text, gboolean innocent)
{
	Phrase phrase = { .sheet = (guint16)reader->sheet->index,
		.signal = (guint16)reader->signal->index,
		.innocent = innocent != FALSE };
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	guint gap = 0;

	for (guint i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (words[i][0] == '~') {
			if (phrase.n_elements == 0)
				return expected(reader, "a word before ~", text);
			if (!read_gap(reader, words[i], &gap))
				return FALSE;
			continue;
		}
		if (phrase.n_elements == MOST_ELEMENTS)
			return expected(reader, "at most eight words in a phrase", text);
		if (!read_element(reader, words[i], &phrase.elements[phrase.n_elements]))
			return FALSE;
		phrase.elements[phrase.n_elements++].gap = (guint8)gap;
		gap = 0;
	}
	if (gap != 0)
		return expected(reader, "a word after ~", text);
	if (phrase.n_elements > 0) {
		lexicon_add_phrase(reader->lexicon, &phrase);
		g_ptr_array_add(
		    innocent ? reader->signal->innocent : reader->signal->phrases,
		    g_strstrip(g_strdup(text)));
	}
	return TRUE;
}

/* A choice may hold several words in a row, or kinds: "(in love|loved|%name)".  Such a
 * phrase is read once for each of them, and once for the single words together. */
static gboolean
read_choices(Reader *reader, const char *text, gboolean innocent)
{
	const char *open = text, *close = NULL;
	g_autofree char *inside = NULL;
	g_auto(GStrv) choices = NULL;
	g_autoptr(GString) single = g_string_new(NULL);

	while ((open = strchr(open, '(')) != NULL) {
		close = strchr(open, ')');
		if (close == NULL || memchr(open, ' ', (gsize)(close - open)) != NULL ||
		    memchr(open, '%', (gsize)(close - open)) != NULL)
			break;
		open = close;
	}
	if (open == NULL || close == NULL)
		return read_phrase(reader, text, innocent);
	inside = g_strndup(open + 1, (gsize)(close - open) - 1);
	choices = g_strsplit(inside, "|", -1);
	for (guint i = 0; choices[i] != NULL; i++) {
		g_autofree char *one = NULL;

		if (strpbrk(choices[i], " %") == NULL) {
			g_string_append_printf(
			    single, "%s%s", single->len > 0 ? "|" : "", choices[i]);
			continue;
		}
		one = g_strdup_printf(
		    "%.*s%s%s", (int)(open - text), text, choices[i], close + 1);
		if (!read_choices(reader, one, innocent))
			return FALSE;
	}
	if (single->len > 0) {
		g_autofree char *one = g_strdup_printf(
		    "%.*s(%s)%s", (int)(open - text), text, single->str, close + 1);

		return read_choices(reader, one, innocent);
	}
	return TRUE;
}

static gboolean
read_phrases(Reader *reader, const char *text, gboolean innocent)
{
	g_auto(GStrv) phrases = g_strsplit(text, ";", -1);

	for (guint i = 0; phrases[i] != NULL; i++)
		if (!read_choices(reader, phrases[i], innocent))
			return FALSE;
	return TRUE;
}

/* Names may stand before their signals, so they are looked up at the end. */
typedef struct {
	guint signal, line;
	char *word, *names;
} Condition;

static void
clear_condition(gpointer data)
{
	Condition *condition = data;

	g_free(condition->word);
	g_free(condition->names);
}

static gboolean
add_condition(Reader *reader, const char *word, const char *names)
{
	Condition condition = { reader->signal->index, reader->line, g_strdup(word),
		g_strdup(names) };

	g_array_append_val(reader->conditions, condition);
	return TRUE;
}

static gboolean
is_language(const char *word)
{
	return g_str_equal(word, "kk") || g_str_equal(word, "ru") ||
	    g_str_equal(word, "en") || g_str_equal(word, "any");
}

/* A line inside a signal: `word` and the rest of the line. */
static gboolean
read_signal_line(Reader *reader, const char *word, const char *rest)
{
	Signal *signal = reader->signal;
	g_auto(GStrv) but = NULL;

	if (g_str_equal(word, "why"))
		return g_free(signal->why), signal->why = g_strdup(rest), TRUE;
	if (g_str_equal(word, "with") || g_str_equal(word, "without") ||
	    g_str_equal(word, "near"))
		return add_condition(reader, word, rest);
	if (g_str_equal(word, "quoted"))
		return read_weight(reader, rest, &signal->quoted);
	if (is_language(word))
		return read_phrases(reader, rest, FALSE);
	if (g_str_equal(word, "but")) {
		but = g_strsplit(rest, " ", 2);
		if (but[0] != NULL && is_language(but[0]) && but[1] != NULL)
			return read_phrases(reader, but[1], TRUE);
		return expected(reader, "kk, ru, en or any after \"but\"", rest);
	}
	return expected(reader,
	    "why, with, without, near, quoted, but, kk, ru, en, any or signal", word);
}

static gboolean
read_limit(Reader *reader, char **fields)
{
	Limit *limit;
	double value = 0;

	if (g_strv_length(fields) != 3)
		return expected(reader, "\"limit NAME NUMBER\"", fields[0]);
	if (!read_weight(reader, fields[2], &value))
		return FALSE;
	limit = g_new0(Limit, 1);
	limit->name = g_strdup(fields[1]);
	limit->value = value;
	g_ptr_array_add(reader->sheet->limits, limit);
	return TRUE;
}

static gboolean
read_line(Reader *reader, char *line)
{
	char *comment = strchr(line, '#');
	g_auto(GStrv) fields = NULL;
	const char *rest;

	if (comment != NULL)
		*comment = '\0';
	g_strstrip(line);
	if (*line == '\0')
		return TRUE;
	fields = g_strsplit_set(line, " \t", -1);
	rest = line + strlen(fields[0]);
	while (*rest == ' ' || *rest == '\t')
		rest++;
	if (g_str_equal(fields[0], "signal"))
		return begin_signal(reader, fields);
	if (reader->signal != NULL)
		return read_signal_line(reader, fields[0], rest);
	if (g_str_equal(fields[0], "hold"))
		return read_weight(reader, rest, &reader->sheet->hold);
	if (g_str_equal(fields[0], "reject"))
		return read_weight(reader, rest, &reader->sheet->reject);
	if (g_str_equal(fields[0], "limit"))
		return read_limit(reader, fields);
	return expected(reader, "hold, reject, limit or signal", fields[0]);
}

/* The bits of "a|b". */
static gboolean
read_names(Reader *reader, const char *names, guint64 *ret_bits)
{
	g_auto(GStrv) each = g_strsplit(names, "|", -1);

	for (guint i = 0; each[i] != NULL; i++) {
		const Signal *signal = sheet_signal(reader->sheet, each[i]);

		if (signal == NULL)
			return expected(reader, "the name of a signal", each[i]);
		*ret_bits |= (guint64)1 << signal->index;
	}
	return TRUE;
}

static gboolean
settle_conditions(Reader *reader)
{
	for (guint i = 0; i < reader->conditions->len; i++) {
		const Condition *condition =
		    &g_array_index(reader->conditions, Condition, i);
		Signal *signal = reader->sheet->signals->pdata[condition->signal];
		guint64 bits = 0;

		reader->line = condition->line;
		if (!read_names(reader, condition->names, &bits))
			return FALSE;
		if (g_str_equal(condition->word, "with"))
			g_array_append_val(signal->with, bits);
		else if (g_str_equal(condition->word, "without"))
			signal->without |= bits;
		else
			signal->near |= bits;
	}
	return TRUE;
}

static gboolean
check_signals(Reader *reader)
{
	if (reader->sheet->signals->len > MOST_SIGNALS)
		return expected(reader, "at most 64 signals", "");
	for (guint i = 0; i < reader->sheet->signals->len; i++) {
		const Signal *signal = reader->sheet->signals->pdata[i];

		if (signal->why == NULL)
			return expected(reader, "a \"why\" in each signal", signal->name);
	}
	return settle_conditions(reader);
}

static char *
stem_of(const char *file)
{
	g_autofree char *base = g_path_get_basename(file);
	char *dot = strchr(base, '.');

	return g_strndup(base, dot != NULL ? (gsize)(dot - base) : strlen(base));
}

static gboolean
read_lines(Reader *reader, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	if (!g_utf8_validate(text, -1, NULL))
		return expected(reader, "UTF-8", "");
	for (guint i = 0; lines[i] != NULL; i++) {
		reader->line = i + 1;
		if (!read_line(reader, lines[i]))
			return FALSE;
	}
	if (reader->sheet->hold > reader->sheet->reject)
		return expected(reader, "a \"hold\" below \"reject\"", "");
	return check_signals(reader);
}

const Sheet *
lexicon_parse(Lexicon *lexicon, const char *file, const char *text, GError **error)
{
	Sheet *sheet = g_new0(Sheet, 1);
	g_autoptr(GArray) conditions = g_array_new(FALSE, FALSE, sizeof(Condition));
	Reader reader = { lexicon, file, 0, sheet, NULL, conditions, error };

	g_array_set_clear_func(conditions, clear_condition);
	sheet->name = stem_of(file);
	sheet->hold = sheet->reject = HUGE_VAL;
	sheet->signals = g_ptr_array_new_with_free_func(signal_free);
	sheet->limits = g_ptr_array_new_with_free_func(limit_free);
	sheet->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	sheet->index = lexicon->sheets->len;
	g_ptr_array_add(lexicon->sheets, sheet);
	return read_lines(&reader, text) ? sheet : NULL;
}

const Sheet *
lexicon_load(Lexicon *lexicon, const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) local = NULL;

	if (!g_file_get_contents(file, &text, NULL, &local)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, local->message);
		return NULL;
	}
	return lexicon_parse(lexicon, file, text, error);
}
