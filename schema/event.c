#include "event.h"

#include "program.h"
#include "statement.h"

#include <json-glib/json-glib.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <string.h>

void
event_free(Event *event)
{
	if (event == NULL)
		return;
	g_free(event->room);
	g_free(event->kind);
	g_free(event->number);
	g_free(event->detail);
	g_free(event);
}

/* hash = SHA-256(the hash before || the row as one line of text). */
static void
chain(guint8 hash[SHA256_DIGEST_SIZE], const Event *event)
{
	g_autofree char *row = g_strdup_printf(
	    "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%" G_GINT64_FORMAT
	    "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s",
	    event->id, event->at, event->room, event->kind, event->letter, event->case_id,
	    event->notice, event->detail);
	struct sha256_ctx sha;

	sha256_init(&sha);
	sha256_update(&sha, SHA256_DIGEST_SIZE, hash);
	sha256_update(&sha, strlen(row), (const guint8 *)row);
	sha256_digest(&sha, SHA256_DIGEST_SIZE, hash);
}

static gboolean
read_last(Store *store, gint64 *ret_id, guint8 hash[SHA256_DIGEST_SIZE], GError **error)
{
	g_autoptr(Statement) last = statement_open(
	    store, error, "SELECT id, hash FROM events ORDER BY id DESC LIMIT 1", "");
	g_autoptr(GError) failure = NULL;

	*ret_id = 0;
	memset(hash, 0, SHA256_DIGEST_SIZE);
	if (last == NULL)
		return FALSE;
	if (statement_step(last, &failure)) {
		*ret_id = statement_int(last, 0);
		memcpy(hash, sqlite3_column_blob(last, 1), SHA256_DIGEST_SIZE);
	}
	return fault_hand_on(g_steal_pointer(&failure), error);
}

/* {"name":"value",…} without the pairs whose value is NULL. */
static char *
detail_json(va_list pairs)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	const char *name;

	json_builder_begin_object(builder);
	while ((name = va_arg(pairs, const char *)) != NULL) {
		const char *value = va_arg(pairs, const char *);

		if (value == NULL)
			continue;
		json_builder_set_member_name(builder, name);
		json_builder_add_string_value(builder, value);
	}
	json_builder_end_object(builder);
	root = json_builder_get_root(builder);
	return json_to_string(root, FALSE);
}

gboolean
store_event(
    Store *store, gint64 at, const char *kind, EventAbout about, GError **error, ...)
{
	g_autofree char *detail = NULL;
	guint8 hash[SHA256_DIGEST_SIZE];
	g_autoptr(Txn) txn = NULL;
	Event event = { .at = at,
		.room = (char *)room_name(store_room(store)),
		.kind = (char *)kind,
		.letter = about.letter,
		.case_id = about.case_id,
		.notice = about.notice };
	va_list pairs;

	va_start(pairs, error);
	detail = detail_json(pairs);
	va_end(pairs);
	event.detail = detail;
	if (!store_join(store, &txn, error) || !read_last(store, &event.id, hash, error))
		return FALSE;
	event.id++;
	chain(hash, &event);
	return statement_run(store, error, NULL,
		   "INSERT INTO events (id, at, room, kind, letter, case_id, notice, "
		   "detail, hash) "
		   "VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), nullif(?6, 0), nullif(?7, 0), "
		   "?8, ?9)",
		   "iittiiitb", event.id, at, event.room, kind, about.letter,
		   about.case_id, about.notice, detail, hash,
		   (gsize)SHA256_DIGEST_SIZE) &&
	    store_part(&txn, error);
}

#define EVENT_COLUMNS                                                                    \
	"e.id, e.at, e.room, e.kind, coalesce(e.letter, 0), coalesce(e.case_id, 0), "    \
	"coalesce(e.notice, 0), e.detail"

static Event *
read_event(Statement *row)
{
	Event *event = g_new0(Event, 1);

	event->id = statement_int(row, 0);
	event->at = statement_int(row, 1);
	event->room = statement_text(row, 2);
	event->kind = statement_text(row, 3);
	event->letter = statement_int(row, 4);
	event->case_id = statement_int(row, 5);
	event->notice = statement_int(row, 6);
	event->detail = statement_text(row, 7);
	return event;
}

GPtrArray *
store_events(Store *store, gint64 after, guint limit, GError **error)
{
	g_autoptr(GPtrArray) events =
	    g_ptr_array_new_with_free_func((GDestroyNotify)event_free);
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " EVENT_COLUMNS
	    ", c.number FROM events e LEFT JOIN cases c ON c.id = e.case_id "
	    "WHERE e.id > ?1 ORDER BY e.id LIMIT ?2",
	    "ii", after, (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		Event *event = read_event(rows);

		event->number = statement_text(rows, 8);
		g_ptr_array_add(events, event);
	}
	if (failure != NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return NULL;
	}
	return g_steal_pointer(&events);
}

gboolean
store_events_last(Store *store, gint64 count, gint64 *ret_after, GError **error)
{
	return statement_number(store, error, ret_after, 0,
	    "SELECT max(max(id) - ?1, 0) FROM events", "i", count);
}

static gboolean
refuse_event(gint64 id, const char *what, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP,
	    "event %" G_GINT64_FORMAT ": %s; the log was changed outside rector-mail", id,
	    what);
	return FALSE;
}

gboolean
store_events_verify(Store *store, gint64 *ret_checked, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " EVENT_COLUMNS ", e.hash FROM events e ORDER BY e.id", "");
	g_autoptr(GError) failure = NULL;
	guint8 hash[SHA256_DIGEST_SIZE] = { 0 };

	*ret_checked = 0;
	if (rows == NULL)
		return FALSE;
	while (!program_stopping() && statement_step(rows, &failure)) {
		g_autoptr(Event) event = read_event(rows);

		if (event->id != *ret_checked + 1)
			return refuse_event(*ret_checked + 1, "is missing", error);
		chain(hash, event);
		if (memcmp(hash, sqlite3_column_blob(rows, 8), sizeof(hash)) != 0)
			return refuse_event(
			    event->id, "does not fit the one before it", error);
		*ret_checked = event->id;
	}
	return fault_hand_on(g_steal_pointer(&failure), error);
}
