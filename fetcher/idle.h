/* --watch: passes for ever, and in between the quickest way to hear of new mail.
 *
 * IDLE where the server has it, else a look every `poll`; a server on this machine is
 * asked every `glance`, since Dovecot tells an idle client only half a second late.  What
 * wakes us is never believed: a pass asks for what is new.  A pass also comes every
 * `idle_renew` regardless. */
#pragma once

#include "fetch.h"

/* One pass with all that belongs to it: new letters, lost marks, the day's comparison,
 * alarms. Another fetcher at work on the store is FAULT_RETRY. */
gboolean idle_once(const Program *program, const Setup *setup, GError **error);
/* Passes until a signal asks to stop.  Failures of the mailbox are told and tried again;
 * FALSE only for what a person or a restart must cure. */
gboolean idle_run(const Program *program, const Setup *setup, GError **error);
