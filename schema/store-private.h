/* The store's inside, for the files of this folder only. */
#pragma once

#include "store.h"

#include <sqlite3.h>

struct Store {
	sqlite3 *db;
	Room room;
	char *path;
	Spool *spool;
	GHashTable *statements; /* address of the SQL -> sqlite3_stmt */
	gboolean in_txn;
	int room_fd; /* holds the room's lock, or -1 */
};

/* Refuses the database of another program, before anything in it is changed. */
gboolean migrate_recognise(sqlite3 *db, const char *path, GError **error);
/* Brings the file to the newest schema; refuses one of a newer program. */
gboolean migrate_store(sqlite3 *db, const char *path, GError **error);

/* From here on the connection writes only what the room may. */
void rights_install(sqlite3 *db, Room room);
