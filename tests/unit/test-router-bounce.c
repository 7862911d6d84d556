/* A mail of ours that came back becomes a task, once, when it is true and final. */
#include "bounce.h"
#include "talk-house.h"
#include "token.h"

#define TAGGED "[router]\nreply_address = subject\n"
#define PLAIN "rector@" DOMAIN
#define NOBODYS "rector+b.aaaaaaaaaaaaaaaa@" DOMAIN

typedef struct {
	const char *label, *settings;
	const char *to; /* NULL: the mail's own secret address */
	const char *action, *status, *recipient;
	gboolean names_it;          /* the mail's Message-ID */
	const char *letter, *state; /* what becomes of the letter, of the notice */
	const char *task;           /* or NULL */
	const char *noted;          /* the event's detail, or NULL */
} Row;

static const Row cases[] = {
	{ "to the secret address", NULL, NULL, "failed", "5.1.1", CITIZEN, TRUE,
	    "closed bounce", "refused", "bounced 5.1.1", NULL },
	{ "to the secret address, of an unknown mail, from where it was passed on to",
	    NULL, NULL, "failed", "5.2.1", "other@mail.example", FALSE, "closed bounce",
	    "refused", "bounced 5.2.1", NULL },
	{ "in capitals, among others", NULL, "*", "failed", "5.1.1", NULL, FALSE,
	    "closed bounce", "refused", "bounced 5.1.1", NULL },
	{ "delayed", NULL, NULL, "delayed", "4.4.1", CITIZEN, TRUE, "closed bounce",
	    "sent", NULL, "\"action\":\"delayed\",\"status\":\"4.4.1\"}" },
	{ "tried for days in vain", NULL, NULL, "failed", "4.4.7", CITIZEN, TRUE,
	    "closed bounce", "refused", "bounced 4.4.7", NULL },
	{ "delayed for a final reason", NULL, NULL, "delayed", "5.1.1", CITIZEN, TRUE,
	    "closed bounce", "sent", NULL, "\"action\":\"delayed\"" },
	{ "arrived", NULL, NULL, "delivered", "2.1.5", CITIZEN, TRUE, "closed bounce",
	    "sent", NULL, "\"action\":\"delivered\"" },
	{ "it says nothing", NULL, NULL, NULL, NULL, NULL, FALSE, "closed bounce", "sent",
	    NULL, "\"action\":\"none\",\"status\":\"none\"}" },
	{ "what it says goes into no log", NULL, NULL, "failed Anna", "5.1.1 Anna",
	    CITIZEN, TRUE, "closed bounce", "sent", NULL,
	    "\"action\":\"none\",\"status\":\"none\"}" },
	{ "a secret that nobody has", NULL, NOBODYS, "failed", "5.1.1", CITIZEN, FALSE,
	    "closed bounce", "sent", NULL, "\"doubt\":\"secret\"" },
	{ "a secret that nobody has, our Message-ID", NULL, NOBODYS, "failed", "5.1.1",
	    CITIZEN, TRUE, "closed bounce", "sent", NULL, "\"doubt\":\"secret\"" },
	{ "our Message-ID alone", NULL, PLAIN, "failed", "5.1.1", CITIZEN, TRUE,
	    "closed bounce", "sent", NULL, "\"doubt\":\"no-secret\"" },
	{ "nothing of ours", NULL, PLAIN, "failed", "5.1.1", CITIZEN, FALSE,
	    "closed ignored", "sent", NULL, NULL },
	{ "secrets in subjects: our Message-ID and its recipient", TAGGED, PLAIN,
	    "failed", "5.1.1", "Anna@Student.example", TRUE, "closed bounce", "refused",
	    "bounced 5.1.1", NULL },
	{ "secrets in subjects: another recipient", TAGGED, PLAIN, "failed", "5.1.1",
	    "mallory@evil.example", TRUE, "closed bounce", "sent", NULL,
	    "\"doubt\":\"recipient\"" },
	{ "secrets in subjects: no recipient", TAGGED, PLAIN, "failed", "5.1.1", NULL,
	    TRUE, "closed bounce", "sent", NULL, "\"doubt\":\"recipient\"" },
	{ "secrets in subjects: delayed", TAGGED, PLAIN, "delayed", "4.4.1", CITIZEN,
	    TRUE, "closed bounce", "sent", NULL, "\"action\":\"delayed\"" },
	{ "secrets in subjects: another mail", TAGGED, PLAIN, "failed", "5.1.1", CITIZEN,
	    FALSE, "closed ignored", "sent", NULL, NULL },
};

static Notice *
acknowledgement(House *house)
{

	return store_notice_of_case(house->queue, 1, "acknowledgement", "citizen", NULL);
}

static gint64
bounce(House *house, const Row *row, const Notice *mail)
{
	g_autofree char *secret = g_strdup_printf("rector+b.%s@" DOMAIN, mail->bounce);
	g_autofree char *upper = g_ascii_strup(secret, -1);
	g_autofree char *among = g_strdup_printf("%s %s " PLAIN, NOBODYS, upper);
	const Spec spec = { .outcome = OUTCOME_IGNORE,
		.kind = KIND_BOUNCE,
		.from = "MAILER-DAEMON@mx.example",
		.no_answer = "report",
		.bare = TRUE,
		.message_id = "",
		.recipients = row->to == NULL ? secret
		    : *row->to == '*'         ? among
					      : row->to,
		.bounce_action = row->action,
		.bounce_status = row->status,
		.bounce_recipient = row->recipient,
		.bounce_message_id = row->names_it ? mail->message_id : "<x@y.example>" };

	return write_mail(house, &spec);
}

/* "bounced 5.1.1", by "; " */
static char *
tasks(House *house)
{
	g_autoptr(GPtrArray) all = store_tasks(house->queue, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < all->len; i++) {
		const Task *task = all->pdata[i];

		g_string_append_printf(
		    text, "%s%s %s", i > 0 ? "; " : "", task->kind, task->detail);
	}
	return g_string_free(text, FALSE);
}

static void
test_table(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Row *row = &cases[i];
		House house = { 0 };
		g_autofree char *to = NULL, *state = NULL, *done = NULL, *mails = NULL,
				*noted = NULL;
		g_autoptr(Notice) mail = NULL, after = NULL;

		g_test_message("%s", row->label);
		set_up(&house, row->settings);
		to = open_case(&house, NULL);
		mail = acknowledgement(&house);

		state = state_why(&house, bounce(&house, row, mail));

		after = acknowledgement(&house);
		done = tasks(&house);
		mails = owed(&house);
		noted = last_event(&house, "bounce-noted");
		g_assert_cmpstr(state, ==, row->letter);
		g_assert_cmpstr(after->state, ==, row->state);
		g_assert_cmpstr(done, ==, row->task != NULL ? row->task : "");
		g_assert_cmpstr(mails, ==,
		    row->task != NULL ? "undelivered moderator " MODERATOR " ru" : "");
		g_assert_cmpint(noted != NULL, ==, row->noted != NULL);
		g_assert_true(row->noted == NULL || strstr(noted, row->noted) != NULL);
		tear_down(&house, NULL);
	}
}

/* First it waits, then it is given up, then another server of theirs says so as well. */
static void
test_delayed_then_failed(House *house, gconstpointer data)
{
	const Row delayed = { .action = "delayed", .status = "4.4.1" };
	const Row failed = { .action = "failed", .status = "5.4.7" };
	G_GNUC_UNUSED g_autofree char *to = open_case(house, NULL), *done = NULL,
				      *facts = NULL, *again = NULL;
	g_autoptr(Notice) mail = acknowledgement(house);

	bounce(house, &delayed, mail);
	bounce(house, &failed, mail);
	facts = told(house);
	send_all(house, NOW + 120);
	bounce(house, &failed, mail);

	done = tasks(house);
	again = told(house);
	g_assert_cmpstr(done, ==, "bounced 5.4.7");
	g_assert_cmpstr(facts, ==,
	    "undelivered moderator " MODERATOR " {\"task\":1,\"notice\":2,"
	    "\"notice_kind\":\"acknowledgement\",\"code\":\"5.4.7\"}");
	g_assert_cmpstr(again, ==, "");
}

/* A task that is done stays done, whatever comes back later. */
static void
test_after_done(House *house, gconstpointer data)
{
	const Row failed = { .action = "failed", .status = "5.1.1" };
	G_GNUC_UNUSED g_autofree char *to = open_case(house, NULL), *done = NULL;
	g_autoptr(Notice) mail = acknowledgement(house);
	g_autoptr(GError) error = NULL;

	bounce(house, &failed, mail);
	store_task_done(house->queue, 1, "office", "called her", NOW, &error);
	g_assert_no_error(error);
	bounce(house, &failed, mail);

	done = tasks(house);
	g_assert_cmpstr(done, ==, "");
}

/* A machine's absence, sent to the secret address, is no bounce. */
static void
test_absence(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autofree char *to = open_case(house, NULL), *state = NULL;
	g_autoptr(Notice) mail = acknowledgement(house);
	g_autofree char *secret = g_strdup_printf("rector+b.%s@" DOMAIN, mail->bounce);
	const Spec spec = { .outcome = OUTCOME_IGNORE,
		.kind = KIND_AUTO,
		.no_answer = "auto-submitted",
		.recipients = secret };

	state = state_why(house, write_mail(house, &spec));
	g_assert_cmpstr(state, ==, "closed ignored");
}

/* --- given up by the notifier --- */

static void
give_up(House *house, const char *kind, const char *role, int code)
{
	g_autoptr(Notice) notice =
	    store_notice_of_case(house->notifier, 1, kind, role, NULL);
	DeliveryResult result = { .outcome = DELIVERY_REFUSED, .code = code };
	guint8 digest[SPOOL_DIGEST_LENGTH];
	g_autoptr(GError) error = NULL;
	Spool *spool = store_spool(house->notifier);

	if (code == 0) {
		store_notice_refuse(house->notifier, notice->id, "cap", NOW, &error);
		g_assert_no_error(error);
		return;
	}
	g_assert_true(spool_begin(spool, &error) &&
	    spool_write(spool, "mail", 4, &error) &&
	    spool_end(spool, &notice->mail, digest, &error));
	store_deliveries_begin(
	    house->notifier, &notice, 1, NOW, &result.delivery, &error);
	g_assert_no_error(error);
	result.notice = notice->id;
	store_deliveries_end(house->notifier, &result, 1, NOW, &error);
	g_assert_no_error(error);
}

static void
test_given_up(House *house, gconstpointer data)
{
	const Spec usual = { .outcome = OUTCOME_ACCEPT, .language = LANGUAGE_RU };
	g_autofree char *done = NULL, *first = NULL, *second = NULL;

	judge(house, &usual);
	pass_at(house, NOW);
	give_up(house, "acknowledgement", "citizen", 550);
	give_up(house, "forward", "official", 0);

	pass_at(house, NOW + 60);
	first = owed(house);
	pass_at(house, NOW + 120);
	second = owed(house);
	done = tasks(house);
	g_assert_cmpstr(done, ==, "undelivered cap; undelivered 550");
	g_assert_cmpstr(first, ==,
	    "undelivered moderator " MODERATOR " ru\nundelivered moderator " MODERATOR
	    " ru");
	g_assert_cmpstr(first, ==, second);
}

/* The moderator's own address is dead: nobody is told of that by mail. */
static void
test_no_loop(House *house, gconstpointer data)
{
	const Row failed = { .action = "failed", .status = "5.1.1" };
	G_GNUC_UNUSED g_autofree char *to = open_case(house, NULL), *done = NULL,
				      *mails = NULL;
	g_autoptr(Notice) mail = acknowledgement(house);

	bounce(house, &failed, mail);
	give_up(house, "undelivered", "moderator", 550);
	pass_at(house, NOW + 60);

	done = tasks(house);
	mails = owed(house);
	g_assert_cmpstr(done, ==, "bounced 5.1.1");
	g_assert_cmpstr(mails, ==, "");
}

/* --- addresses --- */

static const struct {
	const char *label, *recipients, *secrets;
} addresses[] = {
	{ "one", "rector+b.abcdefghjkmnpqrs@" DOMAIN, "abcdefghjkmnpqrs" },
	{ "two, in capitals",
	    "a@b RECTOR+B.ABCDEFGHJKMNPQRS@" DOMAIN " rector+b.2222222222222222@" DOMAIN,
	    "abcdefghjkmnpqrs 2222222222222222" },
	{ "another domain", "rector+b.abcdefghjkmnpqrs@evil.example", "" },
	{ "another mailbox", "dean+b.abcdefghjkmnpqrs@" DOMAIN, "" },
	{ "too short", "rector+b.abcdefghjkmnpqr@" DOMAIN, "" },
	{ "too long", "rector+b.abcdefghjkmnpqrst@" DOMAIN, "" },
	{ "letters that we do not use", "rector+b.abcdefghijklmnop@" DOMAIN, "" },
	{ "an official's secret", "rector+c1.abcdefghjkmnpqrs@" DOMAIN, "" },
	{ "none", NULL, "" },
};

static void
test_addresses(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autoptr(GPtrArray) found =
		    token_bounces(addresses[i].recipients, "rector@" DOMAIN);
		g_autofree char *all = NULL;

		g_test_message("%s", addresses[i].label);
		g_ptr_array_add(found, NULL);
		all = g_strjoinv(" ", (char **)found->pdata);
		g_assert_cmpstr(all, ==, addresses[i].secrets);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/bounce/table", test_table);
	g_test_add_func("/router/bounce/addresses", test_addresses);
	ADD("/router/bounce/delayed-then-failed", test_delayed_then_failed);
	ADD("/router/bounce/after-done", test_after_done);
	ADD("/router/bounce/absence", test_absence);
	ADD("/router/bounce/given-up", test_given_up);
	ADD("/router/bounce/no-loop", test_no_loop);
	return g_test_run();
}
