/* How SQLite goes about the list of open cases: the covering index, so that a hundred
 * thousand of them need not be looked up row by row. */
#include "statement.h"
#include "view.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
no_row(const CaseRow *row, gpointer data)
{
	return TRUE;
}

/* The text of the statement on the cases that the connection keeps. */
static const char *
statement_on_cases(Store *store)
{
	sqlite3_stmt *each = NULL;

	while ((each = sqlite3_next_stmt(store_db(store), each)) != NULL)
		if (strstr(sqlite3_sql(each), "FROM cases") != NULL)
			return sqlite3_sql(each);
	return NULL;
}

/* The steps of a plan, a line each, as another connection would go. */
static char *
plan_of(Store *store, const char *sql)
{
	g_autofree char *explain = g_strdup_printf("EXPLAIN QUERY PLAN %s", sql);
	GString *plan = g_string_new(NULL);
	sqlite3_stmt *rows;
	sqlite3 *db;

	g_assert_cmpint(
	    sqlite3_open_v2(store_path(store), &db, SQLITE_OPEN_READONLY, NULL), ==,
	    SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, explain, -1, &rows, NULL), ==, SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW)
		g_string_append_printf(plan, "%s\n", sqlite3_column_text(rows, 3));
	sqlite3_finalize(rows);
	sqlite3_close(db);
	return g_string_free(plan, FALSE);
}

static const struct {
	const char *label;
	CaseFilter filter;
} lists[] = {
	{ "all open cases", { 0 } },
	{ "those of one state", { .state = "extended" } },
	{ "those of an official, a topic, due by a day",
	    { .official = "science", .topic = "research", .due_by = "2026-12-11" } },
	{ "the first ten", { .limit = 10 } },
};

static void
test_list(gconstpointer data)
{
	const CaseFilter *filter = data;
	g_autofree char *folder = g_dir_make_tmp("queue-plan-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "rector.db", NULL);
	g_autofree char *remove = g_strdup_printf("rm -r '%s'", folder);
	g_autofree char *plan = NULL;
	g_autoptr(GError) error = NULL;
	Store *store = store_open(path, ROOM_QUEUE, &error);
	const char *sql;

	g_assert_no_error(error);
	g_assert_true(view_cases(store, filter, no_row, NULL, &error));
	sql = statement_on_cases(store);
	g_assert_nonnull(sql);
	plan = plan_of(store, sql);
	g_assert_nonnull(strstr(plan, "USING COVERING INDEX cases_due"));
	g_assert_null(strstr(plan, "TEMP B-TREE")); /* the index gives the order, too */
	store_close(store);
	g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *name = g_strdup_printf("/queue/plan/%s", lists[i].label);

		g_test_add_data_func(name, &lists[i].filter, test_list);
	}
	return g_test_run();
}
