#include "store.h"

#include "statement.h"
#include "store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_LIMIT_US (10 * G_USEC_PER_SEC)
#define BUSY_NAP_US 200
#define CHECKPOINT_PAGES 4000 /* 16 MiB of log */

struct Txn {
	Store *store;
};

const char *
room_name(Room room)
{
	static const char *const names[] = { "fetcher", "classifier", "router",
		"notifier", "queue" };

	return names[room];
}

/* SQLite's own handler sleeps up to 100 ms; our transactions last a millisecond. */
static int
nap(void *data, int times)
{
	if ((gint64)times * BUSY_NAP_US > BUSY_LIMIT_US)
		return 0;
	g_usleep(BUSY_NAP_US);
	return 1;
}

/* SQLite under umask 007 would make the file 0640 and lock the group out. */
static gboolean
create_file(const char *path, GError **error)
{
	mode_t before = umask(0007);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);

	umask(before);
	if (fd < 0)
		return fault_set_errno(error, errno, "%s", path);
	close(fd);
	return TRUE;
}

static gboolean
pragma(sqlite3 *db, const char *sql, GError **error)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return statement_fault(db, sql, error);
	return TRUE;
}

/* The pragma may quietly keep another mode: look at its answer. */
static gboolean
use_wal(sqlite3 *db, GError **error)
{
	sqlite3_stmt *statement = NULL;
	gboolean done = FALSE;

	if (sqlite3_prepare_v2(db, "PRAGMA journal_mode = WAL", -1, &statement, NULL) !=
		SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		statement_fault(db, "PRAGMA journal_mode", error);
	else if (g_strcmp0((const char *)sqlite3_column_text(statement, 0), "wal") != 0)
		g_set_error(error, FAULT, FAULT_SETUP,
		    "store %s: the file system allows no write-ahead log; put it on a "
		    "local disk",
		    sqlite3_db_filename(db, "main"));
	else
		done = TRUE;
	sqlite3_finalize(statement);
	return done;
}

static gboolean
set_up(sqlite3 *db, GError **error)
{
	sqlite3_extended_result_codes(db, 1);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return use_wal(db, error) && pragma(db, "PRAGMA synchronous = FULL", error) &&
	    pragma(db, "PRAGMA foreign_keys = ON", error) &&
	    pragma(db, "PRAGMA wal_autocheckpoint = 4000", error) &&
	    pragma(db, "PRAGMA journal_size_limit = 67108864", error) &&
	    pragma(db, "PRAGMA cache_size = -4096", error) &&
	    pragma(db, "PRAGMA temp_store = MEMORY", error);
}

static void
finalize(gpointer statement)
{
	sqlite3_finalize(statement);
}

static gboolean
open_db(Store *store, GError **error)
{
	if (sqlite3_open_v2(store->path, &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
		NULL) != SQLITE_OK) {
		g_set_error(error, FAULT, FAULT_SETUP, "store %s: %s", store->path,
		    store->db != NULL ? sqlite3_errmsg(store->db) : "out of memory");
		return FALSE;
	}
	/* first of all: the programs may start together on a store that none has made yet
	 */
	sqlite3_busy_handler(store->db, nap, NULL);
	return migrate_recognise(store->db, store->path, error) &&
	    set_up(store->db, error) && migrate_store(store->db, store->path, error);
}

/* Programs that start together on a store that none has made yet take turns: SQLite gives
 * up at once when two of them change the journal's mode.  The kernel frees the lock. */
static int
take_turn(const char *path, GError **error)
{
	g_autofree char *name = g_strconcat(path, ".open.lock", NULL);
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);

	if (fd < 0) {
		fault_set_errno(error, errno, "%s", name);
		return -1;
	}
	fchmod(fd, 0660);
	while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
		continue;
	return fd;
}

static gboolean
open_in_turn(Store *store, GError **error)
{
	int turn = take_turn(store->path, error);
	gboolean done = turn >= 0 && open_db(store, error);

	if (turn >= 0)
		close(turn);
	return done;
}

Store *
store_open(const char *path, Room room, GError **error)
{
	g_autoptr(Store) store = NULL;
	g_autofree char *real = g_canonicalize_filename(path, NULL);
	g_autofree char *folder = g_path_get_dirname(real);
	g_autofree char *spool = g_build_filename(folder, "spool", NULL);

	if (!create_file(real, error))
		return NULL;
	store = g_new0(Store, 1);
	store->path = g_steal_pointer(&real);
	store->room = room;
	store->room_fd = -1;
	store->statements = g_hash_table_new_full(NULL, NULL, NULL, finalize);
	if (!open_in_turn(store, error) ||
	    (store->spool = spool_open(spool, error)) == NULL)
		return NULL;
	if (room ==
	    ROOM_QUEUE) /* long lists in the order of due dates jump about the file */
		pragma(store->db, "PRAGMA cache_size = -65536", NULL);
	rights_install(store->db, room);
	return g_steal_pointer(&store);
}

void
store_close(Store *store)
{
	if (store == NULL)
		return;
	g_hash_table_unref(store->statements);
	if (store->db != NULL)
		sqlite3_close_v2(store->db);
	spool_close(store->spool);
	if (store->room_fd >= 0)
		close(store->room_fd);
	g_free(store->path);
	g_free(store);
}

const char *
store_path(const Store *store)
{
	return store->path;
}

Room
store_room(const Store *store)
{
	return store->room;
}

Spool *
store_spool(Store *store)
{
	return store->spool;
}

sqlite3 *
store_db(Store *store)
{
	return store->db;
}

Txn *
store_begin(Store *store, GError **error)
{
	Txn *txn;

	g_assert(!store->in_txn);
	if (!statement_run(store, error, NULL, "BEGIN IMMEDIATE", ""))
		return NULL;
	store->in_txn = TRUE;
	txn = g_new0(Txn, 1);
	txn->store = store;
	return txn;
}

gboolean
store_commit(Txn *txn, GError **error)
{
	g_assert(txn->store != NULL);
	if (!statement_run(txn->store, error, NULL, "COMMIT", ""))
		return FALSE;
	txn->store->in_txn = FALSE;
	txn->store = NULL;
	return TRUE;
}

/* A failed COMMIT may have rolled back already. */
void
txn_end(Txn *txn)
{
	if (txn == NULL)
		return;
	if (txn->store != NULL) {
		if (!sqlite3_get_autocommit(txn->store->db))
			statement_run(txn->store, NULL, NULL, "ROLLBACK", "");
		txn->store->in_txn = FALSE;
	}
	g_free(txn);
}

gboolean
store_join(Store *store, Txn **ret_txn, GError **error)
{
	*ret_txn = NULL;
	if (store->in_txn)
		return TRUE;
	*ret_txn = store_begin(store, error);
	return *ret_txn != NULL;
}

gboolean
store_part(Txn **txn, GError **error)
{
	return *txn == NULL || store_commit(*txn, error);
}

gboolean
store_hold_room(Store *store, GError **error)
{
	g_autofree char *path =
	    g_strdup_printf("%s.%s.lock", store->path, room_name(store->room));
	int fd;

	if (store->room_fd >= 0)
		return TRUE;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	if (fd < 0)
		return fault_set_errno(error, errno, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		g_set_error(error, FAULT, FAULT_RETRY,
		    "store %s: another rector-%s is at work on it", store->path,
		    room_name(store->room));
		close(fd);
		return FALSE;
	}
	store->room_fd = fd;
	return TRUE;
}

gint64
store_data_version(Store *store)
{
	gint64 version = 0;

	statement_number(store, NULL, &version, 0, "PRAGMA data_version", "");
	return version;
}

void
store_checkpoint(Store *store)
{
	int pages = 0;

	sqlite3_wal_checkpoint_v2(
	    store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, NULL);
	if (pages > CHECKPOINT_PAGES)
		sqlite3_wal_checkpoint_v2(
		    store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}
