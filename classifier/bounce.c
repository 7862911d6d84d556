/* Bounces in prose.  What became of the mail is said by a phrase; each code belongs to
 * the address that stands last before it, as servers write one below the other. */
#include "bounce.h"

#include "address.h"
#include "fault.h"
#include "header.h"
#include "phrase-lines.h"
#include <string.h>

#define MOST_PROSE (16 << 10)  /* bytes looked at above the mail that came back */
#define MOST_HEADER (64 << 10) /* and of that mail */
#define MOST_ADDRESS 254

/* What a line of the file adds to. */
enum { FAILED, DELAYED, ORIGINAL, NOBODY, CODE, N_MARKS };
static const char *const mark_names[] = { "failed", "delayed", "original", "nobody",
	"code", NULL };

struct Bounces {
	GPtrArray *words[N_MARKS]; /* lower case; a code's has the code before it */
};

/* --- the file --- */

static gboolean
take_phrase(gpointer data, const char *name, const char *phrase, const char *file,
    guint number, GError **error)
{
	Bounces *bounces = data;
	g_autofree char *code = NULL;
	int kind = 0;

	while (kind < N_MARKS && !g_str_equal(name, mark_names[kind]))
		kind++;
	code = kind == CODE ? bounce_code(phrase) : NULL;
	if (kind < N_MARKS && *phrase != '\0' &&
	    (kind != CODE || (code != NULL && phrase[strlen(code)] == ' '))) {
		g_ptr_array_add(bounces->words[kind], g_utf8_strdown(phrase, -1));
		return TRUE;
	}
	g_set_error(error, FAULT, FAULT_SETUP,
	    kind == N_MARKS
		? "%s:%u: expected failed, delayed, original, nobody or code, found "
		  "\"%.60s\""
		: "%s:%u: expected words after \"%.60s\" (code: the code first)",
	    file, number, name);
	return FALSE;
}

Bounces *
bounces_load(const char *file, GError **error)
{
	g_autoptr(Bounces) bounces = g_new0(Bounces, 1);

	for (guint i = 0; i < N_MARKS; i++)
		bounces->words[i] = g_ptr_array_new_with_free_func(g_free);
	return phrase_lines_read(file, take_phrase, bounces, error)
	    ? g_steal_pointer(&bounces)
	    : NULL;
}

void
bounces_free(Bounces *bounces)
{
	if (bounces == NULL)
		return;
	for (guint i = 0; i < N_MARKS; i++)
		g_clear_pointer(&bounces->words[i], g_ptr_array_unref);
	g_free(bounces);
}

/* --- the prose --- */

/* Where the first of the phrases stands, or NULL. */
static const char *
find_phrase(const GPtrArray *phrases, const char *prose)
{
	const char *first = NULL;

	for (guint i = 0; i < phrases->len; i++) {
		const char *found = strstr(prose, phrases->pdata[i]);

		if (found != NULL && (first == NULL || found < first))
			first = found;
	}
	return first;
}

/* What the server itself wrote, in lower case, with single blanks: its phrases break
 * anywhere. */
static char *
prose_of(const Bounces *bounces, const char *text)
{
	gsize length = text != NULL ? strlen(text) : 0;
	g_autofree char *part =
	    g_utf8_make_valid(text != NULL ? text : "", MIN(length, MOST_PROSE));
	g_autofree char *lower = g_utf8_strdown(part, -1);
	char *to = lower;
	const char *end;

	for (const char *from = lower; *from != '\0'; from++)
		if (!g_ascii_isspace(*from))
			*to++ = *from;
		else if (to > lower && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
	end = find_phrase(bounces->words[ORIGINAL], lower);
	return end != NULL ? g_strndup(lower, (gsize)(end - lower))
			   : g_steal_pointer(&lower);
}

/* Postmasters and mailer-daemons are named in many reports; so are we. */
static gboolean
is_recipient(const Bounces *bounces, const Reading *reading, const char *address)
{
	g_auto(GStrv) ours =
	    g_strsplit(reading->recipients != NULL ? reading->recipients : "", " ", -1);

	if (strlen(address) > MOST_ADDRESS || !address_is_valid(address) ||
	    (reading->from_address != NULL &&
		g_ascii_strcasecmp(address, reading->from_address) == 0))
		return FALSE;
	for (guint i = 0; ours[i] != NULL; i++)
		if (g_ascii_strcasecmp(address, ours[i]) == 0)
			return FALSE;
	for (guint i = 0; i < bounces->words[NOBODY]->len; i++) {
		const char *name = bounces->words[NOBODY]->pdata[i];

		if (g_str_has_prefix(address, name) && address[strlen(name)] == '@')
			return FALSE;
	}
	return TRUE;
}

/* An address in a word: "<anna@x.example>:" */
static char *
address_in(const Bounces *bounces, const Reading *reading, const char *word)
{
	static const char around[] = "<>()[]{},;:\"'`*=";
	const char *at = strchr(word, '@'), *begin = at, *end = at;
	g_autofree char *address = NULL;

	if (at == NULL)
		return NULL;
	while (begin > word && strchr(around, begin[-1]) == NULL)
		begin--;
	while (*end != '\0' && strchr(around, *end) == NULL)
		end++;
	while (end > at && end[-1] == '.')
		end--;
	address = g_strndup(begin, (gsize)(end - begin));
	return is_recipient(bounces, reading, address) ? g_steal_pointer(&address) : NULL;
}

/* The first code in a word that is part of no longer number: "(#5.1.1)", "550-5.1.1". */
static char *
code_in(const char *word, char *(*code_at)(const char *))
{
	for (const char *p = word; *p != '\0'; p++) {
		char *code;

		if (!g_ascii_isdigit(*p) ||
		    (p > word && (g_ascii_isalnum(p[-1]) || p[-1] == '.')))
			continue;
		code = code_at(p);
		if (code != NULL)
			return code;
	}
	return NULL;
}

typedef struct {
	const Bounces *bounces;
	const Reading *reading;
	char *address; /* the last one before the word */
	char *first;   /* the first one of all */
	char *status, *recipient;
} Scan;

/* The first final code wins, else the first one. */
static void
take_code(Scan *scan, char *code)
{
	if (scan->status != NULL && (scan->status[0] == '5' || code[0] != '5')) {
		g_free(code);
		return;
	}
	g_free(scan->status);
	scan->status = code;
	g_free(scan->recipient);
	scan->recipient = g_strdup(scan->address);
}

static void
scan_words(Scan *scan, const char *prose, char *(*code_at)(const char *))
{
	g_auto(GStrv) words = g_strsplit(prose, " ", -1);

	g_clear_pointer(&scan->address, g_free);
	for (guint i = 0; words[i] != NULL; i++) {
		char *address = address_in(scan->bounces, scan->reading, words[i]);
		char *code = code_in(words[i], code_at);

		if (address != NULL) {
			g_free(scan->address);
			scan->address = address;
			if (scan->first == NULL)
				scan->first = g_strdup(address);
		}
		if (code != NULL && code[0] != '2')
			take_code(scan, code);
		else
			g_free(code);
	}
}

/* "user unknown" where no code stands. */
static char *
code_of_phrase(const Bounces *bounces, const char *prose)
{
	for (guint i = 0; i < bounces->words[CODE]->len; i++) {
		const char *line = bounces->words[CODE]->pdata[i];
		gsize length = strcspn(line, " ");

		if (strstr(prose, line + length + 1) != NULL)
			return g_strndup(line, length);
	}
	return NULL;
}

/* --- the reading --- */

/* A line "Message-ID: <…>" of the mail that came back. */
static char *
message_id_in(const char *text)
{
	static const char label[] = "message-id:";
	const char *end = text != NULL ? text + MIN(strlen(text), MOST_HEADER) : NULL;

	for (const char *line = text; line != NULL && line < end;) {
		const char *next = strchr(line, '\n');
		gsize blanks = strspn(line, " \t>");

		if (g_ascii_strncasecmp(line + blanks, label, strlen(label)) == 0) {
			const char *value = line + blanks + strlen(label);
			g_autofree char *raw = g_strndup(value,
			    strcspn(value, "\n") == strspn(value, " ") && next != NULL
				? (gsize)(next + 1 - value) + strcspn(next + 1, "\n")
				: strcspn(value, "\n"));

			return header_ids(raw, 1);
		}
		line = next != NULL ? next + 1 : NULL;
	}
	return NULL;
}

static void
fill_message_id(Reading *reading)
{
	if (reading->bounce_message_id == NULL)
		reading->bounce_message_id = message_id_in(reading->text);
	if (reading->bounce_message_id == NULL)
		reading->bounce_message_id = message_id_in(reading->quoted);
	if (reading->bounce_message_id == NULL)
		reading->bounce_message_id = g_strdup(reading->in_reply_to);
	if (reading->bounce_message_id == NULL)
		reading->bounce_message_id = header_ids(reading->references, 1);
}

/* What stands nearest to the code, unless the header named him already. */
static void
take_scan(Reading *reading, Scan *scan, const char *action)
{
	const char *undefined = g_str_equal(action, "failed") ? "5.0.0" : "4.0.0";

	reading->bounce_action = g_strdup(action);
	reading->bounce_status =
	    scan->status != NULL ? g_steal_pointer(&scan->status) : g_strdup(undefined);
	if (reading->bounce_recipient == NULL)
		reading->bounce_recipient =
		    g_strdup(scan->recipient != NULL ? scan->recipient : scan->first);
}

static void
fill_prose(const Bounces *bounces, Reading *reading)
{
	g_autofree char *text = prose_of(bounces, reading->text);
	g_autofree char *prose = *text != '\0' && text[1] != '\0'
	    ? g_steal_pointer(&text)
	    : prose_of(bounces, reading->quoted);
	gboolean failed = find_phrase(bounces->words[FAILED], prose) != NULL ||
	    reading->bounce_recipient != NULL;
	gboolean delayed = find_phrase(bounces->words[DELAYED], prose) != NULL;
	Scan scan = { .bounces = bounces, .reading = reading };

	scan_words(&scan, prose, bounce_code);
	if (scan.status == NULL)
		scan.status = code_of_phrase(bounces, prose);
	if (scan.status == NULL)
		scan_words(&scan, prose, bounce_reply_code);
	if (delayed)
		take_scan(reading, &scan, "delayed");
	else if (failed || (scan.status != NULL && scan.status[0] == '5'))
		take_scan(reading, &scan, "failed");
	g_free(scan.address);
	g_free(scan.first);
	g_free(scan.status);
	g_free(scan.recipient);
}

void
bounce_fill(const Bounces *bounces, Reading *reading)
{
	char **fields[] = { &reading->bounce_action, &reading->bounce_status,
		&reading->bounce_recipient, &reading->bounce_message_id };

	if (reading->kind != KIND_BOUNCE) {
		for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
			g_clear_pointer(fields[i], g_free);
		return;
	}
	if (reading->bounce_action == NULL)
		fill_prose(bounces, reading);
	fill_message_id(reading);
}
