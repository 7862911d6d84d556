#include "tls.h"

#include "fault.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <string.h>

static gboolean
refuse(int code, Fault fault, const char *host, GError **error)
{
	g_set_error(error, FAULT, fault, "%s: TLS: %s", host, gnutls_strerror(code));
	return FALSE;
}

static gboolean
load_authorities(Stream *stream, const char *ca_file, GError **error)
{
	int n = gnutls_certificate_allocate_credentials(&stream->credentials);

	if (n == 0 && ca_file != NULL)
		n = gnutls_certificate_set_x509_trust_file(
		    stream->credentials, ca_file, GNUTLS_X509_FMT_PEM);
	else if (n == 0)
		n = gnutls_certificate_set_x509_system_trust(stream->credentials);
	if (n > 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "%s: no certificate authorities can be read",
	    ca_file != NULL ? ca_file : "the system's store");
	return FALSE;
}

static gboolean
prepare(Stream *stream, const char *host, GError **error)
{
	int n =
	    gnutls_init(&stream->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);

	if (n == 0)
		n = gnutls_set_default_priority_append(
		    stream->tls, "-VERS-TLS1.0:-VERS-TLS1.1", NULL, 0);
	if (n == 0)
		n = gnutls_credentials_set(
		    stream->tls, GNUTLS_CRD_CERTIFICATE, stream->credentials);
	if (n == 0 && !g_hostname_is_ip_address(host))
		n = gnutls_server_name_set(
		    stream->tls, GNUTLS_NAME_DNS, host, strlen(host));
	if (n != 0)
		return refuse(n, FAULT_SETUP, host, error);
	gnutls_session_set_verify_cert(stream->tls, host, 0);
	gnutls_transport_set_int(stream->tls, stream->fd);
	return TRUE;
}

static gboolean
refuse_certificate(Stream *stream, const char *host, GError **error)
{
	unsigned status = gnutls_session_get_verify_cert_status(stream->tls);
	gnutls_datum_t text = { 0 };

	gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0);
	g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", host,
	    text.data != NULL ? (const char *)text.data : "the certificate is refused");
	gnutls_free(text.data);
	return FALSE;
}

static gboolean
shake_hands(Stream *stream, const char *host, GError **error)
{
	int n;

	while ((n = gnutls_handshake(stream->tls)) < 0) {
		if (n == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
			return refuse_certificate(stream, host, error);
		if (gnutls_error_is_fatal(n))
			return refuse(n, FAULT_RETRY, host, error);
		if (!stream_wait(stream,
			gnutls_record_get_direction(stream->tls) ? POLLOUT : POLLIN)) {
			g_set_error(error, FAULT, FAULT_RETRY, "%s: TLS: %s", host,
			    stream->trouble);
			return FALSE;
		}
	}
	return TRUE;
}

/* The server's public key, as a base64 SHA-256 of its SubjectPublicKeyInfo. */
static char *
key_pin(gnutls_session_t tls)
{
	unsigned n_certificates = 0;
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(tls, &n_certificates);
	gnutls_pubkey_t key = NULL;
	gnutls_x509_crt_t certificate = NULL;
	gnutls_datum_t der = { 0 };
	guint8 digest[32];
	char *pin = NULL;

	if (n_certificates > 0 && gnutls_x509_crt_init(&certificate) == 0 &&
	    gnutls_pubkey_init(&key) == 0 &&
	    gnutls_x509_crt_import(certificate, &chain[0], GNUTLS_X509_FMT_DER) == 0 &&
	    gnutls_pubkey_import_x509(key, certificate, 0) == 0 &&
	    gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) == 0 &&
	    gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, digest) == 0)
		pin = g_base64_encode(digest, sizeof(digest));
	gnutls_free(der.data);
	gnutls_pubkey_deinit(key);
	gnutls_x509_crt_deinit(certificate);
	return pin;
}

gboolean
tls_start(Stream *stream, const char *host, const char *ca_file, const char *pin,
    GError **error)
{
	g_autofree char *found = NULL;

	/* Bytes that came before the handshake were not protected by it: somebody put
	 * them in. */
	if (stream_has_input(stream)) {
		g_set_error(error, FAULT, FAULT_RETRY,
		    "%s: TLS: bytes before the handshake", host);
		return FALSE;
	}
	if (!load_authorities(stream, ca_file, error) || !prepare(stream, host, error) ||
	    !shake_hands(stream, host, error))
		return FALSE;
	if (pin == NULL)
		return TRUE;
	found = key_pin(stream->tls);
	if (g_strcmp0(found, pin) == 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "%s: the server's key is not the pinned one", host);
	return FALSE;
}
