/* The new text of a letter, taken apart once, so that every test reads the same
 * structure.
 *
 * Subject and body lie in one buffer, the subject as line 0; all ranges are byte offsets
 * into it.  Words carry their folded spellings (fold.h), so tests compare and never fold.
 * The structure is found from form alone, without word lists: what a line is made of, how
 * long it is, where it stands. */
#pragma once

#include "fold.h"
#include <glib.h>

typedef enum {
	LINE_BLANK,
	LINE_SUBJECT,
	LINE_GREETING,  /* short, among the first, ends with "!" or "," */
	LINE_HEADING,   /* short, without an end mark, more follows */
	LINE_LIST,      /* "- …", "1. …", "а) …" */
	LINE_TABLE,     /* columns divided by tabs, bars or wide gaps */
	LINE_FIELD,     /* a form's "Name: value" */
	LINE_SIGNATURE, /* the short lines at the end, or what follows "-- " */
	LINE_PROSE,
} LineKind;

typedef struct {
	guint32 start, end; /* bytes, without blanks around and the line feed */
	guint32 first_word, end_word;
	LineKind kind;
} TextLine;

typedef struct {
	guint32 start, end; /* bytes; the mark is included */
	guint32 first_word, end_word;
	guint32 line; /* where it begins */
	char mark;    /* '.', '!', '?', or '\0' when only the line or the text ended */
} TextSentence;

/* A word, or a run of digits.  "Аты-жөні" is two words, the second one joined. */
typedef struct {
	guint32 start, end; /* bytes */
	const char *folded;
	const char *second; /* a Latin word in folded Cyrillic, else NULL */
	guint32 line, sentence;
	guint16 folded_length, second_length;
	guint16 letters;    /* code points of the word, or digits */
	guint8 script;      /* Script */
	guint8 letter_case; /* LetterCase */
	guint8 joined : 1; /* nothing but a hyphen, or nothing at all, stands before it */
	guint8 quoted : 1; /* inside «» or "" */
	guint8 linked : 1; /* part of a link or an e-mail address */
	guint8 kazakh : 1; /* typed with a letter that only Kazakh has */
	guint8 cyrillic : 1; /* the folding is Cyrillic */
	guint8 ends : 1; /* a punctuation mark of any kind or the line's end follows */
	guint8 bracketed : 1; /* inside round or square brackets */
} TextWord;

typedef struct {
	guint32 start, end; /* bytes */
	guint32 line;
	gboolean email; /* an e-mail address, else a link */
} TextLink;

typedef struct {
	char *bytes; /* subject, line feed, body */
	gsize length;
	gsize body; /* where the body begins */
	TextLine *lines;
	TextSentence *sentences;
	TextWord *words;
	TextLink *links;
	guint n_lines, n_sentences, n_words, n_links;
	guint body_word;     /* the first word of the body */
	guint body_sentence; /* the first sentence of the body */
	char *folded;        /* where the words' folded spellings lie */
} Text;

/* Takes a text apart; both strings are valid UTF-8 or NULL. */
Text *text_parse(const char *subject, const char *body);
void text_free(Text *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Text, text_free)

/* Where a finding stands: "subject" or "text line 4".  Free with g_free(). */
char *text_where(guint line);
/* The original spelling of some bytes, or of words first to last (exclusive).  Free with
 * g_free(). */
char *text_copy(const Text *text, gsize start, gsize end);
char *text_copy_words(const Text *text, guint first, guint end);
