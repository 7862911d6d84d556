/* From a host's name to a connected socket, within a time. */
#pragma once

#include <glib.h>

/* Tries the host's addresses one after another.  `this_machine` refuses every address
 * that is not a loopback one; *ret_loopback says whether it is one.  -1 and FAULT_RETRY
 * on failure. */
int connect_to(const char *host, guint16 port, gboolean this_machine, gint64 timeout_ms,
    int stop_fd, gboolean *ret_loopback, GError **error);
