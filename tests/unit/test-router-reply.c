/* What a letter is, in the order in which it is asked; and that without the secret and
 * the sender nothing changes. */
#include "reply.h"
#include "talk-house.h"
#include "token.h"

/* --- unproven --- */

#define COMMAND "ПРОДЛИТЬ 30.04.2026 справка"

/* A mail with the official's secret (or one made of it), from somebody. */
static const struct {
	const char *label, *from;
	char change; /* the code's first letter becomes this one; 0: stays */
	const char *authentication;
	const char *state;
} unproven[] = {
	{ "the official", ACADEMIC, 0, NULL, "closed obeyed" },
	{ "in capitals", "ACADEMIC@" DOMAIN, 0, NULL, "closed obeyed" },
	{ "a stranger with the secret", "mallory@evil.example", 0, NULL,
	    "held unproven" },
	{ "another official with the secret", CAMPUS, 0, NULL, "held unproven" },
	{ "the moderator with the secret", MODERATOR, 0, NULL, "held unproven" },
	{ "the citizen with the secret", CITIZEN, 0, NULL, "held unproven" },
	{ "nobody", "", 0, NULL, "held unproven" },
	{ "the official with another code", ACADEMIC, 'x', NULL, "held unproven" },
};

static void
test_unproven(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(unproven); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *state = NULL;
		g_autoptr(Case) item = NULL;
		gboolean obeyed = g_str_has_prefix(unproven[i].state, "closed");
		gint64 id;

		g_test_message("%s", unproven[i].label);
		set_up(&house, NULL);
		to = open_case(&house, NULL);
		if (unproven[i].change != 0) {
			char *first = strchr(to, '.') + 1;

			*first = *first == unproven[i].change ? 'y' : unproven[i].change;
		}
		id = write_as(&house, unproven[i].from, to, COMMAND);

		state = state_why(&house, id);
		item = the_case(&house);
		g_assert_cmpstr(state, ==, unproven[i].state);
		g_assert_cmpstr(item->state, ==, obeyed ? "extended" : "open");
		tear_down(&house, NULL);
	}
}

/* The secret of one case opens no other. */
static void
test_other_case(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *state = NULL;
	GString *other = g_string_new(to);
	const Spec second = { .outcome = OUTCOME_ACCEPT, .message_id = "<m2@x.example>" };
	g_autoptr(Case) item = NULL;
	gint64 id;

	judge(house, &second);
	pass_at(house, NOW);
	g_string_replace(other, "+c1.", "+c2.", 1);
	id = write_as(house, ACADEMIC, other->str, COMMAND);
	state = state_why(house, id);
	item = store_case_by_number(house->queue, "2026-000002", NULL);
	g_assert_cmpstr(state, ==, "held unproven");
	g_assert_cmpstr(item->state, ==, "open");
	g_string_free(other, TRUE);
}

/* A store from a backup knows the key, but not all that was written with it. */
static const char *const unseen[] = { "c9", "a9", "h9" };

static void
test_matter_is_not_here(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL);
	g_autofree char *file = g_build_filename(house->folder, "reply.key", NULL);
	g_autoptr(Keys) keys = keys_load(file, FALSE, NULL, NULL);

	g_assert_nonnull(to);
	for (guint i = 0; i < G_N_ELEMENTS(unseen); i++) {
		const char *from = i == 0 ? ACADEMIC : MODERATOR;
		g_autofree char *token =
		    token_new(keys, *unseen[i], unseen[i][1] - '0', from);
		g_autofree char *address = token_address(token, "rector@" DOMAIN);
		g_autofree char *state = NULL;

		g_test_message("%s", unseen[i]);
		state = state_why(house, write_as(house, from, address, "ОДОБРИТЬ"));
		g_assert_cmpstr(state, ==, "held unproven");
	}
}

/* --- the server's word --- */

#define SERVER "mx.abai.example"
static const struct {
	const char *label, *header;
	gboolean authentic;
} results[] = {
	{ "passed", SERVER "; dmarc=pass (p=none) header.from=abai.example", TRUE },
	{ "among others",
	    SERVER ";\r\n spf=pass smtp.mailfrom=a@b;\r\n\tdkim=fail;\r\n dmarc = PASS",
	    TRUE },
	{ "with a version", "MX.abai.example 1; dmarc=pass", TRUE },
	{ "failed", SERVER "; dmarc=fail (p=none)", FALSE },
	{ "not asked", SERVER "; spf=pass; dkim=pass", FALSE },
	{ "no results", SERVER "; none", FALSE },
	{ "another server", "mx.evil.example; dmarc=pass", FALSE },
	{ "a longer name", SERVER ".evil.example; dmarc=pass", FALSE },
	{ "in a comment", SERVER "; spf=fail (dmarc=pass); dkim=none", FALSE },
	{ "in a nested comment", SERVER "; spf=fail (a (b; dmarc=pass) c; dmarc=pass)",
	    FALSE },
	{ "in quotes", SERVER "; spf=fail smtp.mailfrom=\"x; dmarc=pass\"", FALSE },
	{ "in quotes with a quote", SERVER "; spf=fail reason=\"\\\"; dmarc=pass; \\\"\"",
	    FALSE },
	{ "behind a comment that does not end", SERVER "; spf=fail (; dmarc=pass",
	    FALSE },
	{ "a word that begins so", SERVER "; dmarc=passable", FALSE },
	{ "a method that ends so", SERVER "; xdmarc=pass", FALSE },
	{ "both", SERVER "; dmarc=pass; dmarc=fail", FALSE },
	{ "a property of that name", SERVER "; spf=fail dmarc=pass", FALSE },
	{ "none", NULL, FALSE },
	{ "empty", "", FALSE },
};

static void
test_authentic(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(results); i++) {
		g_test_message("%s", results[i].label);
		g_assert_cmpint(reply_is_authentic(results[i].header, SERVER), ==,
		    results[i].authentic);
	}
}

/* authserv_id = mx.abai.example */
static void
test_authentic_is_asked(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *forged = NULL, *good = NULL;
	const Spec without = { .from = ACADEMIC, .recipients = to, .text = COMMAND };
	Spec with = without;

	forged = state_why(house, write_mail(house, &without));
	with.authentication = SERVER "; dmarc=pass";
	good = state_why(house, write_mail(house, &with));
	g_assert_cmpstr(forged, ==, "held unproven");
	g_assert_cmpstr(good, ==, "closed obeyed");
}

/* --- rotation --- */

static void
test_rotation(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL);
	g_autofree char *key = g_build_filename(house->folder, "reply.key", NULL);
	g_autofree char *old = g_build_filename(house->folder, "old.key", NULL);
	g_autofree char *in_time = NULL, *late = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_rename(key, old), ==, 0);
	router_free(house->rules);
	house->rules = load_router(house,
	    "[router]\nreply_key_old = old.key\nreply_key_old_until = 2026-03-20\n",
	    &error);
	g_assert_no_error(error);
	in_time = state_why(house, write_as(house, ACADEMIC, to, COMMAND));
	{
		const Spec next_day = { .from = ACADEMIC,
			.recipients = to,
			.text = COMMAND,
			.received_at = NOW + DAY_SECONDS };

		late = state_why(house, write_mail(house, &next_day));
	}
	g_assert_cmpstr(in_time, ==, "closed obeyed");
	g_assert_cmpstr(late, ==, "held unproven");
}

static void
test_key_that_others_may_read(House *house, gconstpointer data)
{
	g_autofree char *key = g_build_filename(house->folder, "reply.key", NULL);
	const Spec spec = { .outcome = OUTCOME_ACCEPT };
	g_autoptr(GError) error = NULL;
	g_autofree char *state = NULL;
	gint64 id = judge(house, &spec);

	g_assert_true(g_file_set_contents(key, "0123", -1, NULL));
	g_assert_cmpint(g_chmod(key, 0644), ==, 0);
	g_assert_false(route_pass(house->router, house->rules, NOW, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	state = state_of(house, id);
	g_assert_cmpstr(state, ==, "judged");
}

/* --- machines --- */

static const struct {
	const char *label;
	Spec spec; /* to the secret address, under our mail */
	const char *state;
} machines[] = {
	{ "an out-of-office of the official",
	    { .from = ACADEMIC,
		.outcome = OUTCOME_IGNORE,
		.kind = KIND_AUTO,
		.no_answer = "auto-submitted" },
	    "closed automatic" },
	{ "one without its marks",
	    { .from = ACADEMIC, .outcome = OUTCOME_IGNORE, .kind = KIND_AUTO },
	    "closed automatic" },
	{ "the acceptance of a calendar entry",
	    { .from = ACADEMIC,
		.outcome = OUTCOME_IGNORE,
		.kind = KIND_AUTO,
		.no_answer = "calendar" },
	    "closed automatic" },
	{ "our own mail come back",
	    { .from = "rector@" DOMAIN, .outcome = OUTCOME_ACCEPT }, "closed automatic" },
	{ "a mail that has gone round",
	    { .from = ACADEMIC, .outcome = OUTCOME_ACCEPT, .no_answer = "loop" },
	    "closed automatic" },
	{ "an official whose program asks for silence",
	    { .from = ACADEMIC, .outcome = OUTCOME_REJECT, .no_answer = "suppress" },
	    "closed answer" },
};

static void
test_machines(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(machines); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *state = NULL, *list = NULL;
		Spec spec = machines[i].spec;
		gint64 id;

		g_test_message("%s", machines[i].label);
		set_up(&house, NULL);
		to = open_case(&house, NULL);
		spec.recipients = to;
		spec.text = GOOD_ANSWER;
		id = write_mail(&house, &spec);

		state = state_why(&house, id);
		list = told(&house);
		g_assert_cmpstr(state, ==, machines[i].state);
		if (strcmp(state, "closed automatic") == 0)
			g_assert_cmpstr(list, ==, "");
		tear_down(&house, NULL);
	}
}

/* Whoever is answered by a machine without marks: a person looks after some turns. */
static void
test_loop_ends(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *list = NULL, *state = NULL,
			*later = NULL;
	gint64 id = 0;

	for (int turn = 0; turn < 5; turn++)
		id = write_as(house, ACADEMIC, to, "ПРОДЛИТЬ");
	state = state_why(house, id);
	g_assert_cmpstr(state, ==, "closed not-obeyed");
	send_all(house, NOW);
	g_free(state);
	state = state_why(house, write_as(house, ACADEMIC, to, "ПРОДЛИТЬ"));
	list = told(house);
	g_assert_cmpstr(state, ==, "held loop");
	g_assert_true(g_str_has_prefix(list, "held moderator"));
	g_assert_null(strstr(list, "\n"));
	{
		const Spec spec = { .from = ACADEMIC,
			.recipients = to,
			.text = COMMAND,
			.received_at = NOW + 2 * 3600 };

		later = state_why(house, write_mail(house, &spec));
	}
	g_assert_cmpstr(later, ==, "closed obeyed");
}

/* A person settles much in an hour, and says something else each time. */
static void
test_busy_person_is_no_loop(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *state = NULL;

	for (int i = 0; i < 20; i++) {
		g_autofree char *text = g_strdup_printf("ЗАМЕТКА номер %d", i);

		g_free(state);
		state = state_why(house, write_as(house, ACADEMIC, to, text));
	}
	g_assert_cmpstr(state, ==, "closed obeyed");
}

static void
test_loop_with_a_citizen_ends(House *house, gconstpointer data)
{
	const Spec spec = { .text = "Ваше письмо получено.",
		.case_number = "2026-000001",
		.message_id = "<robot@x.example>",
		.bare = TRUE };
	g_autofree char *to = open_case(house, NULL), *state = NULL;

	for (int turn = 0; turn < 5; turn++)
		write_mail(house, &spec);
	state = state_why(house, write_mail(house, &spec));
	g_assert_cmpstr(state, ==, "held loop");
	g_assert_nonnull(to);
}

/* --- everybody else --- */

static char *
message_id_of(House *house, const char *kind)
{
	g_autoptr(GPtrArray) all = notices(house);

	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);

		if (strcmp(notice->kind, kind) == 0)
			return g_strdup(notice->message_id);
	}
	g_assert_not_reached();
}

static const struct {
	const char *label;
	Spec spec;
	gboolean in_thread; /* of the acknowledgement */
	const char *state;
} others[] = {
	{ "an official without the secret",
	    { .from = ACADEMIC, .outcome = OUTCOME_ACCEPT }, FALSE, "held staff" },
	{ "an official in the citizen's thread",
	    { .from = ACADEMIC, .outcome = OUTCOME_ACCEPT }, TRUE, "held staff" },
	{ "the citizen in his thread", { .outcome = OUTCOME_REJECT }, TRUE,
	    "closed joined" },
	{ "the citizen, urgent, in his thread",
	    { .outcome = OUTCOME_HOLD, .urgent = TRUE }, TRUE, "held urgent" },
	{ "the citizen by his number",
	    { .outcome = OUTCOME_ACCEPT, .case_number = "2026-000001" }, FALSE,
	    "closed joined" },
	{ "the citizen with another matter", { .outcome = OUTCOME_ACCEPT }, FALSE,
	    "routed -" },
	{ "a stranger in the citizen's thread",
	    { .from = "boris@x.example", .outcome = OUTCOME_ACCEPT }, TRUE, "routed -" },
	{ "a stranger in the thread, who would be refused",
	    { .from = "boris@x.example", .outcome = OUTCOME_REJECT }, TRUE,
	    "held reply" },
	{ "a stranger with the number",
	    { .from = "boris@x.example",
		.outcome = OUTCOME_ACCEPT,
		.case_number = "2026-000001" },
	    FALSE, "routed -" },
	{ "a stranger who asks about the number",
	    { .from = "boris@x.example",
		.outcome = OUTCOME_ACCEPT,
		.kind = KIND_STATUS,
		.case_number = "2026-000001" },
	    FALSE, "closed status-unknown" },
	{ "a stranger who asks about no number",
	    { .from = "boris@x.example",
		.outcome = OUTCOME_ACCEPT,
		.kind = KIND_STATUS,
		.case_number = "2026-000999" },
	    FALSE, "closed status-unknown" },
	{ "a stranger whose question looks like another",
	    { .from = "boris@x.example",
		.outcome = OUTCOME_REJECT,
		.kind = KIND_QUESTION,
		.text = "На какой стадии обращение № 2026-000001?",
		.bare = TRUE,
		.case_number = "2026-000001" },
	    FALSE, "closed status-unknown" },
};

static void
test_others(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		House house = { 0 };
		const Spec first = { .outcome = OUTCOME_ACCEPT };
		g_autofree char *thread = NULL, *state = NULL;
		Spec spec = others[i].spec;
		gint64 id;

		g_test_message("%s", others[i].label);
		set_up(&house, NULL);
		judge(&house, &first);
		pass_at(&house, NOW);
		thread = message_id_of(&house, "acknowledgement");
		spec.references = others[i].in_thread ? thread : NULL;
		spec.message_id = "<second@x.example>";
		id = write_mail(&house, &spec);

		state = state_why(&house, id);
		g_assert_cmpstr(state, ==, others[i].state);
		tear_down(&house, NULL);
	}
}

/* --- what was missing --- */

static const struct {
	const char *label;
	Spec spec;
	const char *state;
} completions[] = {
	{ "what was missing", { .phone = "+7 701 123 45 67" }, "closed completion" },
	{ "on the last day",
	    { .phone = "+7 701 123 45 67", .received_at = NOW + 30 * DAY_SECONDS },
	    "closed completion" },
	{ "a day later",
	    { .phone = "+7 701 123 45 67", .received_at = NOW + 31 * DAY_SECONDS },
	    "held reply" },
	{ "something else", { .text = "Почему?" }, "held reply" },
	{ "from a stranger", { .from = "boris@x.example", .phone = "+7 701 123 45 67" },
	    "held reply" },
};

static void
test_completions(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(completions); i++) {
		House house = { 0 };
		const Spec refused = { .outcome = OUTCOME_REJECT,
			.rule = RULE_ANONYMOUS + 1,
			.missing = "phone" };
		g_autofree char *thread = NULL, *state = NULL;
		Spec spec = completions[i].spec;
		gint64 id;

		g_test_message("%s", completions[i].label);
		set_up(&house, NULL);
		judge(&house, &refused);
		pass_at(&house, NOW);
		thread = message_id_of(&house, "rejection");
		spec.references = thread;
		id = write_mail(&house, &spec);

		state = state_why(&house, id);
		g_assert_cmpstr(state, ==, completions[i].state);
		tear_down(&house, NULL);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/reply/unproven", test_unproven);
	ADD("/router/reply/other-case", test_other_case);
	ADD("/router/reply/matter-is-not-here", test_matter_is_not_here);
	g_test_add_func("/router/reply/authentic", test_authentic);
	g_test_add("/router/reply/authentic-is-asked", House,
	    "[router]\nauthserv_id = " SERVER "\n", set_up, test_authentic_is_asked,
	    tear_down);
	ADD("/router/reply/rotation", test_rotation);
	ADD("/router/reply/key-that-others-may-read", test_key_that_others_may_read);
	g_test_add_func("/router/reply/machines", test_machines);
	ADD("/router/reply/loop-ends", test_loop_ends);
	ADD("/router/reply/busy-person-is-no-loop", test_busy_person_is_no_loop);
	ADD("/router/reply/loop-with-a-citizen-ends", test_loop_with_a_citizen_ends);
	g_test_add_func("/router/reply/others", test_others);
	g_test_add_func("/router/reply/completions", test_completions);
	return g_test_run();
}
