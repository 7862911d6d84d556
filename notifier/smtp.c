#include "smtp.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "secret.h"

#define CONNECT_SECONDS 30
#define SEND_SECONDS 1800

struct Smtp {
	const Post *post;
	CURL *easy;

	/* of the transfer under way */
	Stage stage;
	GBytes *bytes;
	gsize taken;

	/* of the connection */
	gboolean offers_utf8;
	char reply[256]; /* the server's last line, or the one that refused */
};

/* --- what an answer means --- */

static void
answer(Answer *ret, DeliveryOutcome outcome, Reach reach, const char *alarm)
{
	ret->outcome = outcome;
	ret->reach = reach;
	ret->alarm = alarm;
}

/* The talk cannot begin as the settings want it. */
static const char *
setup_alarm(CURLcode result, long code, Stage stage)
{
	gboolean temporary = code >= 400 && code < 500;

	switch (result) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return "smtp-tls";
	case CURLE_USE_SSL_FAILED:
		return temporary ? NULL : "smtp-tls";
	case CURLE_LOGIN_DENIED:
	case CURLE_AUTH_ERROR:
		return temporary ? NULL : "smtp-login";
	default:
		break;
	}
	if (code == 530 || code == 534 || code == 535 || code == 538 ||
	    (stage == STAGE_LOGIN && code >= 500))
		return "smtp-login";
	/* 552 speaks of the size of this mail, all else of whom the server lets send. */
	if (stage == STAGE_MAIL && code >= 500 && code != 552)
		return "smtp-sender";
	return NULL;
}

void
smtp_classify(CURLcode result, long code, Stage stage, Answer *ret_answer)
{
	const char *alarm = setup_alarm(result, code, stage);

	ret_answer->code = (int)code;
	if (result == CURLE_OK)
		answer(ret_answer, DELIVERY_SENT, REACH_MAIL, NULL);
	else if (stage == STAGE_BODY && code < 400)
		answer(ret_answer, DELIVERY_UNKNOWN, REACH_SERVER, NULL);
	else if (alarm != NULL)
		answer(ret_answer, DELIVERY_RETRY, REACH_SETUP, alarm);
	else if (code < 400 || code == 421 || stage < STAGE_MAIL)
		answer(ret_answer, DELIVERY_RETRY, REACH_SERVER, NULL);
	else if (code < 500)
		answer(ret_answer, DELIVERY_RETRY,
		    stage == STAGE_MAIL ? REACH_SERVER : REACH_MAIL, NULL);
	/* RFC 5321, 4.5.3.1.10: at RCPT, 552 may mean "too many for now". */
	else if (stage == STAGE_RCPT && code == 552)
		answer(ret_answer, DELIVERY_RETRY, REACH_MAIL, NULL);
	else
		answer(ret_answer, DELIVERY_REFUSED, REACH_MAIL, NULL);
}

/* The server's words for the log: without whatever may be an address or a piece of the
 * mail. */
static void
keep_words(const char *reply, Answer *ret_answer)
{
	g_auto(GStrv) words = g_strsplit_set(reply, " \t\r\n", -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++) {
		gboolean plain =
		    g_str_is_ascii(*word) && strpbrk(*word, "@<>\"'/") == NULL;
		for (char *c = *word; plain && *c != '\0'; c++)
			plain = g_ascii_isprint(*c);
		if (**word != '\0')
			g_string_append_printf(
			    out, "%s%s", out->len > 0 ? " " : "", plain ? *word : "...");
	}
	g_strlcpy(ret_answer->text, out->str, sizeof ret_answer->text);
}

/* The words behind the code that is told beside them. */
static const char *
without_code(const char *reply, long code)
{
	char *end;

	return strtol(reply, &end, 10) == code ? end + strspn(end, " -") : reply;
}

/* --- the talk --- */

static gsize
give_bytes(char *buffer, gsize size, gsize count, void *data)
{
	Smtp *smtp = data;
	gsize length;
	const char *bytes = g_bytes_get_data(smtp->bytes, &length);
	gsize part = MIN(size * count, length - smtp->taken);

	memcpy(buffer, bytes + smtp->taken, part);
	smtp->taken += part;
	return part;
}

/* Where the talk stands, from the command we send; what a login says is none. */
static void
hear_command(Smtp *smtp, const char *line, gsize length)
{
	static const struct {
		const char *verb;
		Stage stage;
	} verbs[] = {
		{ "EHLO ", STAGE_HELLO },
		{ "HELO ", STAGE_HELLO },
		{ "STARTTLS", STAGE_TLS },
		{ "AUTH ", STAGE_LOGIN },
		{ "MAIL FROM:", STAGE_MAIL },
		{ "RCPT TO:", STAGE_RCPT },
		{ "DATA\r\n", STAGE_DATA },
	};

	for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
		if (length < strlen(verbs[i].verb) ||
		    strncmp(line, verbs[i].verb, strlen(verbs[i].verb)) != 0)
			continue;
		smtp->stage = verbs[i].stage;
		/* A login that was refused in one way and worked in another is no
		 * refusal. (A QUIT behind a refused MAIL must not wipe the reason.) */
		if (smtp->stage == STAGE_MAIL)
			*smtp->reply = '\0';
	}
}

static void
hear_reply(Smtp *smtp, const char *line, gsize length)
{
	g_autofree char *text = g_strndup(line, length);

	/* A refusal is the reason; the goodbye behind it tells nothing. */
	if (*smtp->reply != '4' && *smtp->reply != '5')
		g_strlcpy(smtp->reply, text, sizeof smtp->reply);
	if (g_str_has_prefix(text, "220"))
		smtp->offers_utf8 =
		    FALSE; /* a new greeting, or one before TLS: it counts no more */
	if (smtp->stage == STAGE_HELLO && strlen(text) > 4 &&
	    g_ascii_strncasecmp(text + 4, "SMTPUTF8", strlen("SMTPUTF8")) == 0)
		smtp->offers_utf8 = TRUE;
	if (smtp->stage == STAGE_DATA && g_str_has_prefix(text, "354"))
		smtp->stage = STAGE_BODY;
}

static int
listen_in(CURL *easy, curl_infotype type, char *bytes, size_t length, void *data)
{
	if (type == CURLINFO_HEADER_OUT)
		hear_command(data, bytes, length);
	else if (type == CURLINFO_HEADER_IN)
		hear_reply(data, bytes, length);
	return 0;
}

/* --- the connection --- */

static void
set_options(Smtp *smtp)
{
	const Post *post = smtp->post;
	CURL *easy = smtp->easy;

	curl_easy_setopt(easy, CURLOPT_URL, post->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
	    post->secure ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	if (post->ca_file != NULL) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, post->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(
	    easy, CURLOPT_CONNECTTIMEOUT, (long)MIN(post->timeout, CONNECT_SECONDS));
	/* Five minutes and more may pass before the last answer (RFC 5321, 4.5.3.2.6). */
	curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)post->timeout);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, listen_in);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, smtp);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(easy, CURLOPT_READDATA, smtp);
}

static void
set_login(Smtp *smtp, const char *secret)
{
	if (secret == NULL)
		return;
	curl_easy_setopt(smtp->easy, CURLOPT_USERNAME, smtp->post->user);
	if (smtp->post->token_command == NULL) {
		curl_easy_setopt(smtp->easy, CURLOPT_PASSWORD, secret);
		return;
	}
	curl_easy_setopt(smtp->easy, CURLOPT_XOAUTH2_BEARER, secret);
	curl_easy_setopt(smtp->easy, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
}

Smtp *
smtp_new(const Post *post, GError **error)
{
	g_autoptr(GError) failure = NULL;
	char *secret = secret_get(post, &failure);
	Smtp *smtp;

	if (failure != NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return NULL;
	}
	smtp = g_new0(Smtp, 1);
	smtp->post = post;
	smtp->easy = curl_easy_init();
	g_assert(smtp->easy != NULL);
	set_options(smtp);
	set_login(smtp, secret);
	secret_wipe(secret);
	return smtp;
}

void
smtp_free(Smtp *smtp)
{
	if (smtp == NULL)
		return;
	curl_easy_cleanup(smtp->easy);
	g_free(smtp);
}

static void
perform(Smtp *smtp, Answer *ret_answer)
{
	CURLcode result;
	long code = 0;

	smtp->stage = STAGE_CONNECT;
	smtp->taken = 0;
	*smtp->reply = '\0';
	*ret_answer = (Answer){ 0 };
	result = curl_easy_perform(smtp->easy);
	curl_easy_getinfo(smtp->easy, CURLINFO_RESPONSE_CODE, &code);
	smtp_classify(result, code, smtp->stage, ret_answer);
	if (result == CURLE_OK || code >= 400)
		keep_words(without_code(smtp->reply, code), ret_answer);
	else
		g_strlcpy(ret_answer->text, curl_easy_strerror(result),
		    sizeof ret_answer->text);
}

/* A connection that the server had closed while it was idle: nobody has seen this mail
 * yet. */
static gboolean
was_stale(Smtp *smtp, const Answer *last)
{
	long connects = 1;

	curl_easy_getinfo(smtp->easy, CURLINFO_NUM_CONNECTS, &connects);
	return connects == 0 && last->outcome == DELIVERY_RETRY &&
	    last->reach == REACH_SERVER && smtp->stage <= STAGE_MAIL &&
	    (last->code < 400 || last->code == 421);
}

void
smtp_greet(Smtp *smtp, Answer *ret_answer)
{
	curl_easy_setopt(smtp->easy, CURLOPT_UPLOAD, 0L);
	curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, NULL);
	curl_easy_setopt(smtp->easy, CURLOPT_CUSTOMREQUEST, "NOOP");
	curl_easy_setopt(smtp->easy, CURLOPT_NOBODY, 1L);
	perform(smtp, ret_answer);
	curl_easy_setopt(smtp->easy, CURLOPT_NOBODY, 0L);
	curl_easy_setopt(smtp->easy, CURLOPT_CUSTOMREQUEST, NULL);
}

/* libcurl would send such an address to a server that does not know what to make of it.
 */
static gboolean
may_send_utf8(Smtp *smtp, Answer *ret_answer)
{
	smtp_greet(smtp, ret_answer);
	if (ret_answer->outcome != DELIVERY_SENT)
		return FALSE;
	if (smtp->offers_utf8)
		return TRUE;
	answer(ret_answer, DELIVERY_REFUSED, REACH_MAIL, NULL);
	ret_answer->code = 0;
	g_strlcpy(ret_answer->text, "the server does not know SMTPUTF8",
	    sizeof ret_answer->text);
	return FALSE;
}

void
smtp_send(Smtp *smtp, const Parcel *parcel, Answer *ret_answer)
{
	struct curl_slist *recipients;

	if (parcel->utf8 && !may_send_utf8(smtp, ret_answer))
		return;
	recipients = curl_slist_append(NULL, parcel->recipient);
	smtp->bytes = parcel->bytes;
	curl_easy_setopt(smtp->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(smtp->easy, CURLOPT_MAIL_FROM, parcel->sender);
	curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(smtp->easy, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)g_bytes_get_size(parcel->bytes));
	perform(smtp, ret_answer);
	if (was_stale(smtp, ret_answer))
		perform(smtp, ret_answer);
	curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	smtp->bytes = NULL;
}
