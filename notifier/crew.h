/* Several connections at work, each in a thread of its own; as many as there are mails
 * waiting, up to the setting.  The store stays with the thread that owns the crew. */
#pragma once

#include "carrier.h"

typedef struct Crew Crew;

Crew *crew_new(const Post *post);
/* At the program's end: does not wait for mails still under way. */
void crew_free(Crew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Crew, crew_free)

/* Takes the parcel. */
void crew_give(Crew *crew, Parcel *parcel);
/* One that is done, its answer filled; NULL when none came within the time. */
Parcel *crew_take(Crew *crew, gint64 wait_us);
/* Takes back one that no connection has touched; NULL for none. */
Parcel *crew_recall(Crew *crew);
/* Given and not yet taken. */
guint crew_out(const Crew *crew);
