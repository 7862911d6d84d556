/* Who wrote the letter, what it is, and the verdict over it, from a Reading and the data
 * files.  No I/O after loading, no clock: the same letter under the same data gets the
 * same verdict. */
#pragma once

#include "letter.h"
#include "reading.h"

typedef enum { MODE_REJECT, MODE_HOLD, MODE_OFF } RuleMode;

typedef struct Judge Judge;

/* Loads and lints the data files of a folder; a mistake reads "file:line: what was
 * expected" (FAULT_SETUP). */
Judge *judge_load(const char *folder, GError **error);
void judge_free(Judge *judge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Judge, judge_free)

/* What a rule's finding leads to: reject (default), hold or off. */
void judge_set_mode(Judge *judge, Rule rule, RuleMode mode);
/* Our own addresses (the mailbox's): a letter from them is never answered. */
void judge_set_own_addresses(Judge *judge, const char *const *addresses);
/* Of rules and data files, from their content. */
const char *judge_version(const Judge *judge);

/* Fills what the Reading holds under "who and what". */
void judge_identify(const Judge *judge, Reading *reading);
/* The verdict of one letter by itself. */
Verdict *judge_letter(const Judge *judge, const Reading *reading);
/* Both, one after the other; the text is taken apart only once. */
Verdict *judge_reading(const Judge *judge, Reading *reading);
/* Only the header and the first text were there to read: whatever they say, a person must
 * look (unless the letter is automatic). */
void judge_partial(Verdict *verdict);
/* Adds the flood test, which needs the author's history, to a verdict.  Runs in the
 * parent, so it reads counts only. */
void judge_flood(
    const Judge *judge, const Reading *reading, const History *history, Verdict *verdict);
/* How far back the flood test looks, and up to how many words a letter is of low content.
 */
void judge_flood_window(const Judge *judge, gint64 *ret_seconds, gint64 *ret_few_words);
/* A folded key of the new text, for History.alike.  Free with g_free(). */
char *judge_text_key(const Reading *reading);
