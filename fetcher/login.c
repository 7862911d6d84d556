#include "login.h"

#include "fault.h"
#include "scram.h"

#include <string.h>

/* One way to log in: what it answers to the server's n-th "+", in base64, or NULL to give
 * up. */
typedef struct Exchange Exchange;
struct Exchange {
	char *(*answer)(Exchange *exchange, guint step, const char *challenge);
	const char *user, *secret;
	Scram *scram;
	gboolean verified; /* the server has proved itself, or need not */
};

static gboolean
lost(Session *session, GError **error)
{
	session->broken = TRUE;
	g_set_error(error, FAULT, FAULT_RETRY, "%s: login: %s", session->setup->host,
	    session_trouble(session));
	return FALSE;
}

/* Codes that say "not now" (RFC 5530, RFC 9051); all else is a refusal. */
static gboolean
is_temporary(const char *answer)
{
	static const char *const codes[] = { "[UNAVAILABLE]", "[INUSE]", "[LIMIT]",
		"[SERVERBUG]", "[CONTACTADMIN]" };

	for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
		if (strstr(answer, codes[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* The server's words may name the user: only its verdict is told. */
static gboolean
judge(Session *session, const char *answer, gboolean verified, GError **error)
{
	if (g_ascii_strncasecmp(answer, "OK", 2) == 0 && verified) {
		session->imap->imap_state = MAILIMAP_STATE_AUTHENTICATED;
		return TRUE;
	}
	session->broken = TRUE;
	if (g_ascii_strncasecmp(answer, "OK", 2) == 0)
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: login: the server did not prove that it knows the password",
		    session->setup->host);
	else if (is_temporary(answer))
		g_set_error(error, FAULT, FAULT_RETRY, "%s: login: not now",
		    session->setup->host);
	else
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: login: the server refuses the user or the secret",
		    session->setup->host);
	return FALSE;
}

static gboolean
answer(Session *session, Exchange *exchange, guint step, const char *challenge)
{
	gsize length;
	g_autofree guint8 *bytes = g_base64_decode(challenge, &length);
	g_autofree char *text = g_strndup((const char *)bytes, length);
	g_autofree char *line = exchange->answer(exchange, step, text);
	gboolean done = session_send(session, line != NULL ? line : "*");

	if (line != NULL)
		explicit_bzero(line, strlen(line));
	return done;
}

/* Sends the command and speaks until the tagged answer. */
static gboolean
converse(Session *session, const char *command, Exchange *exchange, GError **error)
{
	g_autofree char *tag = session_tag(session);
	g_autofree char *line = g_strconcat(tag, command, NULL);
	guint step = 0;
	gboolean sent = session_send(session, line);

	explicit_bzero(line, strlen(line));
	while (sent) {
		const char *text = session_read(session);

		if (text == NULL || g_str_has_prefix(text, "* BYE"))
			break;
		if (g_str_has_prefix(text, tag))
			return judge(
			    session, text + strlen(tag), exchange->verified, error);
		if (text[0] == '+' && exchange->answer != NULL && step < 4)
			sent = answer(
			    session, exchange, step++, text[1] == ' ' ? text + 2 : "");
		else if (text[0] != '*')
			break;
	}
	return lost(session, error);
}

static char *
answer_plain(Exchange *exchange, guint step, const char *challenge)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	if (step > 0)
		return NULL;
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	g_byte_array_append(
	    bytes, (const guint8 *)exchange->user, (guint)strlen(exchange->user) + 1);
	g_byte_array_append(
	    bytes, (const guint8 *)exchange->secret, (guint)strlen(exchange->secret));
	return g_base64_encode(bytes->data, bytes->len);
}

/* After a refusal the server explains itself in a further "+", and wants an empty answer.
 */
static char *
answer_token(Exchange *exchange, guint step, const char *challenge)
{
	g_autofree char *text = NULL;

	if (step > 0)
		return g_strdup("");
	text = g_strdup_printf(
	    "user=%s\001auth=Bearer %s\001\001", exchange->user, exchange->secret);
	return g_base64_encode((const guint8 *)text, strlen(text));
}

static char *
answer_scram(Exchange *exchange, guint step, const char *challenge)
{
	g_autofree char *text = NULL;

	if (step == 0)
		text = scram_first(exchange->scram);
	else if (step == 1)
		text = scram_final(exchange->scram, challenge);
	else if (step == 2 &&
	    (exchange->verified = scram_verify(exchange->scram, challenge)))
		return g_strdup("");
	return text != NULL ? g_base64_encode((const guint8 *)text, strlen(text)) : NULL;
}

static gboolean
login_scram(Session *session, ScramHash hash, Exchange *exchange, GError **error)
{
	g_autoptr(Scram) scram = scram_new(hash, exchange->user, exchange->secret, NULL);

	exchange->scram = scram;
	exchange->answer = answer_scram;
	exchange->verified = FALSE;
	return converse(session,
	    hash == SCRAM_SHA_1 ? "AUTHENTICATE SCRAM-SHA-1"
				: "AUTHENTICATE SCRAM-SHA-256",
	    exchange, error);
}

static void
append_quoted(GString *line, const char *text)
{
	g_string_append(line, " \"");
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(line, '\\');
		g_string_append_c(line, *text);
	}
	g_string_append_c(line, '"');
}

static gboolean
login_quoted(Session *session, Exchange *exchange, GError **error)
{
	GString *line = g_string_new("LOGIN");
	gboolean done;

	append_quoted(line, exchange->user);
	append_quoted(line, exchange->secret);
	done = converse(session, line->str, exchange, error);
	explicit_bzero(line->str, line->len);
	g_string_free(line, TRUE);
	return done;
}

static gboolean
refuse(Session *session, const char *what, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP, "%s: login: the server offers no %s",
	    session->setup->host, what);
	return FALSE;
}

gboolean
login(Session *session, const Secret *secret, GError **error)
{
	mailimap *imap = session->imap;
	Exchange exchange = { NULL, session->setup->user, secret->text, NULL, TRUE };

	if (secret->is_token) {
		if (!mailimap_has_authentication(imap, "XOAUTH2"))
			return refuse(session, "XOAUTH2", error);
		exchange.answer = answer_token;
		return converse(session, "AUTHENTICATE XOAUTH2", &exchange, error);
	}
	if (mailimap_has_authentication(imap, "SCRAM-SHA-256"))
		return login_scram(session, SCRAM_SHA_256, &exchange, error);
	if (mailimap_has_authentication(imap, "SCRAM-SHA-1"))
		return login_scram(session, SCRAM_SHA_1, &exchange, error);
	if (mailimap_has_authentication(imap, "PLAIN")) {
		exchange.answer = answer_plain;
		return converse(session, "AUTHENTICATE PLAIN", &exchange, error);
	}
	if (!mailimap_has_extension(imap, "LOGINDISABLED"))
		return login_quoted(session, &exchange, error);
	return refuse(session, "way to log in that we know", error);
}
