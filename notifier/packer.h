/* From a due notice to a parcel: guarded, worded, its bytes kept for every later try. */
#pragma once

#include "carrier.h"
#include "guard.h"
#include "post.h"

typedef struct Packer Packer;

/* Loads every text and list; FAULT_SETUP in the common form. */
Packer *packer_new(const Settings *settings, const University *university,
    const Post *post, GError **error);
void packer_free(Packer *packer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Packer, packer_free)

/* Takes the notice.  *ret_parcel is NULL when it does not go now: the store says why,
 * unless the breaker is open and the notice simply stays due. */
gboolean packer_pack(Packer *packer, Store *store, Notice *notice, gint64 now,
    Parcel **ret_parcel, GError **error);

gboolean packer_is_stopped(const Packer *packer);
/* Forgets the letter and the case read last, which may change between two passes. */
void packer_forget(Packer *packer);
