#include "statement.h"

#include "store-private.h"

#include <stdarg.h>

gboolean
statement_fault(sqlite3 *db, const char *what, GError **error)
{
	int code = sqlite3_errcode(db) & 0xff;
	Fault fault = FAULT_SETUP;

	if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL ||
	    code == SQLITE_IOERR || code == SQLITE_NOMEM || code == SQLITE_INTERRUPT)
		fault = FAULT_RETRY;
	else if (code == SQLITE_CONSTRAINT || code == SQLITE_TOOBIG)
		fault = FAULT_LETTER;
	g_set_error(error, FAULT, fault, "store %s: %s (%d): %s",
	    sqlite3_db_filename(db, "main"), what, sqlite3_extended_errcode(db),
	    sqlite3_errmsg(db));
	return FALSE;
}

static gboolean
bind(Statement *statement, const char *types, va_list arguments)
{
	int result = SQLITE_OK;

	for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++) {
		switch (types[i]) {
		case 'i':
			result = sqlite3_bind_int64(
			    statement, i + 1, va_arg(arguments, gint64));
			break;
		case 'd':
			result = sqlite3_bind_double(
			    statement, i + 1, va_arg(arguments, double));
			break;
		case 't':
			result = sqlite3_bind_text(statement, i + 1,
			    va_arg(arguments, const char *), -1, SQLITE_TRANSIENT);
			break;
		case 'b': {
			const guint8 *bytes = va_arg(arguments, const guint8 *);
			gsize length = va_arg(arguments, gsize);

			result = sqlite3_bind_blob64(
			    statement, i + 1, bytes, length, SQLITE_TRANSIENT);
			break;
		}
		default:
			g_assert_not_reached();
		}
	}
	return result == SQLITE_OK;
}

/* One that is in use (a query within its own loop) is prepared a second time, uncached.
 */
static Statement *
find_or_prepare(Store *store, const char *sql, GError **error)
{
	Statement *statement = g_hash_table_lookup(store->statements, sql);

	if (statement != NULL && !sqlite3_stmt_busy(statement))
		return statement;
	if (statement != NULL) {
		statement_fault(store->db, "a statement is used inside itself", error);
		return NULL;
	}
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
		NULL) != SQLITE_OK) {
		statement_fault(store->db, sql, error);
		return NULL;
	}
	g_hash_table_insert(store->statements, (gpointer)sql, statement);
	return statement;
}

static Statement *
open_v(
    Store *store, GError **error, const char *sql, const char *types, va_list arguments)
{
	Statement *statement = find_or_prepare(store, sql, error);

	if (statement != NULL && !bind(statement, types, arguments)) {
		statement_fault(store->db, sql, error);
		statement_close(statement);
		return NULL;
	}
	return statement;
}

Statement *
statement_open(Store *store, GError **error, const char *sql, const char *types, ...)
{
	Statement *statement;
	va_list arguments;

	va_start(arguments, types);
	statement = open_v(store, error, sql, types, arguments);
	va_end(arguments);
	return statement;
}

void
statement_close(Statement *statement)
{
	if (statement == NULL)
		return;
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

gboolean
statement_step(Statement *statement, GError **error)
{
	int result = sqlite3_step(statement);

	if (result != SQLITE_ROW && result != SQLITE_DONE)
		statement_fault(
		    sqlite3_db_handle(statement), sqlite3_sql(statement), error);
	return result == SQLITE_ROW;
}

gboolean
statement_run(Store *store, GError **error, int *ret_changes, const char *sql,
    const char *types, ...)
{
	g_autoptr(Statement) statement = NULL;
	g_autoptr(GError) failure = NULL;
	va_list arguments;

	va_start(arguments, types);
	statement = open_v(store, error, sql, types, arguments);
	va_end(arguments);
	if (statement == NULL)
		return FALSE;
	statement_step(statement, &failure);
	if (failure != NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	if (ret_changes != NULL)
		*ret_changes = sqlite3_changes(store->db);
	return TRUE;
}

gboolean
statement_number(Store *store, GError **error, gint64 *ret_number, gint64 otherwise,
    const char *sql, const char *types, ...)
{
	g_autoptr(Statement) statement = NULL;
	g_autoptr(GError) failure = NULL;
	va_list arguments;

	va_start(arguments, types);
	statement = open_v(store, error, sql, types, arguments);
	va_end(arguments);
	if (statement == NULL)
		return FALSE;
	*ret_number = otherwise;
	if (statement_step(statement, &failure) &&
	    sqlite3_column_type(statement, 0) != SQLITE_NULL)
		*ret_number = sqlite3_column_int64(statement, 0);
	if (failure != NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	return TRUE;
}

char *
statement_text(Statement *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}

gint64
statement_int(Statement *statement, int column)
{
	return sqlite3_column_int64(statement, column);
}

SpoolPlace
statement_place(Statement *statement, int first_column)
{
	return (SpoolPlace){ sqlite3_column_int64(statement, first_column),
		sqlite3_column_int64(statement, first_column + 1),
		sqlite3_column_int64(statement, first_column + 2) };
}
