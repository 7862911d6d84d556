/* The file's version is PRAGMA user_version: how many of the numbered steps it has had.
 */
#include "migrations.h"
#include "statement.h"
#include "store-private.h"

#include <gio/gio.h>

/* Append only. */
static const char *const steps[] = {
	"001-foundation.sql",
	"002-conversation.sql",
};

static gboolean
read_number(sqlite3 *db, const char *sql, int *ret_number, GError **error)
{
	sqlite3_stmt *statement = NULL;
	gboolean done;

	done = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW;
	if (done)
		*ret_number = sqlite3_column_int(statement, 0);
	else
		statement_fault(db, sql, error);
	sqlite3_finalize(statement);
	return done;
}

static gboolean
read_version(sqlite3 *db, int *ret_version, GError **error)
{
	return read_number(db, "PRAGMA user_version", ret_version, error);
}

/* A file without a version that has tables is somebody else's. */
gboolean
migrate_recognise(sqlite3 *db, const char *path, GError **error)
{
	int version = 0, tables = 0;

	if (!read_version(db, &version, error) ||
	    !read_number(db, "SELECT count(*) FROM sqlite_schema", &tables, error))
		return FALSE;
	if (version > 0 || tables == 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "store %s: this is another program's database; choose another path", path);
	return FALSE;
}

static gboolean
run(sqlite3 *db, const char *what, const char *sql, GError **error)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return statement_fault(db, what, error);
	return TRUE;
}

static gboolean
run_step(sqlite3 *db, int number, GError **error)
{
	g_autofree char *path = g_strdup_printf("/migrations/%s", steps[number]);
	g_autofree char *mark = g_strdup_printf("PRAGMA user_version = %d", number + 1);
	g_autoptr(GBytes) sql =
	    g_resource_lookup_data(migrations_get_resource(), path, 0, error);

	return sql != NULL &&
	    run(db, steps[number], g_bytes_get_data(sql, NULL), error) &&
	    run(db, steps[number], mark, error);
}

static gboolean
refuse_newer(const char *path, int version, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP,
	    "store %s: made by a newer rector-mail (schema %d, this program knows %d); "
	    "install "
	    "that one",
	    path, version, (int)G_N_ELEMENTS(steps));
	return FALSE;
}

/* All steps in one transaction; the version is read again inside it, since another
 * program may have been first. */
gboolean
migrate_store(sqlite3 *db, const char *path, GError **error)
{
	int version = 0;
	gboolean done = TRUE;

	if (!read_version(db, &version, error))
		return FALSE;
	if (version == (int)G_N_ELEMENTS(steps))
		return TRUE;
	if (version > (int)G_N_ELEMENTS(steps))
		return refuse_newer(path, version, error);
	if (!run(db, "BEGIN IMMEDIATE", "BEGIN IMMEDIATE", error))
		return FALSE;
	done = read_version(db, &version, error);
	while (done && version < (int)G_N_ELEMENTS(steps))
		done = run_step(db, version++, error);
	done = done && run(db, "COMMIT", "COMMIT", error);
	if (!done && !sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return done;
}
