/* The secret in a reply address: who may answer for which case, decide which answer,
 * which held letter.
 *
 * A token is "c123.k7f3…": a purpose (c: an official about case 123, a: the moderator
 * about an answer, h: the moderator about a held letter), an id, and a code over both and
 * the recipient's address.  So it serves nobody but him to whom we wrote it.  It comes
 * back in a plus address ("rector+c123.k7f3…@") or in a subject ("[c123.k7f3…]"). */
#pragma once

#include <glib.h>

#define TOKEN_CODE_LENGTH 16

typedef struct {
	char purpose;
	gint64 id;
	char code[TOKEN_CODE_LENGTH + 1]; /* lower case */
} Token;

typedef struct Keys Keys;

/* Reads the key; one that is not there is made, when `make` says so.  `old_file` (or
 * NULL) holds the key before it, which still opens but no longer signs.  FAULT_SETUP for
 * a file that others may read, or that holds anything but 64 hexadecimal digits. */
Keys *keys_load(const char *file, gboolean make, const char *old_file, GError **error);
void keys_free(Keys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keys, keys_free)

/* "c123.k7f3abcd…" for this recipient. */
char *token_new(const Keys *keys, char purpose, gint64 id, const char *recipient);
/* Is it ours, and was it given to him?  Compared in constant time. */
gboolean token_fits(const Keys *keys, const Token *token, const char *recipient);

/* A secret alone: 16 letters at random of the tokens' alphabet, which has none that look
 * alike. */
char *token_random(void);

/* The secrets of "rector+b.SECRET@…" among a letter's recipients, in lower case: where
 * its bounce comes to, a notice is known by it. */
GPtrArray *token_bounces(const char *recipients, const char *address);

/* rector@abai.example -> "rector+c123.k7f3…@abai.example" */
char *token_address(const char *token, const char *address);
char *token_tag(const char *token); /* "[c123.k7f3…]" */

/* All tokens in a letter: in its subject and its recipients (addresses by blanks), the
 * university's own address being `address`.  An array of Token, empty when there is none;
 * what is malformed is none. */
GArray *token_find(const char *subject, const char *recipients, const char *address);
