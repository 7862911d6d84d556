/* What a replay found: the letters that would be judged otherwise, one by one, and how
 * many of what. */
#pragma once

#include "judgement.h"
#include "program.h"

typedef struct Tally Tally;

Tally *tally_new(Program *program);
void tally_free(Tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tally, tally_free)

/* Counts one letter, and prints it when anything about it would change. */
void tally_letter(
    Tally *tally, const Letter *letter, const Judgement *stored, const Judgement *now);
/* Counts one that can't be compared. */
void tally_damaged(Tally *tally);
/* All of them so far. */
gint64 tally_count(const Tally *tally);
/* The counts, after the last letter. */
void tally_print(const Tally *tally);
