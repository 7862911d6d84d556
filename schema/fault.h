/* What can go wrong, named by what the caller should do about it.
 *
 * One error domain with three codes.  A function that can fail takes a GError ** last and
 * reports one of these; the text says what, where, and what to do.  The numbers are the
 * exit codes of sysexits.h, so that a service manager can tell "later" from "call a
 * person". */
#pragma once

#include <glib.h>

#define FAULT (fault_quark())

typedef enum {
	FAULT_LETTER = 65, /* this letter cannot pass: set it aside, take the next */
	FAULT_RETRY = 75,  /* the world is in the way: the same thing may work later */
	FAULT_SETUP = 78,  /* a person must change something: do not restart */
} Fault;

GQuark fault_quark(void);

/* 0 for NULL, the fault's own number for a FAULT, 1 for any other error. */
int fault_exit_status(const GError *error);

/* Sets *error to a FAULT that tells of errno: ENOSPC, EIO, EAGAIN, ENETUNREACH … are
 * RETRY, everything else SETUP.  Returns FALSE, so that a caller can return it straight
 * on. */
gboolean fault_set_errno(GError **error, int number, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Hands a failure that may be NULL to the caller; TRUE when it was NULL. */
gboolean fault_hand_on(GError *failure, GError **error);
