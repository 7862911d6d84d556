#include "scram.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <nettle/hmac.h>
#include <nettle/memxor.h>
#include <nettle/pbkdf2.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>

#define ROUNDS_LEAST 4096
#define ROUNDS_MOST 1000000

struct Scram {
	ScramHash hash;
	gsize length; /* of a digest */
	char *user, *password, *nonce;
	guint8 server_signature[SHA256_DIGEST_SIZE];
};

/* SASLprep's normal form; what it forbids never passed the settings. */
static char *
prepare(const char *text)
{
	char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);

	return normal != NULL ? normal : g_strdup(text);
}

static char *
fresh_nonce(void)
{
	guint8 random[18];

	gnutls_rnd(GNUTLS_RND_NONCE, random, sizeof(random));
	return g_base64_encode(random, sizeof(random));
}

/* "," and "=" have a meaning in the messages (RFC 5802, 5.1). */
static char *
escape_name(const char *user)
{
	g_autofree char *normal = prepare(user);
	GString *name = g_string_new(normal);

	g_string_replace(name, "=", "=3D", 0);
	g_string_replace(name, ",", "=2C", 0);
	return g_string_free(name, FALSE);
}

Scram *
scram_new(ScramHash hash, const char *user, const char *password, const char *nonce)
{
	Scram *scram = g_new0(Scram, 1);

	scram->hash = hash;
	scram->length = hash == SCRAM_SHA_1 ? SHA1_DIGEST_SIZE : SHA256_DIGEST_SIZE;
	scram->user = escape_name(user);
	scram->password = prepare(password);
	scram->nonce = nonce != NULL ? g_strdup(nonce) : fresh_nonce();
	return scram;
}

void
scram_free(Scram *scram)
{
	if (scram == NULL)
		return;
	explicit_bzero(scram->password, strlen(scram->password));
	g_free(scram->password);
	g_free(scram->user);
	g_free(scram->nonce);
	g_free(scram);
}

static void
mac(const Scram *scram, const guint8 *key, const void *text, gsize length,
    guint8 *ret_mac)
{
	if (scram->hash == SCRAM_SHA_1) {
		struct hmac_sha1_ctx context;

		hmac_sha1_set_key(&context, scram->length, key);
		hmac_sha1_update(&context, length, text);
		hmac_sha1_digest(&context, scram->length, ret_mac);
	} else {
		struct hmac_sha256_ctx context;

		hmac_sha256_set_key(&context, scram->length, key);
		hmac_sha256_update(&context, length, text);
		hmac_sha256_digest(&context, scram->length, ret_mac);
	}
}

static void
digest(const Scram *scram, const guint8 *bytes, guint8 *ret_digest)
{
	if (scram->hash == SCRAM_SHA_1) {
		struct sha1_ctx context;

		sha1_init(&context);
		sha1_update(&context, scram->length, bytes);
		sha1_digest(&context, scram->length, ret_digest);
	} else {
		struct sha256_ctx context;

		sha256_init(&context);
		sha256_update(&context, scram->length, bytes);
		sha256_digest(&context, scram->length, ret_digest);
	}
}

static void
salt_password(const Scram *scram, const guint8 *salt, gsize salt_length, unsigned rounds,
    guint8 *ret_salted)
{
	const guint8 *password = (const guint8 *)scram->password;

	if (scram->hash == SCRAM_SHA_1)
		pbkdf2_hmac_sha1(strlen(scram->password), password, rounds, salt_length,
		    salt, scram->length, ret_salted);
	else
		pbkdf2_hmac_sha256(strlen(scram->password), password, rounds, salt_length,
		    salt, scram->length, ret_salted);
}

char *
scram_first(Scram *scram)
{
	return g_strdup_printf("n,,n=%s,r=%s", scram->user, scram->nonce);
}

/* "r=…,s=…,i=…", exactly these three first. */
static gboolean
read_first(const Scram *scram, char *const *fields, guint8 **ret_salt, gsize *ret_length,
    guint64 *ret_rounds)
{
	if (g_strv_length((char **)fields) < 3 || !g_str_has_prefix(fields[0], "r=") ||
	    !g_str_has_prefix(fields[0] + 2, scram->nonce) ||
	    strlen(fields[0] + 2) <= strlen(scram->nonce) ||
	    !g_str_has_prefix(fields[1], "s=") || !g_str_has_prefix(fields[2], "i="))
		return FALSE;
	if (!g_ascii_string_to_unsigned(
		fields[2] + 2, 10, ROUNDS_LEAST, ROUNDS_MOST, ret_rounds, NULL))
		return FALSE;
	*ret_salt = g_base64_decode(fields[1] + 2, ret_length);
	return *ret_length > 0;
}

char *
scram_final(Scram *scram, const char *server_first)
{
	g_auto(GStrv) fields = g_strsplit(server_first, ",", -1);
	g_autofree guint8 *salt = NULL;
	g_autofree char *bare = NULL, *text = NULL, *proof = NULL;
	gsize salt_length;
	guint64 rounds;
	guint8 salted[SHA256_DIGEST_SIZE], key[SHA256_DIGEST_SIZE],
	    stored[SHA256_DIGEST_SIZE];
	guint8 signature[SHA256_DIGEST_SIZE];

	if (!read_first(scram, fields, &salt, &salt_length, &rounds))
		return NULL;
	bare = g_strdup_printf("c=biws,%s", fields[0]);
	text = g_strdup_printf(
	    "n=%s,r=%s,%s,%s", scram->user, scram->nonce, server_first, bare);
	salt_password(scram, salt, salt_length, (unsigned)rounds, salted);
	mac(scram, salted, "Client Key", 10, key);
	digest(scram, key, stored);
	mac(scram, stored, text, strlen(text), signature);
	memxor(key, signature, scram->length);
	proof = g_base64_encode(key, scram->length);
	mac(scram, salted, "Server Key", 10, key);
	mac(scram, key, text, strlen(text), scram->server_signature);
	explicit_bzero(salted, sizeof(salted));
	return g_strdup_printf("%s,p=%s", bare, proof);
}

gboolean
scram_verify(const Scram *scram, const char *server_final)
{
	g_autofree guint8 *signature = NULL;
	gsize length;

	if (!g_str_has_prefix(server_final, "v="))
		return FALSE;
	signature = g_base64_decode(server_final + 2, &length);
	return length == scram->length &&
	    gnutls_memcmp(signature, scram->server_signature, length) == 0;
}
