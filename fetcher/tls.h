/* TLS over a stream, the certificate and its host name checked before any byte of IMAP.
 */
#pragma once

#include "stream.h"

/* Shakes hands within what stream_allow() gave.  ca_file NULL means the system's
 * authorities; pin NULL means any key, else the base64 SHA-256 of the server's public
 * key.  FAULT_SETUP for a certificate that is refused, FAULT_RETRY for all else. */
gboolean tls_start(Stream *stream, const char *host, const char *ca_file, const char *pin,
    GError **error);
