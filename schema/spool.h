/* Where the bytes of letters and of sent mails lie: append-only files beside the store.
 *
 * An item is appended, synced, and then becomes real by the commit of the row that holds
 * its place; bytes without a row are the harmless trace of a crash.  Each writing process
 * has a file of its own (the kernel's lock on it says so), so writers never wait for each
 * other. Measured: 30 KB letters by the hundred go two to three times faster into such a
 * file than into blobs of the store, and an old letter costs a new one nothing. */
#pragma once

#include <glib.h>

typedef struct Spool Spool;

/* An item's place, kept in a row.  length < 0: erased, or none. */
typedef struct {
	gint64 file;
	gint64 offset;
	gint64 length;
} SpoolPlace;

#define SPOOL_DIGEST_LENGTH 32 /* SHA-256 */

Spool *spool_open(const char *folder, GError **error);
void spool_close(Spool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_close)

/* Appends one item in any number of pieces; end tells its place and SHA-256, abandon
 * forgets it.  One item at a time. */
gboolean spool_begin(Spool *spool, GError **error);
gboolean spool_write(Spool *spool, gconstpointer bytes, gsize length, GError **error);
gboolean spool_end(Spool *spool, SpoolPlace *ret_place,
    guint8 ret_digest[SPOOL_DIGEST_LENGTH], GError **error);
void spool_abandon(Spool *spool);

/* Puts everything ended so far on the disk.  Must come before the commit of its rows. */
gboolean spool_sync(Spool *spool, GError **error);

/* A whole item in memory, or a descriptor to read from (pread at place.offset; the caller
 * closes it).  FAULT_LETTER when it is erased or lost, FAULT_RETRY when the disk fails.
 */
GBytes *spool_read(Spool *spool, const SpoolPlace *place, GError **error);
int spool_open_item(Spool *spool, const SpoolPlace *place, GError **error);

/* Are the bytes still those that were ended with this SHA-256?  FAULT_SETUP when they are
 * others or fewer. */
gboolean spool_check(Spool *spool, const SpoolPlace *place,
    const guint8 digest[SPOOL_DIGEST_LENGTH], GError **error);

/* Gives an item's bytes back to the disk: they read as zeros afterwards. */
gboolean spool_erase(Spool *spool, const SpoolPlace *place, GError **error);
