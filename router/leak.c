/* Numbers, addresses and telephones are looked up as they stand; names are gone through,
 * all of them, since they stand in the text with endings. */
#include "leak.h"

#include "applicant.h"
#include "mark.h"
#include "named.h"

#include <string.h>

#define BATCH 100
/* A telephone, with or without its country. */
#define FEWEST_DIGITS 7
#define MOST_DIGITS 13
#define NUMBER_DIGITS 6 /* of a case, behind the year */

typedef struct {
	Store *store;
	gint64 case_id;
	Row *row;
	const Named *named;
	GPtrArray *codes;
	GError *failure;
} Search;

static gboolean
has_told(const Search *search, const char *code)
{
	return g_ptr_array_find_with_equal_func(search->codes, code, g_str_equal, NULL);
}

static void
tell(Search *search, const char *code)
{
	if (!has_told(search, code))
		g_ptr_array_add(search->codes, (gpointer)code);
}

static gboolean
ask(Search *search, ApplicantKind kind, const char *text, const char *code)
{
	g_autofree char *key = applicant_key(kind, text);
	gint64 other = 0;

	if (key != NULL &&
	    !store_applicant_other(
		search->store, kind, key, search->case_id, &other, &search->failure))
		return FALSE;
	if (other != 0)
		tell(search, code);
	return TRUE;
}

/* --- numbers of cases --- */

static gboolean
look_up_number(Search *search, const char *number)
{
	g_autoptr(Case) other =
	    store_case_by_number(search->store, number, &search->failure);

	if (other != NULL && other->id != search->case_id)
		tell(search, "number");
	if (g_error_matches(search->failure, FAULT, FAULT_LETTER)) /* there is none */
		g_clear_error(&search->failure);
	return search->failure == NULL;
}

/* "2026-000123", "2026 – 123", "2026/000123" */
static gboolean
find_numbers(Search *search)
{
	const Row *row = search->row;

	for (guint i = 0; i + 1 < row_length(row); i++) {
		gsize digits = row_digits(row, i + 1);
		g_autofree char *number = NULL;

		if (row_digits(row, i) != 4 || digits == 0 || digits > NUMBER_DIGITS ||
		    !row_gap_has(row, i,
			"-/\xe2\x80\x90\xe2\x80\x91\xe2\x80\x92\xe2\x80"
			"\x93\xe2\x80\x94\xe2\x88\x92") ||
		    row_span(row, i + 1)->start - row_span(row, i)->end > 5)
			continue;
		number = g_strdup_printf(
		    "%04d-%06d", row_number(row, i), row_number(row, i + 1));
		if (!look_up_number(search, number))
			return FALSE;
	}
	return TRUE;
}

/* --- addresses and telephones --- */

static gboolean
is_address_letter(gunichar letter)
{
	return g_unichar_isalnum(letter) ||
	    (letter < 0x80 && strchr(".-_+%'", (char)letter) != NULL && letter != 0);
}

static gboolean
find_addresses(Search *search, const char *text)
{
	for (const char *at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@')) {
		const char *start = at, *end = at + 1;
		g_autofree char *address = NULL;

		while (start > text &&
		    is_address_letter(g_utf8_get_char(g_utf8_prev_char(start))))
			start = g_utf8_prev_char(start);
		while (*end != '\0' && is_address_letter(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		while (end > at && strchr(".-'", end[-1]) != NULL)
			end--;
		address = g_strndup(start, (gsize)(end - start));
		if (!ask(search, APPLICANT_EMAIL, address, "email"))
			return FALSE;
	}
	return TRUE;
}

/* Runs of digits with the marks of telephones between them: any of them that are together
 * as long as one.  "8 701 123-45-67, 8 702 …" is more than one. */
static gboolean
find_telephones(Search *search)
{
	const Row *row = search->row;

	for (guint i = 0; i < row_length(row); i++) {
		g_autoptr(GString) digits = g_string_new(NULL);

		for (guint j = i; row_digits(row, j) > 0; j++) {
			g_string_append_len(digits, row->text + row_span(row, j)->start,
			    (gssize)row_digits(row, j));
			if (digits->len > MOST_DIGITS)
				break;
			if (digits->len >= FEWEST_DIGITS &&
			    !ask(search, APPLICANT_PHONE, digits->str, "phone"))
				return FALSE;
			if (!row_gap_is(row, j, " +-().\xe2\x80\x91\xe2\x80\x93"))
				break;
		}
	}
	return TRUE;
}

/* --- names --- */

/* One that stands there is enough. */
static gboolean
look_for_name(const char *key, gpointer data)
{
	Search *search = data;

	if (named_stands(search->named, key))
		tell(search, "name");
	return !has_told(search, "name");
}

static gboolean
find_names(Search *search)
{
	g_autoptr(Named) named = named_new(search->row);

	search->named = named;
	return store_applicant_names(
	    search->store, search->case_id, look_for_name, search, &search->failure);
}

GPtrArray *
leak_find(Store *store, const Case *item, const char *text, const GPtrArray *attachments,
    GError **error)
{
	g_autoptr(GString) all = g_string_new(text);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	Search search = { .store = store, .case_id = item->id, .codes = codes };
	gboolean done;

	for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
		const Attachment *file = g_ptr_array_index(attachments, i);

		g_string_append_printf(all, "\n%s", file->name != NULL ? file->name : "");
	}
	search.row = row_split(all->str, 0, all->len);
	done = find_numbers(&search) && find_names(&search) &&
	    find_addresses(&search, all->str) && find_telephones(&search);
	row_free(search.row);
	if (done)
		return g_steal_pointer(&codes);
	g_propagate_error(error, search.failure);
	return NULL;
}

/* --- who is known --- */

gboolean
leak_keep_applicant(Store *store, const Case *item, const Letter *letter, GError **error)
{
	const Reading *reading = letter->reading;

	return reading == NULL ||
	    (store_applicant_add(store, item->id, reading->name, reading->from_address,
		 reading->phone, error) &&
		store_applicant_add(
		    store, item->id, reading->from_name, reading->email, NULL, error));
}

static gboolean
fill_case(Store *store, const Case *item, GError **error)
{
	g_autoptr(Letter) letter = store_letter_get(store, item->letter, error);

	return letter != NULL && leak_keep_applicant(store, item, letter, error);
}

static gboolean
fill_cases(Store *store, GPtrArray *cases, gint64 *after, GError **error)
{
	g_autoptr(Txn) txn = store_begin(store, error);

	if (txn == NULL)
		return FALSE;
	for (guint i = 0; i < cases->len; i++) {
		const Case *item = g_ptr_array_index(cases, i);

		*after = item->id;
		if (!fill_case(store, item, error))
			return FALSE;
	}
	return store_commit(txn, error);
}

/* A store without answers has open cases only. */
gboolean
leak_fill_applicants(Store *store, gint64 now, GError **error)
{
	gint64 done_at, after = 0;

	if (!store_mark(store, "applicants", NULL, &done_at, error))
		return FALSE;
	while (done_at == 0) {
		g_autoptr(GPtrArray) cases = store_cases_open(store, after, BATCH, error);

		if (cases == NULL)
			return FALSE;
		if (cases->len == 0)
			return store_mark_set(store, "applicants", "", now, error);
		if (!fill_cases(store, cases, &after, error))
			return FALSE;
	}
	return TRUE;
}
