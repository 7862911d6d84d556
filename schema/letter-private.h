/* What the files about letters share: a row's reading, and the count of a move.  For this
 * folder only. */
#pragma once

#include "letter.h"
#include "statement.h"

#define LETTER_COLUMNS                                                                   \
	"l.id, l.received_at, l.size, l.whole, l.attempts, l.state, l.spool_file, "      \
	"l.spool_offset, l.spool_length, r.value, d.outcome, d.rule, d.topic, d.who, "   \
	"d.reason, "                                                                     \
	"d.official, l.state_why, coalesce(l.completed_by, 0), coalesce(b.received_at, " \
	"0)"
#define LETTER_TABLES                                                                    \
	" FROM letters l LEFT JOIN readings r ON r.letter = l.id "                       \
	"LEFT JOIN letters b ON b.id = l.completed_by LEFT JOIN decisions d "            \
	"ON d.id = (SELECT max(id) FROM decisions WHERE letter = l.id) "

/* A letter from a row of "SELECT " LETTER_COLUMNS LETTER_TABLES. */
Letter *letter_from_row(Statement *row, GError **error);

/* Expects that exactly one row moved; else FAULT_LETTER says that it is not `from` any
 * more. */
gboolean letter_moved(int changes, gint64 letter, const char *from, GError **error);
