/* The labelled letters that are learned from: files of JSON lines as in tests/corpus, and
 * tests/train/more-*.tsv with "LABEL TAB subject TAB text" lines. */
#pragma once

#include <json-glib/json-glib.h>

/* `letter` is NULL for a line of a .tsv file, whose fields come in the others. */
typedef void (*LetterTaker)(
    JsonObject *letter, const char *label, const char *subject, const char *text);

/* Ends the program on a file that can't be read. */
void letters_read(const char *file, LetterTaker taker);
