/* The parts of a letter: which of them are its text, which are attachments.  GMime finds
 * the parts; decoding is ours (transfer.h, charset.h, words.h), since GMime loses text
 * there. */
#pragma once

#include "quotes.h"
#include "reading.h"
#include <gmime/gmime.h>

/* A parsed letter.  It reads the bytes later on, so they must outlive it. */
typedef struct {
	GByteArray *bytes;
	GMimeStream *stream;
	GMimeObject *object; /* NULL: GMime makes nothing of it */
} MimeLetter;
void mime_letter_clear(MimeLetter *letter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MimeLetter, mime_letter_clear)

/* The bytes begin with a header. */
void mime_parse(const char *bytes, gsize length, MimeLetter *ret_letter);

/* What the parts say. */
typedef struct {
	GString *text;   /* HTML's quotes as "> " lines */
	GString *nested; /* the text of letters within the letter */
	char *charset;   /* how the first text was decoded, or NULL */
	char *declared;  /* the first character set that a text declares, or NULL */
	gboolean
	    invitation;   /* a calendar wrote it: text/calendar for programs to act on */
	Reading *reading; /* gets the attachments; not owned */
} MimeText;
MimeText *mime_text_new(Reading *reading);
void mime_text_free(MimeText *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MimeText, mime_text_free)

/* Reads all parts, down to LIMIT_DEPTH and at most LIMIT_PARTS. */
void mime_read(const MimeLetter *letter, const Quotes *quotes, MimeText *found);

/* The bytes of one part without their transfer encoding, the first `most` of them. */
GString *mime_part_decoded(GMimePart *part, gsize most);

/* Decodes one text as if it were a part without a header. */
void mime_read_plain(const char *bytes, gsize length, MimeText *found);
