/* Giving up rights for good, before hostile bytes meet a parser. */
#pragma once

#include <glib.h>

/* In a child just forked: keeps the descriptors `in` and `out` and standard error only
 * (as 3, 4 and 2), dies with its parent, may use `memory` more bytes than now and no core
 * file, and may call nothing but what reading a letter takes: no sockets, no programs, no
 * files but to read.  FALSE when the kernel refuses. */
gboolean sandbox_enter(int in, int out, gsize memory);
#define SANDBOX_IN 3
#define SANDBOX_OUT 4

/* Processor time until the kernel ends the process, counted from now. */
void sandbox_allow_seconds(guint seconds);
