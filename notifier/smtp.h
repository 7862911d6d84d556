/* SMTP by libcurl: one connection, one recipient a transaction, and a clear word on what
 * became of each mail.
 *
 * What counts is the server's code and where in the talk it came; libcurl's own result
 * comes second.  Once the server has said 354, a connection that ends without an answer
 * leaves the outcome unknown. */
#pragma once

#include <curl/curl.h>

#include "carrier.h"

typedef enum {
	STAGE_CONNECT,
	STAGE_HELLO,
	STAGE_TLS,
	STAGE_LOGIN,
	STAGE_MAIL,
	STAGE_RCPT,
	STAGE_DATA,
	STAGE_BODY, /* after 354 */
} Stage;

/* What it means that a transfer ended so, the last command being of this stage.  Fills
 * outcome, reach, code and alarm. */
void smtp_classify(CURLcode result, long code, Stage stage, Answer *ret_answer);

typedef struct Smtp Smtp;

/* Reads the secret; connects with the first mail. */
Smtp *smtp_new(const Post *post, GError **error);
void smtp_free(Smtp *smtp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Smtp, smtp_free)

void smtp_send(Smtp *smtp, const Parcel *parcel, Answer *ret_answer);
/* Connects and logs in; SENT when that went well. */
void smtp_greet(Smtp *smtp, Answer *ret_answer);
