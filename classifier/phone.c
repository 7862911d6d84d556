/* Telephone numbers: digits in groups as people write them, and whose they are.
 *
 * A number is a run of digit groups with blanks, hyphens, dots or brackets between them.
 * Its shape decides whether it can be a telephone; the words before it in its clause,
 * whether it is the author's.  Of several the author's own first one counts. */
#include "identity-private.h"

#include <string.h>

#define LEAST_SCORE -1.5
#define MOST_PHONES 500
#define BETTER_BY 2.0 /* what a later number needs over the first */

/* What may stand between two groups of one number: at most three bytes of these. */
static gboolean
is_gap(const char *bytes, gsize start, gsize end)
{
	guint step;

	if (end - start > 4)
		return FALSE;
	for (gsize i = start; i < end; i += step) {
		gunichar c = fold_next(bytes + i, &step);

		if (strchr(" -.()/", (int)(c < 0x80 ? c : 'x')) == NULL && c != 0xa0 &&
		    c != 0x2011 && c != 0x2013 && c != 0x2010 && c != 0x2212)
			return FALSE;
	}
	return TRUE;
}

static gboolean
has_plus(const Text *text, const TextWord *word)
{
	gsize at = word->start;

	while (at > 0 && (text->bytes[at - 1] == '(' || text->bytes[at - 1] == ' '))
		at--;
	return at > 0 && text->bytes[at - 1] == '+';
}

typedef struct {
	char digits[32];
	guint n_digits, n_groups, longest;
	gboolean plus;
} Shape;

static void
add_group(Shape *shape, const TextWord *word)
{
	/* Of words there is nothing to add. */
	if (word->script != SCRIPT_DIGIT)
		return;
	g_strlcat(shape->digits, word->folded, sizeof shape->digits);
	shape->n_digits += word->letters;
	shape->n_groups++;
	shape->longest = MAX(shape->longest, word->letters);
}

/* Kazakhstan's numbers, written with +7, 8, 7 or nothing before the code; foreign ones
 * have a plus.  A date, a sum or a year has neither. */
static gboolean
is_telephone(const Shape *shape)
{
	const char *digits = shape->digits;

	if (shape->plus)
		return shape->n_digits >= 9 && shape->n_digits <= 15 && digits[0] != '0';
	if (shape->n_digits == 11 && (digits[0] == '8' || digits[0] == '7'))
		return digits[1] != '0' &&
		    !(digits[0] == '7' && shape->n_groups == 1 && digits[1] < '2');
	if (shape->n_digits == 10 && digits[0] == '7')
		return strchr("01247", digits[1]) != NULL &&
		    (shape->n_groups == 1 || shape->n_groups >= 3);
	if (shape->n_digits >= 12 && shape->n_digits <= 14)
		return (strncmp(digits, "00", 2) == 0 && digits[2] != '0') ||
		    (strncmp(digits, "810", 3) == 0 && shape->n_groups > 1);
	return FALSE;
}

/* Digits or stars hidden at its end: "8 701 *** ** 12", "+7 (7xx) …", "870155…". */
static gboolean
is_masked(const Text *text, const Phone *phone)
{
	const char *bytes = text->bytes;
	gsize after = phone->stop, before = phone->start;

	while (bytes[after] == ' ' || bytes[after] == '-')
		after++;
	if (bytes[after] == '*' || bytes[after] == '_' ||
	    strncmp(bytes + after, "…", 3) == 0 || strncmp(bytes + after, "...", 3) == 0)
		return bytes[after] != '.' || bytes[after + 3] != '\0';
	return before > 0 && (bytes[before - 1] == '*' || bytes[before - 1] == '_');
}

static void
grow_bytes(const Text *text, Phone *phone)
{
	const char *bytes = text->bytes;
	gsize start = phone->start;

	while (start > 0 &&
	    (bytes[start - 1] == '(' || bytes[start - 1] == '+' ||
		(bytes[start - 1] == ' ' && start > 1 && bytes[start - 2] == '+')))
		start--;
	/* A bracket that opened before the number only counts when it closes inside it.
	 */
	if (bytes[start] == '(' &&
	    memchr(bytes + start, ')', phone->stop - start) == NULL)
		start++;
	phone->start = start;
}

/* The words that speak of a number stand before it: back to the last end of a sentence,
 * to another number, or to a comma after which no such word follows. */
static guint
clause_start(const Text *text, guint first)
{
	guint n = first, sentence = text->words[first].sentence;

	while (n > 0 && text->words[n - 1].sentence == sentence && first - n < 9 &&
	    text->words[n - 1].line == text->words[first].line &&
	    !(text->words[n - 1].script == SCRIPT_DIGIT &&
		text->words[n - 1].letters > 2))
		n--;
	return n;
}

static guint
clause_end(const Text *text, guint end)
{
	guint n = end;

	while (n < text->n_words && n < end + 4 &&
	    text->words[n].line == text->words[end - 1].line &&
	    text->words[n].script != SCRIPT_DIGIT)
		n++;
	return n;
}

/* Between brackets right after the number: "8 701 … (анам)". */
static gboolean
is_said_after(const Sight *sight, const char *signal, const Phone *phone)
{
	const Text *text = sight->text;
	guint end = clause_end(text, phone->end);

	return phone->end < text->n_words && text->words[phone->end].bracketed &&
	    sight_find_within(sight, sight->identity->phone, signal, phone->end, end) !=
	    NULL;
}

/* Right behind the author's name, or in one of the two lines below it. */
static gboolean
is_beside_name(const Sight *sight, const Phone *phone)
{
	const Text *text = sight->text;
	guint line = text->words[phone->first].line, name_line, between = 0;

	if (sight->name_end == sight->name_first)
		return FALSE;
	name_line = text->words[sight->name_first].line;
	if (phone->end <= sight->name_first)
		return line == name_line && sight->name_first == phone->end;
	for (guint n = name_line + 1; n < line; n++)
		between += text->lines[n].kind != LINE_BLANK;
	return phone->first - sight->name_end < 14 && between < 2 &&
	    (line == name_line || text->lines[line].kind != LINE_PROSE ||
		text->words[phone->first].sentence ==
		    text->words[text->lines[line].first_word].sentence);
}

/* An office is spoken of in this sentence or the one before, and the number is a
 * landline. */
static gboolean
is_office_line(const Sight *sight, const Phone *phone)
{
	const Text *text = sight->text;
	Shape shape = { 0 };
	const char *digits = shape.digits;
	guint sentence = text->words[phone->first].sentence, first;

	for (guint n = phone->first; n < phone->end; n++)
		add_group(&shape, &text->words[n]);
	if (shape.n_digits != 11 || digits[1] != '7' ||
	    (digits[2] != '1' && digits[2] != '2'))
		return FALSE;
	first = text->sentences[sentence > 0 ? sentence - 1 : 0].first_word;
	return sight_find_within(sight, sight->identity->phone, "office", first,
		   text->sentences[sentence].end_word) != NULL;
}

/* "деканат не отвечает, тел 8 …": between an office and the number stands another word
 * for telephone, and the office is not beside it. */
static gboolean
is_relabelled(const Sight *sight, const Find *office, const Phone *phone)
{
	static const char *const signals[] = { "own", "label" };

	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		if (phone->first > office->last + 3 &&
		    sight_find_within(sight, sight->identity->phone, signals[i],
			office->last + 3, phone->first) != NULL)
			return TRUE;
	return FALSE;
}

/* What says that it is none of his must be near: "дубликат зачётки, X, 8 …". */
static gboolean
is_far(const Sight *sight, const char *signal, const Find *find, const Phone *phone)
{
	if (g_str_equal(signal, "document"))
		return phone->first > find->last + 4;
	return g_str_equal(signal, "office") && is_relabelled(sight, find, phone);
}

/* "8 727 291 90 11 вн. 204": an office's. */
static gboolean
has_extension(const Sight *sight, const Phone *phone)
{
	const Text *text = sight->text;

	for (guint n = phone->end; n < text->n_words && n <= phone->end + 2; n++) {
		if (text->words[n].line != text->words[phone->first].line)
			break;
		if (sight_find_at(sight, sight->identity->phone, "extension", n) != NULL)
			return TRUE;
	}
	return FALSE;
}

static double
weigh(const Sight *sight, const Phone *phone)
{
	static const struct {
		const char *signal;
		double sign;
	} signals[] = { { "own", 1 }, { "label", 1 }, { "office", -1 }, { "other", -1 },
		{ "document", -1 } };
	const Text *text = sight->text;
	const Sheet *sheet = sight->identity->phone;
	const TextLine *line = &text->lines[text->words[phone->first].line];
	guint first = clause_start(text, phone->first);
	double score = line->kind == LINE_SIGNATURE || line->kind == LINE_FIELD ? 2 : 0;
	gboolean beside = is_beside_name(sight, phone);

	/* Behind the name an office is where he works: "X, деканат, 8 727 …". */
	score += beside ? 3 : 0;
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
		const Find *find = sight_find_within(
		    sight, sheet, signals[i].signal, first, phone->first);

		if (find != NULL && is_far(sight, signals[i].signal, find, phone))
			continue;
		if (find != NULL &&
		    !(beside && signals[i].sign < 0 && find->last + 1 != phone->first))
			score += signals[i].sign *
			    sheet_signal(sheet, signals[i].signal)->weight;
	}
	for (guint i = 2; i < 4; i++)
		if (is_said_after(sight, signals[i].signal, phone))
			score -= sheet_signal(sheet, signals[i].signal)->weight;
	if (has_extension(sight, phone))
		score -= sheet_signal(sheet, "extension")->weight;
	if (!beside && line->kind == LINE_PROSE && is_office_line(sight, phone))
		score -= 4;
	if (text->words[phone->first].quoted)
		score -= 2;
	return score;
}

static guint
run_end(const Text *text, guint first, Shape *ret_shape)
{
	guint n = first;

	ret_shape->plus = has_plus(text, &text->words[first]);
	do {
		add_group(ret_shape, &text->words[n]);
		n++;
	} while (n < text->n_words && text->words[n].script == SCRIPT_DIGIT &&
	    text->words[n].line == text->words[first].line &&
	    is_gap(text->bytes, text->words[n - 1].end, text->words[n].start) &&
	    text->bytes[text->words[n].start - 1] != '+' && ret_shape->n_digits < 16);
	return n;
}

/* The longest part of a run of groups that is a telephone, from `first` on. */
static guint
phone_end(const Text *text, guint first, guint end)
{
	for (guint stop = end; stop > first; stop--) {
		Shape shape = { .plus = has_plus(text, &text->words[first]) };

		for (guint n = first; n < stop && shape.n_digits < 20; n++)
			add_group(&shape, &text->words[n]);
		if (is_telephone(&shape) && shape.longest <= 15)
			return stop;
	}
	return first;
}

/* "тел87011234567": a short word without a blank before all its digits. */
static gboolean
is_glued_to_label(const Text *text, guint n)
{
	const TextWord *before = &text->words[n - 1];

	return before->script != SCRIPT_DIGIT && before->letters <= 5 &&
	    !before->joined && before->end == text->words[n].start &&
	    text->words[n].letters == 11;
}

/* Numbers in words; they are looked for only where there is none in figures. */
static void
find_spelled(Sight *sight)
{
	const Text *text = sight->text;

	for (guint n = 0; n < text->n_words; n++) {
		guint end;
		g_autofree char *digits = NULL;

		if (wordlist_whole(sight->identity->numbers, text->words[n].folded) == 0)
			continue;
		digits = phone_words_digits(sight, n, &end);
		if (digits != NULL) {
			Phone phone = { n, end, text->words[n].start,
				text->words[end - 1].end, 0, TRUE };

			g_array_append_val(sight->phones, phone);
		}
		n = end;
	}
}

static void
find_figures(Sight *sight)
{
	const Text *text = sight->text;

	/* More numbers than that are a list, and none of them the author's. */
	for (guint n = 0; n < text->n_words && sight->phones->len < MOST_PHONES;) {
		const TextWord *word = &text->words[n];
		Shape shape = { 0 };
		Phone phone = { 0 };
		guint end;

		if (word->script != SCRIPT_DIGIT || word->linked) {
			n++;
			continue;
		}
		end = phone_end(text, n, run_end(text, n, &shape));
		if (end == n ||
		    (word->joined && !shape.plus && !is_glued_to_label(text, n))) {
			n++;
			continue;
		}
		phone =
		    (Phone){ n, end, word->start, text->words[end - 1].end, 0, FALSE };
		grow_bytes(text, &phone);
		n = end;
		if (is_masked(text, &phone) ||
		    (end < text->n_words && text->words[end].joined &&
			text->words[end].start == phone.stop &&
			text->words[end].letter_case != CASE_NONE &&
			text->words[end].letters < 3))
			continue;
		g_array_append_val(sight->phones, phone);
	}
}

void
phones_find(Sight *sight)
{
	find_figures(sight);
	if (sight->phones->len == 0 && sight->identity != NULL)
		find_spelled(sight);
}

/* As the author wrote it, but in digits that every telephone has. */
static char *
spell_phone(const Sight *sight, const Phone *phone)
{
	const Text *text = sight->text;
	GString *spelling;
	guint step;

	if (phone->spelled)
		return phone_words_digits(sight, phone->first, &step);
	spelling = g_string_new(NULL);
	for (gsize i = phone->start; i < phone->stop; i += step) {
		gunichar c = fold_next(text->bytes + i, &step);
		int value = g_unichar_digit_value(c);

		g_string_append_unichar(
		    spelling, value < 0 ? c : (gunichar)('0' + value));
	}
	return g_string_free(spelling, FALSE);
}

/* Some write it into their display name. */
static void
phone_from_display(Reading *reading)
{
	g_autoptr(Text) from = text_parse(reading->from_name, NULL);
	g_autoptr(GArray) phones = g_array_new(FALSE, FALSE, sizeof(Phone));
	Sight sight = { .reading = reading, .text = from, .phones = phones };
	const Phone *phone;

	phones_find(&sight);
	if (phones->len == 0)
		return;
	phone = &g_array_index(phones, Phone, 0);
	reading->phone = spell_phone(&sight, phone);
	reading->phone_where = g_strdup("from");
}

static gboolean
same_digits(const Text *text, const Phone *a, const Phone *b)
{
	Shape shape_a = { 0 }, shape_b = { 0 };

	for (guint n = a->first; n < a->end; n++)
		add_group(&shape_a, &text->words[n]);
	for (guint n = b->first; n < b->end; n++)
		add_group(&shape_b, &text->words[n]);
	return g_str_equal(shape_a.digits, shape_b.digits);
}

/* A number once said to be an office's stays so when it is said again. */
static double
worst_alike(const Sight *sight, guint n)
{
	const Phone *phone = &g_array_index(sight->phones, Phone, n);
	double worst = G_MAXDOUBLE;

	for (guint i = 0; i < n; i++) {
		const Phone *other = &g_array_index(sight->phones, Phone, i);

		if (other->score < 0 && same_digits(sight->text, phone, other))
			worst = MIN(worst, other->score);
	}
	return worst;
}

/* A later number beats the first only when the author calls it his own. */
void
phone_fill(Sight *sight)
{
	const Phone *best = NULL;
	Reading *reading = sight->reading;

	for (guint i = 0; i < sight->phones->len; i++) {
		Phone *phone = &g_array_index(sight->phones, Phone, i);

		phone->score = MIN(weigh(sight, phone), worst_alike(sight, i));
		if (phone->score <= LEAST_SCORE)
			continue;
		if (best == NULL || phone->score >= best->score + BETTER_BY)
			best = phone;
	}
	g_clear_pointer(&reading->phone, g_free);
	g_clear_pointer(&reading->phone_where, g_free);
	if (best == NULL) {
		phone_from_display(reading);
		return;
	}
	reading->phone = spell_phone(sight, best);
	reading->phone_where = text_where(sight->text->words[best->first].line);
}
