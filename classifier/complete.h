/* A rejected letter whose author brought what was missing (5.4).  The first letter's
 * reading stays; the name, telephone or address that it lacked come from the reply. Works
 * on what is stored: no bytes, no words. */
#pragma once

#include "letter.h"

/* Judges again every letter that waits with its reply.  FALSE on a store's fault. */
gboolean complete_letters(Store *store, gint64 now, GError **error);

/* For the pass above, and its tests: the verdict once `reply` is known.  Nothing missing
 * any more: the letter is accepted, or held when it broke another rule too. */
void complete_verdict(Reading *reading, Verdict *verdict, const Reading *reply);
