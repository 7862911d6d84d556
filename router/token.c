/* HMAC-SHA256 over "purpose id\nrecipient", written in 16 letters: some 79 bits. */
#include "token.h"

#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BYTES 32
#define MOST_DIGITS 18

/* No 0 and o, no 1, i and l: people read them out on the telephone. */
static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
#define N_LETTERS (sizeof alphabet - 1)
static const char purposes[] = "cah";

struct Keys {
	guint8 key[KEY_BYTES], old[KEY_BYTES];
	gboolean has_old;
};

void
keys_free(Keys *keys)
{
	if (keys == NULL)
		return;
	explicit_bzero(keys, sizeof *keys);
	g_free(keys);
}

static void
fill_random(guint8 *bytes, gsize length)
{
	if (getentropy(bytes, length) != 0)
		g_error("no random bytes");
}

static gboolean
parse_key(const char *text, guint8 *key)
{
	for (guint i = 0; i < KEY_BYTES; i++) {
		int high = g_ascii_xdigit_value(text[2 * i]);
		int low = high < 0 ? -1 : g_ascii_xdigit_value(text[2 * i + 1]);

		if (low < 0)
			return FALSE;
		key[i] = (guint8)(high << 4 | low);
	}
	return strspn(text + 2 * KEY_BYTES, "\r\n") == strlen(text + 2 * KEY_BYTES);
}

static gboolean
read_key(const char *file, guint8 *key, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *text = NULL;
	GStatBuf status;
	gboolean good;

	if (g_stat(file, &status) == 0 && (status.st_mode & 077) != 0) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: others may read the reply key; chmod 600 it", file);
		return FALSE;
	}
	if (!g_file_get_contents(file, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return FALSE;
	}
	good = parse_key(text, key);
	explicit_bzero(text, strlen(text));
	if (!good)
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: expected a key of %d hexadecimal digits", file, 2 * KEY_BYTES);
	return good;
}

/* All at once: a crash leaves no half key behind. */
static gboolean
make_key(const char *file, GError **error)
{
	guint8 bytes[KEY_BYTES];
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) cause = NULL;
	gboolean made;

	fill_random(bytes, sizeof bytes);
	for (guint i = 0; i < sizeof bytes; i++)
		g_string_append_printf(text, "%02x", bytes[i]);
	g_string_append_c(text, '\n');
	made = g_file_set_contents_full(file, text->str, (gssize)text->len,
	    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause);
	explicit_bzero(text->str, text->len);
	explicit_bzero(bytes, sizeof bytes);
	if (!made)
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
	return made;
}

Keys *
keys_load(const char *file, gboolean make, const char *old_file, GError **error)
{
	g_autoptr(Keys) keys = g_new0(Keys, 1);

	if (make && !g_file_test(file, G_FILE_TEST_EXISTS) && !make_key(file, error))
		return NULL;
	if (!read_key(file, keys->key, error))
		return NULL;
	keys->has_old = old_file != NULL;
	if (keys->has_old && !read_key(old_file, keys->old, error))
		return NULL;
	return g_steal_pointer(&keys);
}

static void
write_code(const guint8 *key, char purpose, gint64 id, const char *recipient, char *ret)
{
	g_autofree char *lower = g_utf8_strdown(recipient, -1);
	g_autofree char *text =
	    g_strdup_printf("%c %" G_GINT64_FORMAT "\n%s", purpose, id, lower);
	g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, key, KEY_BYTES);
	guint8 digest[32];
	gsize length = sizeof digest;

	g_hmac_update(hmac, (const guchar *)text, -1);
	g_hmac_get_digest(hmac, digest, &length);
	for (guint i = 0; i < TOKEN_CODE_LENGTH; i++)
		ret[i] = alphabet[digest[i] % N_LETTERS];
	ret[TOKEN_CODE_LENGTH] = '\0';
}

char *
token_new(const Keys *keys, char purpose, gint64 id, const char *recipient)
{
	char code[TOKEN_CODE_LENGTH + 1];

	write_code(keys->key, purpose, id, recipient, code);
	return g_strdup_printf("%c%" G_GINT64_FORMAT ".%s", purpose, id, code);
}

/* Takes as long for a wrong first letter as for a wrong last one. */
static gboolean
is_code_of(const guint8 *key, const Token *token, const char *recipient)
{
	char code[TOKEN_CODE_LENGTH + 1];
	guint different = 0;

	write_code(key, token->purpose, token->id, recipient, code);
	for (guint i = 0; i < TOKEN_CODE_LENGTH; i++)
		different |= (guint)(guchar)(code[i] ^ token->code[i]);
	return different == 0;
}

gboolean
token_fits(const Keys *keys, const Token *token, const char *recipient)
{
	gboolean fits = is_code_of(keys->key, token, recipient);

	return (keys->has_old && is_code_of(keys->old, token, recipient)) || fits;
}

char *
token_random(void)
{
	guint8 bytes[TOKEN_CODE_LENGTH];
	char *text = g_malloc0(sizeof bytes + 1);

	fill_random(bytes, sizeof bytes);
	for (guint i = 0; i < sizeof bytes; i++)
		text[i] = alphabet[bytes[i] % N_LETTERS];
	return text;
}

char *
token_address(const char *token, const char *address)
{
	const char *at = strrchr(address, '@');

	return g_strdup_printf("%.*s+%s%s", (int)(at - address), address, token, at);
}

char *
token_tag(const char *token)
{
	return g_strdup_printf("[%s]", token);
}

static gboolean
parse_code(const char *text, char end, char ret_code[TOKEN_CODE_LENGTH + 1])
{
	for (guint i = 0; i < TOKEN_CODE_LENGTH; i++) {
		ret_code[i] = g_ascii_tolower(text[i]);
		if (ret_code[i] == '\0' || strchr(alphabet, ret_code[i]) == NULL)
			return FALSE;
	}
	ret_code[TOKEN_CODE_LENGTH] = '\0';
	return text[TOKEN_CODE_LENGTH] == end;
}

/* Reads one that begins here and is followed by `end`. */
static gboolean
parse(const char *text, char end, Token *ret_token)
{
	Token token = { .purpose = g_ascii_tolower(*text) };
	const char *digits = text + 1;
	gsize n = token.purpose != '\0' ? strspn(digits, "0123456789") : 0;

	if (n == 0 || n > MOST_DIGITS || strchr(purposes, token.purpose) == NULL ||
	    *digits == '0' || digits[n] != '.')
		return FALSE;
	token.id = g_ascii_strtoll(digits, NULL, 10);
	if (!parse_code(digits + n + 1, end, token.code))
		return FALSE;
	*ret_token = token;
	return TRUE;
}

/* What stands behind the plus of "rector+TOKEN@abai.example", ours in any case of
 * letters; NULL for another address. */
static const char *
after_plus(const char *recipient, const char *address)
{
	const char *at = strrchr(address, '@'), *own_at = strrchr(recipient, '@');
	gsize local = at != NULL ? (gsize)(at - address) : 0;

	return own_at != NULL && at != NULL && g_ascii_strcasecmp(at, own_at) == 0 &&
		g_ascii_strncasecmp(recipient, address, local) == 0 &&
		recipient[local] == '+'
	    ? recipient + local + 1
	    : NULL;
}

static gboolean
parse_address(const char *recipient, const char *address, Token *ret_token)
{
	const char *text = after_plus(recipient, address);

	return text != NULL && parse(text, '@', ret_token);
}

GPtrArray *
token_bounces(const char *recipients, const char *address)
{
	GPtrArray *secrets = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) all = g_strsplit(recipients != NULL ? recipients : "", " ", -1);
	char code[TOKEN_CODE_LENGTH + 1];

	for (int i = 0; all[i] != NULL; i++) {
		const char *text = after_plus(all[i], address);

		if (text != NULL && g_ascii_strncasecmp(text, "b.", 2) == 0 &&
		    parse_code(text + 2, '@', code))
			g_ptr_array_add(secrets, g_strdup(code));
	}
	return secrets;
}

GArray *
token_find(const char *subject, const char *recipients, const char *address)
{
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(Token));
	g_auto(GStrv) all = g_strsplit(recipients != NULL ? recipients : "", " ", -1);
	Token token;

	for (int i = 0; all[i] != NULL; i++)
		if (parse_address(all[i], address, &token))
			g_array_append_val(tokens, token);
	while (subject != NULL && (subject = strchr(subject, '[')) != NULL)
		if (parse(++subject, ']', &token))
			g_array_append_val(tokens, token);
	return tokens;
}
