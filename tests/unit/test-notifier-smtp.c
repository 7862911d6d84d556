#include "smtp.h"

typedef struct {
	const char *label;
	CURLcode result;
	long code;
	Stage stage;
	DeliveryOutcome outcome;
	Reach reach;
	const char *alarm;
} Row;

static const Row rows[] = {
	{ "accepted", CURLE_OK, 250, STAGE_BODY, DELIVERY_SENT, REACH_MAIL, NULL },
	{ "no such host", CURLE_COULDNT_RESOLVE_HOST, 0, STAGE_CONNECT, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "nobody listens", CURLE_COULDNT_CONNECT, 0, STAGE_CONNECT, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "421 as the greeting", CURLE_WEIRD_SERVER_REPLY, 421, STAGE_CONNECT,
	    DELIVERY_RETRY, REACH_SERVER, NULL },
	{ "554 as the greeting: the server, not the mail", CURLE_WEIRD_SERVER_REPLY, 554,
	    STAGE_CONNECT, DELIVERY_RETRY, REACH_SERVER, NULL },
	{ "a wrong certificate", CURLE_PEER_FAILED_VERIFICATION, 220, STAGE_TLS,
	    DELIVERY_RETRY, REACH_SETUP, "smtp-tls" },
	{ "an unreadable CA file", CURLE_SSL_CACERT_BADFILE, 0, STAGE_CONNECT,
	    DELIVERY_RETRY, REACH_SETUP, "smtp-tls" },
	{ "a handshake that broke", CURLE_SSL_CONNECT_ERROR, 220, STAGE_TLS,
	    DELIVERY_RETRY, REACH_SERVER, NULL },
	{ "no STARTTLS", CURLE_USE_SSL_FAILED, 250, STAGE_HELLO, DELIVERY_RETRY,
	    REACH_SETUP, "smtp-tls" },
	{ "STARTTLS not for now", CURLE_USE_SSL_FAILED, 454, STAGE_TLS, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "a refused login", CURLE_LOGIN_DENIED, 535, STAGE_LOGIN, DELIVERY_RETRY,
	    REACH_SETUP, "smtp-login" },
	{ "a login not for now", CURLE_LOGIN_DENIED, 454, STAGE_LOGIN, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "no way to log in that both know", CURLE_LOGIN_DENIED, 250, STAGE_HELLO,
	    DELIVERY_RETRY, REACH_SETUP, "smtp-login" },
	{ "MAIL: a login is wanted", CURLE_SEND_ERROR, 530, STAGE_MAIL, DELIVERY_RETRY,
	    REACH_SETUP, "smtp-login" },
	{ "MAIL: 451", CURLE_SEND_ERROR, 451, STAGE_MAIL, DELIVERY_RETRY, REACH_SERVER,
	    NULL },
	{ "MAIL: too large", CURLE_SEND_ERROR, 552, STAGE_MAIL, DELIVERY_REFUSED,
	    REACH_MAIL, NULL },
	{ "MAIL: our address is refused", CURLE_SEND_ERROR, 553, STAGE_MAIL,
	    DELIVERY_RETRY, REACH_SETUP, "smtp-sender" },
	{ "RCPT: 450", CURLE_SEND_ERROR, 450, STAGE_RCPT, DELIVERY_RETRY, REACH_MAIL,
	    NULL },
	{ "RCPT: 421", CURLE_SEND_ERROR, 421, STAGE_RCPT, DELIVERY_RETRY, REACH_SERVER,
	    NULL },
	{ "RCPT: 550", CURLE_SEND_ERROR, 550, STAGE_RCPT, DELIVERY_REFUSED, REACH_MAIL,
	    NULL },
	{ "RCPT: 552 may be too many for now", CURLE_SEND_ERROR, 552, STAGE_RCPT,
	    DELIVERY_RETRY, REACH_MAIL, NULL },
	{ "RCPT: cut", CURLE_RECV_ERROR, 250, STAGE_RCPT, DELIVERY_RETRY, REACH_SERVER,
	    NULL },
	{ "DATA: 554", CURLE_SEND_ERROR, 554, STAGE_DATA, DELIVERY_REFUSED, REACH_MAIL,
	    NULL },
	{ "DATA: cut before 354", CURLE_RECV_ERROR, 250, STAGE_DATA, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "the dot: 451", CURLE_WEIRD_SERVER_REPLY, 451, STAGE_BODY, DELIVERY_RETRY,
	    REACH_MAIL, NULL },
	{ "the dot: 550", CURLE_WEIRD_SERVER_REPLY, 550, STAGE_BODY, DELIVERY_REFUSED,
	    REACH_MAIL, NULL },
	{ "the dot: 421", CURLE_WEIRD_SERVER_REPLY, 421, STAGE_BODY, DELIVERY_RETRY,
	    REACH_SERVER, NULL },
	{ "the dot: lost", CURLE_RECV_ERROR, 354, STAGE_BODY, DELIVERY_UNKNOWN,
	    REACH_SERVER, NULL },
	{ "the dot: silence", CURLE_OPERATION_TIMEDOUT, 354, STAGE_BODY, DELIVERY_UNKNOWN,
	    REACH_SERVER, NULL },
	{ "the body: cut", CURLE_SEND_ERROR, 354, STAGE_BODY, DELIVERY_UNKNOWN,
	    REACH_SERVER, NULL },
};

static void
classifies(gconstpointer data)
{
	const Row *row = data;
	Answer answer = { 0 };

	smtp_classify(row->result, row->code, row->stage, &answer);

	g_assert_cmpstr(delivery_names[answer.outcome], ==, delivery_names[row->outcome]);
	g_assert_cmpint(answer.reach, ==, row->reach);
	g_assert_cmpint(answer.code, ==, row->code);
	g_assert_cmpstr(answer.alarm, ==, row->alarm);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/smtp/%s", rows[i].label);
		g_test_add_data_func(path, &rows[i], classifies);
	}
	return g_test_run();
}
