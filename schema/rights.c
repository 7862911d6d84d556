/* Who may write what: ARCHITECTURE's table, held by an SQLite authorizer.  Reading is
 * free. */
#include "store-private.h"

#include <string.h>

#define OF(room) (1u << (room))
#define QUEUE OF(ROOM_QUEUE)

static const struct {
	const char *table;
	guint insert, update;
} rights[] = {
	{ "mailboxes", OF(ROOM_FETCHER), OF(ROOM_FETCHER) },
	{ "sources", OF(ROOM_FETCHER), 0 },
	{ "letters", OF(ROOM_FETCHER), OF(ROOM_CLASSIFIER) | OF(ROOM_ROUTER) | QUEUE },
	{ "readings", OF(ROOM_CLASSIFIER), OF(ROOM_CLASSIFIER) },
	{ "verdicts", OF(ROOM_CLASSIFIER), OF(ROOM_CLASSIFIER) },
	{ "decisions", QUEUE | OF(ROOM_ROUTER), 0 },
	{ "counters", OF(ROOM_ROUTER), OF(ROOM_ROUTER) },
	{ "cases", OF(ROOM_ROUTER), OF(ROOM_ROUTER) | QUEUE },
	{ "notices", OF(ROOM_ROUTER) | QUEUE,
	    OF(ROOM_ROUTER) | OF(ROOM_NOTIFIER) | QUEUE },
	{ "steps", OF(ROOM_ROUTER) | QUEUE, 0 },
	{ "answers", OF(ROOM_ROUTER), OF(ROOM_ROUTER) | QUEUE },
	{ "applicants", OF(ROOM_ROUTER), 0 },
	{ "tasks", OF(ROOM_ROUTER), OF(ROOM_ROUTER) | QUEUE },
	{ "marks", OF(ROOM_ROUTER), OF(ROOM_ROUTER) },
	{ "deliveries", OF(ROOM_NOTIFIER), OF(ROOM_NOTIFIER) },
	{ "alarms", ~0u, ~0u },
	{ "events", ~0u, 0 },
};

static gboolean
may(Room room, int action, const char *table)
{
	for (guint i = 0; i < G_N_ELEMENTS(rights); i++)
		if (strcmp(rights[i].table, table) == 0)
			return ((action == SQLITE_INSERT ? rights[i].insert
							 : rights[i].update) &
				   OF(room)) != 0;
	return FALSE;
}

static int
authorize(void *data, int action, const char *first, const char *second,
    const char *database, const char *trigger)
{
	Room room = (Room)GPOINTER_TO_INT(data);

	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_PRAGMA: /* to look, never to change */
		return second == NULL ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
		return may(room, action, first) ? SQLITE_OK : SQLITE_DENY;
	default: /* no DELETE, no DROP, no ATTACH */
		return SQLITE_DENY;
	}
}

void
rights_install(sqlite3 *db, Room room)
{
	sqlite3_set_authorizer(db, authorize, GINT_TO_POINTER((int)room));
}
