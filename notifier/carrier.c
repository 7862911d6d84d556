#include "carrier.h"

#include "fault.h"
#include "maildir.h"
#include "smtp.h"

struct Carrier {
	const Post *post;
	Smtp *smtp; /* opened by the first mail */
};

void
parcel_free(Parcel *parcel)
{
	if (parcel == NULL)
		return;
	notice_free(parcel->notice);
	g_clear_pointer(&parcel->bytes, g_bytes_unref);
	g_free(parcel->sender);
	g_free(parcel->recipient);
	g_free(parcel->name);
	g_free(parcel);
}

void
carrier_init(void)
{
	if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
		g_error("libcurl does not start");
}

Carrier *
carrier_new(const Post *post)
{
	Carrier *carrier = g_new0(Carrier, 1);

	carrier->post = post;
	return carrier;
}

void
carrier_rest(Carrier *carrier)
{
	g_clear_pointer(&carrier->smtp, smtp_free);
}

void
carrier_free(Carrier *carrier)
{
	if (carrier == NULL)
		return;
	carrier_rest(carrier);
	g_free(carrier);
}

static gboolean
open_smtp(Carrier *carrier, Answer *ret_answer)
{
	g_autoptr(GError) error = NULL;

	if (carrier->smtp == NULL)
		carrier->smtp = smtp_new(carrier->post, &error);
	if (carrier->smtp != NULL)
		return TRUE;
	*ret_answer = (Answer){ DELIVERY_RETRY, REACH_SERVER };
	if (g_error_matches(error, FAULT, FAULT_SETUP)) {
		ret_answer->reach = REACH_SETUP;
		ret_answer->alarm = "smtp-login";
	}
	g_strlcpy(ret_answer->text, error->message, sizeof ret_answer->text);
	return FALSE;
}

void
carrier_send(Carrier *carrier, Parcel *parcel)
{
	Answer *answer = &parcel->answer;

	if (carrier->post->maildir != NULL)
		maildir_put(carrier->post, parcel, answer);
	else if (open_smtp(carrier, answer))
		smtp_send(carrier->smtp, parcel, answer);
	/* After trouble the next mail finds a new connection, and a fresh token. */
	if (answer->reach != REACH_MAIL)
		carrier_rest(carrier);
}

char *
answer_spell(const Answer *answer)
{
	return answer->code != 0 ? g_strdup_printf("%d %s", answer->code, answer->text)
				 : g_strdup(answer->text);
}

gboolean
carrier_login(const Post *post, GError **error)
{
	g_autoptr(Smtp) smtp = NULL;
	g_autofree char *told = NULL;
	Answer answer;

	if (post->maildir != NULL)
		return maildir_check(post, error);
	smtp = smtp_new(post, error);
	if (smtp == NULL)
		return FALSE;
	smtp_greet(smtp, &answer);
	if (answer.outcome == DELIVERY_SENT)
		return TRUE;
	told = answer_spell(&answer);
	g_set_error(error, FAULT, answer.reach == REACH_SETUP ? FAULT_SETUP : FAULT_RETRY,
	    "[notifier] deliver: %s: %s", post->deliver, told);
	return FALSE;
}
