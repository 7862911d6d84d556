#include "header.h"

#include "address.h"
#include "words.h"
#include <string.h>

#define MOST_RECIPIENTS 100
#define MOST_IDS 100
#define MOST_ID_LENGTH 512
#define MOST_RELAYS 50
#define MOST_SUBJECT 2000 /* bytes kept of a decoded subject or name */
#define MOST_AUTHENTICATION 2000

/* The value of the first field of that name, or NULL. */
static const char *
field(GMimeHeaderList *headers, const char *name)
{
	GMimeHeader *header = g_mime_header_list_get_header(headers, name);

	return header == NULL ? NULL : g_mime_header_get_raw_value(header);
}

static char *
cut(char *text, gsize most)
{
	if (text != NULL && strlen(text) > most)
		*g_utf8_find_prev_char(text, text + most + 1) = '\0';
	return text;
}

static char *
decode(const char *raw, const char *hint)
{
	g_autofree char *text = raw == NULL ? NULL : words_decode(raw, strlen(raw), hint);

	return text == NULL || *text == '\0' ? NULL : g_steal_pointer(&text);
}

/* All entries of all fields of that name. */
static void
read_addresses(GMimeHeaderList *headers, const char *name, guint most, const char *hint,
    GPtrArray *into)
{
	for (int i = 0; i < g_mime_header_list_get_count(headers) && into->len < most;
	     i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
		const char *raw = g_mime_header_get_raw_value(header);

		if (raw != NULL &&
		    g_ascii_strcasecmp(g_mime_header_get_name(header), name) == 0) {
			g_autoptr(GPtrArray) found =
			    addresses_parse(raw, strlen(raw), most - into->len, hint);

			g_ptr_array_extend_and_steal(into, g_steal_pointer(&found));
		}
	}
}

static GPtrArray *
new_addresses(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
}

static void
read_sender(Reading *reading, GMimeHeaderList *headers, const char *hint)
{
	g_autoptr(GPtrArray) from = new_addresses(), reply = new_addresses();

	read_addresses(headers, "From", 2, hint, from);
	read_addresses(headers, "Reply-To", 1, hint, reply);
	if (from->len > 0) {
		Address *first = from->pdata[0];

		reading->from_name = cut(g_steal_pointer(&first->name), MOST_SUBJECT);
		if (from->len == 1)
			reading->from_address = g_steal_pointer(&first->address);
	}
	if (reply->len > 0) {
		Address *first = reply->pdata[0];

		if (first->address != NULL &&
		    (reading->from_address == NULL ||
			g_ascii_strcasecmp(first->address, reading->from_address) != 0))
			reading->reply_to = g_steal_pointer(&first->address);
	}
}

/* Where the server really put the letter comes first: those addresses may carry a secret.
 */
static void
read_recipients(Reading *reading, GMimeHeaderList *headers)
{
	static const char *const names[] = { "Delivered-To", "X-Original-To", "To",
		"Cc" };
	g_autoptr(GPtrArray) list = new_addresses();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		read_addresses(headers, names[i], MOST_RECIPIENTS, NULL, list);
	for (guint i = 0; i < list->len; i++) {
		char *address = ((Address *)list->pdata[i])->address;

		if (address == NULL || !g_hash_table_add(seen, address))
			continue;
		if (all->len > 0)
			g_string_append_c(all, ' ');
		g_string_append(all, address);
	}
	if (all->len > 0)
		reading->recipients = g_strdup(all->str);
}

/* "<id@host>" at p, or 0: printable ASCII without blanks. */
static gsize
id_length(const char *p)
{
	gsize n = 1;

	while (
	    p[n] > ' ' && p[n] < 0x7f && p[n] != '<' && p[n] != '>' && n < MOST_ID_LENGTH)
		n++;
	return p[n] == '>' && n > 1 ? n + 1 : 0;
}

char *
header_ids(const char *raw, guint most)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) all = g_string_new(NULL);

	for (const char *p = raw; p != NULL && (p = strchr(p, '<')) != NULL;) {
		gsize length = id_length(p);

		if (length > 0)
			g_ptr_array_add(ids, g_strndup(p, length));
		p += MAX(length, 1);
	}
	for (guint i = ids->len > most ? ids->len - most : 0; i < ids->len; i++) {
		if (all->len > 0)
			g_string_append_c(all, ' ');
		g_string_append(all, ids->pdata[i]);
	}
	return all->len > 0 ? g_strdup(all->str) : NULL;
}

static gboolean
has_word(const char *raw, const char *const *words)
{
	g_autofree char *lower =
	    raw == NULL ? NULL : g_ascii_strdown(raw, MIN(strlen(raw), 200));

	for (; lower != NULL && *words != NULL; words++)
		if (strstr(lower, *words) != NULL)
			return TRUE;
	return FALSE;
}

/* Fields that only mailing lists and senders of bulk mail put in. */
static gboolean
is_list(GMimeHeaderList *headers)
{
	for (int i = 0; i < g_mime_header_list_get_count(headers); i++)
		if (g_ascii_strncasecmp(g_mime_header_get_name(
					    g_mime_header_list_get_header_at(headers, i)),
			"List-", 5) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
is_autoreply(GMimeHeaderList *headers)
{
	static const char *const names[] = { "X-Autoreply", "X-Autorespond",
		"X-Autoresponder", "X-FC-Machinegenerated", "X-POST-MessageClass" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (field(headers, names[i]) != NULL)
			return TRUE;
	return FALSE;
}

static gboolean
is_null_sender(GMimeHeaderList *headers)
{
	const char *path = field(headers, "Return-Path");

	while (path != NULL && g_ascii_isspace(*path))
		path++;
	if (path == NULL || *path != '<')
		return FALSE;
	for (path++; g_ascii_isspace(*path); path++)
		;
	return *path == '>';
}

/* no-reply@, noreply-17@, MAILER-DAEMON@, postmaster@ … */
static gboolean
is_noreply(const char *address)
{
	static const char *const starts[] = { "noreply", "donotreply", "mailerdaemon",
		"postmaster" };
	g_autoptr(GString) local = g_string_new(NULL);

	for (const char *p = address; p != NULL && *p != '\0' && *p != '@'; p++)
		if (*p != '-' && *p != '_' && *p != '.')
			g_string_append_c(local, g_ascii_tolower(*p));
	for (guint i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(local->str, starts[i]))
			return TRUE;
	return FALSE;
}

static guint
count_relays(GMimeHeaderList *headers)
{
	guint n = 0;

	for (int i = 0; i < g_mime_header_list_get_count(headers); i++)
		n += g_ascii_strcasecmp(g_mime_header_get_name(
					    g_mime_header_list_get_header_at(headers, i)),
			 "Received") == 0;
	return n;
}

static gboolean
is_automatic(const char *auto_submitted)
{
	while (auto_submitted != NULL && g_ascii_isspace(*auto_submitted))
		auto_submitted++;
	if (auto_submitted == NULL || *auto_submitted == '\0')
		return FALSE;
	return g_ascii_strncasecmp(auto_submitted, "no", 2) != 0 ||
	    g_ascii_isalpha(auto_submitted[2]);
}

static const char *
why_no_answer(const Reading *reading, GMimeHeaderList *headers, const MimeText *found)
{
	static const char *const report[] = { "multipart/report", NULL };
	static const char *const bulk[] = { "bulk", "junk", "list", NULL };
	static const char *const suppress[] = { "all", "autoreply", "oof", NULL };

	if (has_word(field(headers, "Content-Type"), report))
		return "report";
	if (is_null_sender(headers))
		return "null-sender";
	if (is_automatic(field(headers, "Auto-Submitted")))
		return "auto-submitted";
	if (is_autoreply(headers))
		return "autoreply";
	if (is_list(headers))
		return "list";
	if (has_word(field(headers, "Precedence"), bulk))
		return "bulk";
	if (found->invitation)
		return "calendar";
	if (is_noreply(reading->from_address))
		return "noreply";
	if (count_relays(headers) > MOST_RELAYS)
		return "loop";
	if (reading->from_address == NULL)
		return "forged";
	if (has_word(field(headers, "X-Auto-Response-Suppress"), suppress))
		return "suppress";
	return NULL;
}

void
header_read(Reading *reading, GMimeHeaderList *headers, const MimeText *found)
{
	const char *hint = found->declared;

	read_sender(reading, headers, hint);
	read_recipients(reading, headers);
	reading->subject = cut(decode(field(headers, "Subject"), hint), MOST_SUBJECT);
	reading->message_id = header_ids(field(headers, "Message-ID"), 1);
	reading->in_reply_to = header_ids(field(headers, "In-Reply-To"), 1);
	reading->references = header_ids(field(headers, "References"), MOST_IDS);
	reading->authentication = cut(
	    decode(field(headers, "Authentication-Results"), NULL), MOST_AUTHENTICATION);
	reading->no_answer = g_strdup(why_no_answer(reading, headers, found));
}
