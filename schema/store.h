/* The one way to what the rooms share.
 *
 * An SQLite file and, beside it, a folder "spool" with the letters' bytes (spool.h).
 * Every call that changes anything is one transaction: it moves a thing on by comparing
 * its state, and writes the event that says so, or it leaves all as it was.  SQL lives in
 * this folder and nowhere else; the nouns are letter.h, case.h, notice.h, event.h and
 * alarm.h.
 *
 * A store belongs to one thread. */
#pragma once

#include "fault.h"
#include "spool.h"
#include <glib.h>

typedef struct Store Store;
typedef struct Txn Txn;

typedef enum {
	ROOM_FETCHER,
	ROOM_CLASSIFIER,
	ROOM_ROUTER,
	ROOM_NOTIFIER,
	ROOM_QUEUE,
} Room;
const char *room_name(Room room); /* "fetcher" … */

/* Opens the file, creates and migrates it where needed, and from then on lets the room
 * write only what ARCHITECTURE's table gives it (an SQLite authorizer).  The folder must
 * exist. A store of a newer program is refused (FAULT_SETUP). */
Store *store_open(const char *path, Room room, GError **error);
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

const char *store_path(const Store *store);
Room store_room(const Store *store);
Spool *store_spool(Store *store);

/* BEGIN IMMEDIATE.  Leaving the scope without store_commit() rolls back.  Moves of the
 * nouns may be called inside one; they join it, so that several make one transaction. */
Txn *store_begin(Store *store, GError **error);
gboolean store_commit(Txn *txn, GError **error);
void txn_end(Txn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Txn, txn_end)

/* Holds the room: one copy of a program at work on one store.  FAULT_RETRY when another
 * process has it.  Freed by the kernel when the process ends, however it ends. */
gboolean store_hold_room(Store *store, GError **error);

/* PRAGMA data_version: changes when another connection has committed. */
gint64 store_data_version(Store *store);

/* Moves the write-ahead log into the file when it has grown (the router calls this). */
void store_checkpoint(Store *store);
