/* Letters from files instead of a mailbox: one letter a file (.eml), an mbox, a Maildir,
 * a folder of .eml files, or "-" for a letter or an mbox on standard input.
 *
 * Each run numbers what it finds from 1, under an epoch of its own; letters whose bytes a
 * run before has stored are recognised, so a run that was killed is simply run again. */
#pragma once

#include "program.h"
#include "setup.h"

/* Imports the paths in their order.  A path that can't be read is FAULT_SETUP; the
 * letters before it are kept. */
gboolean import_paths(Store *store, const Setup *setup, char *const *paths,
    const Program *program, guint *ret_letters, guint *ret_new, GError **error);
