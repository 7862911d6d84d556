/* Prepared statements, for the files of this folder only.
 *
 * A statement is prepared once a connection and found again by the address of its SQL,
 * which therefore is a literal.  Leaving the scope resets it.  Parameters are bound by a
 * string of type letters: i gint64 · t const char * (NULL is NULL) · b const guint8 *,
 * gsize (NULL is NULL) · d double. */
#pragma once

#include "store.h"

#include <sqlite3.h>

typedef sqlite3_stmt Statement;

Statement *statement_open(
    Store *store, GError **error, const char *sql, const char *types, ...);
void statement_close(Statement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_close)

/* TRUE on a row.  FALSE at the end, or on a failure that sets *error. */
gboolean statement_step(Statement *statement, GError **error);

/* Runs one that gives no rows; *ret_changes (may be NULL) counts the rows it changed. */
gboolean statement_run(Store *store, GError **error, int *ret_changes, const char *sql,
    const char *types, ...);
/* The single number of a query; `otherwise` when it gives no row or NULL. */
gboolean statement_number(Store *store, GError **error, gint64 *ret_number,
    gint64 otherwise, const char *sql, const char *types, ...);

/* Columns, copied. */
char *statement_text(Statement *statement, int column); /* NULL for NULL */
gint64 statement_int(Statement *statement, int column);
SpoolPlace statement_place(Statement *statement, int first_column);

/* Sets *error from the connection's last failure: BUSY, LOCKED, FULL, IOERR are RETRY,
 * CONSTRAINT and TOOBIG are LETTER, everything else SETUP.  Returns FALSE. */
gboolean statement_fault(sqlite3 *db, const char *what, GError **error);

/* The connection; for store.c and its neighbours. */
sqlite3 *store_db(Store *store);
/* Begins a transaction unless one is open: a move that stands alone is one, and one
 * inside a Txn joins it.  *ret_txn stays NULL when it joins. */
gboolean store_join(Store *store, Txn **ret_txn, GError **error);
/* Commits what store_join() began; nothing to do for NULL. */
gboolean store_part(Txn **txn, GError **error);
