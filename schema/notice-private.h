/* How notice.c and delivery.c read and move a notice. */
#pragma once

#include "event.h"
#include "notice.h"
#include "statement.h"

#define NOTICE_COLUMNS                                                                   \
	"n.id, coalesce(n.letter, 0), coalesce(n.case_id, 0), n.kind, n.role, "          \
	"n.language, "                                                                   \
	"n.recipient, n.recipient_name, n.message_id, n.in_reply_to, n.refs, "           \
	"n.not_before, "                                                                 \
	"n.facts, n.state, n.attempts, n.next_at, n.created_at, n.spool_file, "          \
	"n.spool_offset, "                                                               \
	"n.spool_length, n.series, n.bounce"

/* Of NOTICE_COLUMNS. */
Notice *notice_read(Statement *row);
/* NULL rows are a failure that is told already. */
GPtrArray *notice_read_all(Statement *rows, GError **error);

/* What an event about this notice is about. */
gboolean notice_find_about(
    Store *store, gint64 notice, EventAbout *ret_about, GError **error);
/* waiting → another state, with its event; *ret_moved is FALSE when it was not waiting.
 */
gboolean notice_leave_waiting(Store *store, gint64 notice, const char *state,
    const char *why, gint64 now, gboolean *ret_moved, GError **error);
