/* Digits that stand close together are one run ("8 (707) 312-45-67"); a run is cut from
 * the left into the longest known thing that fits. */
#include "numbers.h"

#include "lexicon.h"
#include <string.h>

/* Words after (or before) a number that make it money; folded. */
static const char *const currencies[] = { "тг", "тенге", "тыс", "тысяч", "тысячи",
	"тысячу", "мын", "мыннан", "мынга", "млн", "миллион", "миллиона", "миллионов",
	"доллар", "долларов", "евро", "euro", "euros", "eur", "usd", "kzt", "tenge",
	"mln", "thousand", "million", "dollars", "рублей", "тенгеден", "тенгеге",
	"тенгени", "к", NULL };

static guint
digit(char c)
{
	return (guint)(c - '0');
}

gboolean
iin_is_plausible(const char *digits)
{
	guint month, day;

	if (strlen(digits) != 12)
		return FALSE;
	month = digit(digits[2]) * 10 + digit(digits[3]);
	day = digit(digits[4]) * 10 + digit(digits[5]);
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digits[6] >= '1' &&
	    digits[6] <= '6';
}

gboolean
iin_is_valid(const char *digits)
{
	guint check;

	if (!iin_is_plausible(digits))
		return FALSE;
	/* Weights 1 to 11; when that leaves 10, weights 3 to 11, 1, 2. */
	for (guint round = 0; round < 2; round++) {
		check = 0;
		for (guint i = 0; i < 11; i++)
			check +=
			    digit(digits[i]) * (round == 0 ? i + 1 : (i + 2) % 11 + 1);
		check %= 11;
		if (check < 10)
			return check == digit(digits[11]);
	}
	return FALSE;
}

gboolean
card_is_valid(const char *digits)
{
	guint sum = 0;
	gsize length = strlen(digits);

	for (gsize i = 0; i < length; i++) {
		guint value = digit(digits[length - 1 - i]) << (i % 2);

		sum += value > 9 ? value - 9 : value;
	}
	return length == 16 && sum % 10 == 0;
}

static gboolean
is_digits(const TextWord *word)
{
	return word->script == SCRIPT_DIGIT;
}

/* Whether only what people put inside a number stands between two words. */
static gboolean
is_one_run(const Text *text, guint word)
{
	const TextWord *before = &text->words[word], *next = before + 1;

	if (next->line != before->line || next->start - before->end > 3)
		return FALSE;
	for (guint i = before->end; i < next->start; i++)
		if (strchr(" -().", text->bytes[i]) == NULL)
			return FALSE;
	return next->start - before->end < 2 || text->bytes[before->end] != '.';
}

static gboolean
has_plus(const Text *text, guint word)
{
	guint start = text->words[word].start;

	while (start > 0 && text->bytes[start - 1] == '(')
		start--;
	return start > 0 && text->bytes[start - 1] == '+';
}

/* Joins the digits of words first.. until `want` are there; 0 when they end elsewhere. */
static guint
collect(const Text *text, guint first, guint want, char *digits)
{
	guint length = 0;

	for (guint word = first; word < text->n_words && is_digits(&text->words[word]);
	     word++) {
		guint n = text->words[word].letters;

		if (length + n > want)
			return 0;
		memcpy(digits + length, text->words[word].folded, n);
		length += n;
		digits[length] = '\0';
		if (length == want)
			return word + 1;
		if (word + 1 >= text->n_words || !is_one_run(text, word))
			return 0;
	}
	return 0;
}

static guint
take_phone(const Text *text, guint first, Number *number)
{
	guint end = 0;

	if (has_plus(text, first)) {
		for (guint want = 13; want >= 10 && end == 0; want--)
			end = collect(text, first, want, number->digits);
		return end;
	}
	end = collect(text, first, 11, number->digits);
	if (end > 0 && (number->digits[0] == '8' || number->digits[0] == '7') &&
	    strchr("67", number->digits[1]) != NULL)
		return end;
	end = collect(text, first, 10, number->digits);
	return end > 0 && number->digits[0] == '7' &&
		strchr("0247", number->digits[1]) != NULL
	    ? end
	    : 0;
}

/* An IBAN: "KZ", two digits, sixteen letters and digits, blanks between. */
static guint
take_account(const Text *text, guint first, Number *number)
{
	guint taken = 0, word = first;

	if (g_ascii_strncasecmp(text->bytes + text->words[first].start, "KZ", 2) != 0)
		return 0;
	for (; word < text->n_words && taken < 20 &&
	     text->words[word].line == text->words[first].line;
	     word++)
		taken += text->words[word].end - text->words[word].start;
	if (taken != 20 || word == first + 1)
		return 0;
	g_strlcpy(number->digits, "KZ", sizeof number->digits);
	return word;
}

/* "N12345678", "№ 047118263": eight or nine digits after a sign that it is a document's.
 */
static guint
take_document(const Text *text, guint first, Number *number)
{
	static const char *const documents[] = { "удостоверени", "куалик", "куали",
		"паспорт", "passport", "толкужат", "tolqujat", "id", "card", "nomeri",
		NULL };
	guint end = collect(text, first, 9, number->digits);
	guint start = text->words[first].start;
	gboolean letter = start > 0 && g_ascii_isupper(text->bytes[start - 1]);

	if (end == 0)
		end = collect(text, first, 8, number->digits);
	if (end == 0)
		return letter && (end = collect(text, first, 7, number->digits)) > 0 ? end
										     : 0;
	if (letter ||
	    (end - first == 1 && number->digits[0] == '0' && strlen(number->digits) == 9))
		return end;
	for (guint back = 1; back <= 4 && back <= first; back++)
		for (guint i = 0; documents[i] != NULL; i++)
			if (g_str_has_prefix(
				text->words[first - back].folded, documents[i]))
				return end;
	return 0;
}

static gboolean
is_currency(const Text *text, guint word)
{
	for (guint i = 0; word < text->n_words && currencies[i] != NULL; i++)
		if (g_str_equal(text->words[word].folded, currencies[i]))
			return TRUE;
	return FALSE;
}

static gboolean
has_sign(const Text *text, guint first, guint last)
{
	static const char *const signs[] = { "$", "€", "₸", "£", "₽", NULL };
	const char *after = text->bytes + text->words[last].end;
	guint start = text->words[first].start;

	for (guint i = 0; signs[i] != NULL; i++) {
		gsize length = strlen(signs[i]);

		if (strncmp(after, signs[i], length) == 0 ||
		    (after[0] == ' ' && strncmp(after + 1, signs[i], length) == 0) ||
		    (start >= length &&
			strncmp(text->bytes + start - length, signs[i], length) == 0))
			return TRUE;
	}
	return FALSE;
}

/* "30 000 тг", "30-50 мың", "$ 800". */
static guint
take_money(const Text *text, guint first, Number *number)
{
	guint last = first;

	while (last + 1 < text->n_words && is_digits(&text->words[last + 1]) &&
	    last - first < 4 && is_one_run(text, last))
		last++;
	g_strlcpy(number->digits, "", sizeof number->digits);
	if (is_currency(text, last + 1) || has_sign(text, first, last) ||
	    (first > 0 && is_currency(text, first - 1) &&
		strlen(text->words[first - 1].folded) <= 3))
		return last + 1;
	return 0;
}

static Number
take_number(const Text *text, guint first, guint *ret_end)
{
	Number number = { NUMBER_PLAIN, FALSE, first, first, "" };
	guint end;

	if ((end = collect(text, first, 16, number.digits)) > 0 &&
	    (end - first == 4 || end - first == 1)) {
		number.kind = NUMBER_CARD;
		number.valid = card_is_valid(number.digits);
	} else if ((end = collect(text, first, 12, number.digits)) > 0 &&
	    end - first <= 2 && iin_is_plausible(number.digits)) {
		number.kind = NUMBER_IIN;
		number.valid = iin_is_valid(number.digits);
	} else if ((end = take_phone(text, first, &number)) > 0) {
		number.kind = NUMBER_PHONE;
	} else if ((end = take_document(text, first, &number)) > 0) {
		number.kind = NUMBER_DOCUMENT;
	} else if ((end = take_money(text, first, &number)) > 0) {
		number.kind = NUMBER_MONEY;
	} else {
		end = first + 1;
		number.kind = NUMBER_PLAIN;
		number.digits[0] = '\0';
	}
	number.last = end - 1;
	*ret_end = end;
	return number;
}

static guint
kind_bit(NumberKind kind)
{
	switch (kind) {
	case NUMBER_MONEY:
		return WORD_MONEY;
	case NUMBER_PHONE:
		return WORD_PHONE;
	case NUMBER_IIN:
		return WORD_IIN;
	case NUMBER_CARD:
	case NUMBER_ACCOUNT:
		return WORD_CARD;
	default:
		return 0;
	}
}

/* --- words that are no numbers --- */

gboolean
numbers_is_host(const char *host, gsize length, const char *const *hosts)
{
	for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++) {
		gsize own = strlen(hosts[i]);

		if (length >= own &&
		    g_ascii_strncasecmp(host + length - own, hosts[i], own) == 0 &&
		    (length == own || host[length - own - 1] == '.' ||
			hosts[i][0] == '.'))
			return TRUE;
	}
	return FALSE;
}

/* The host that begins at `start`: letters, digits, dots and hyphens with a dot among
 * them and a last label of letters. */
static gsize
host_length(const char *start)
{
	gsize length = 0, dot = 0;

	while (g_ascii_isalnum(start[length]) || start[length] == '-' ||
	    (start[length] == '.' && g_ascii_isalnum(start[length + 1]))) {
		if (start[length] == '.')
			dot = length;
		length++;
	}
	return dot > 0 && length - dot > 2 && g_ascii_isalpha(start[dot + 1]) ? length
									      : 0;
}

static void
mark_links(const Text *text, const char *const *own_hosts, guint *kinds)
{
	guint link = 0;

	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];
		const char *at = text->bytes + word->start;
		gsize length;

		while (link < text->n_links && text->links[link].end <= word->start)
			link++;
		if (link < text->n_links && text->links[link].start <= word->start) {
			/* Only its first word, and no e-mail address. */
			if (text->links[link].email ||
			    (i > 0 &&
				text->words[i - 1].start >= text->links[link].start))
				continue;
			at = text->bytes + text->links[link].start;
			if (strstr(at, "://") == at + 4 || strstr(at, "://") == at + 5)
				at = strstr(at, "://") + 3;
			length = host_length(at);
		} else if (word->script != SCRIPT_LATIN ||
		    (word->start > 0 && strchr("@.-", at[-1]) != NULL)) {
			continue;
		} else {
			length = host_length(at);
		}
		if (length > 0 && !numbers_is_host(at, length, own_hosts))
			kinds[i] |= WORD_LINK;
	}
}

static void
mark_words(const Text *text, guint *kinds)
{
	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];

		if (is_digits(word))
			kinds[i] |= WORD_NUMBER;
		else if (word->start > 0 && text->bytes[word->start - 1] == '@' &&
		    (word->start == 1 || !g_ascii_isalnum(text->bytes[word->start - 2])))
			kinds[i] |= WORD_HANDLE;
		else if (word->letter_case == CASE_TITLE && word->letters > 1 && i > 0 &&
		    text->words[i - 1].sentence == word->sentence)
			kinds[i] |= WORD_CAPITAL;
	}
}

Numbers *
numbers_find(const Text *text, const char *const *own_hosts)
{
	Numbers *numbers = g_new0(Numbers, 1);
	guint end;

	numbers->numbers = g_array_new(FALSE, FALSE, sizeof(Number));
	numbers->kinds = g_new0(guint, text->n_words + 1);
	mark_words(text, numbers->kinds);
	mark_links(text, own_hosts, numbers->kinds);
	for (guint i = 0; i < text->n_words; i = end) {
		Number number = { NUMBER_ACCOUNT, FALSE, i, i, "" };

		end = i + 1;
		if (is_digits(&text->words[i]))
			number = take_number(text, i, &end);
		else if ((end = take_account(text, i, &number)) == 0) {
			end = i + 1;
			continue;
		}
		number.last = end - 1;
		g_array_append_val(numbers->numbers, number);
		for (guint word = number.first; word <= number.last; word++)
			numbers->kinds[word] |= kind_bit(number.kind);
	}
	return numbers;
}

void
numbers_free(Numbers *numbers)
{
	if (numbers == NULL)
		return;
	g_array_unref(numbers->numbers);
	g_free(numbers->kinds);
	g_free(numbers);
}
