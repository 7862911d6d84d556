/* Servers' URLs, texts that may go into a command, and sets of UIDs. */
#include "setup.h"
#include "take.h"

static const struct {
	const char *url;
	Security security;
	const char *host;
	guint16 port;
} accepted[] = {
	{ "imaps://imap.example", SECURITY_TLS, "imap.example", 993 },
	{ "imaps://imap.example/", SECURITY_TLS, "imap.example", 993 },
	{ "imaps://imap.example:1993", SECURITY_TLS, "imap.example", 1993 },
	{ "imaps://[2001:db8::1]:993", SECURITY_TLS, "2001:db8::1", 993 },
	{ "imap+starttls://imap.example", SECURITY_STARTTLS, "imap.example", 143 },
	{ "imap://localhost", SECURITY_PLAIN, "localhost", 143 },
	{ "imap://127.0.0.1:20143", SECURITY_PLAIN, "127.0.0.1", 20143 },
	{ "imap://[::1]", SECURITY_PLAIN, "::1", 143 },
};

static const char *const refused[] = { "", "imap.example", "imaps://", "imaps://:993",
	"imaps://host:0", "imaps://host:70000", "imaps://host:99x", "imaps://host/INBOX",
	"imaps://[::1", "http://host", "imap://imap.example", "imap://127.0.0.1.example",
	"imap://10.0.0.1", "imap://[2001:db8::1]", "imap://localhost.example" };

static void
test_accepted(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(accepted); i++) {
		g_autofree char *host = NULL;
		Security security;
		guint16 port;

		g_test_message("%s", accepted[i].url);
		g_assert_cmpstr(
		    setup_parse_server(accepted[i].url, &security, &host, &port), ==,
		    NULL);
		g_assert_cmpint(security, ==, accepted[i].security);
		g_assert_cmpstr(host, ==, accepted[i].host);
		g_assert_cmpuint(port, ==, accepted[i].port);
	}
}

static void
test_refused(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_autofree char *host = NULL;
		Security security;
		guint16 port;

		g_test_message("%s", refused[i]);
		g_assert_nonnull(setup_parse_server(refused[i], &security, &host, &port));
		g_assert_null(host);
	}
}

static void
test_clean(void)
{
	g_assert_true(setup_is_clean(""));
	g_assert_true(setup_is_clean("a \"strange\\ пароль, құпиясөз"));
	g_assert_false(setup_is_clean("a\r\nb"));
	g_assert_false(setup_is_clean("a\x01"));
	g_assert_false(setup_is_clean("a\x7f"));
	g_assert_false(
	    setup_is_clean("a\xc2\x85")); /* U+0085, a line end of the C1 set */
	g_assert_false(setup_is_clean("\xff"));
}

static const struct {
	const char *label;
	guint32 uids[8]; /* ended by 0 */
	guint32 gap;
	const char *set;
} sets[] = {
	{ "one", { 7 }, 0, "7:7" },
	{ "a run", { 1, 2, 3 }, 0, "1:3" },
	{ "runs and single ones", { 1, 2, 4, 6, 7 }, 0, "1:2,4:4,6:7" },
	{ "small gaps are passed over", { 1, 10, 20 }, TAKE_GAP, "1:10,20:20" },
	{ "the largest", { 4294967294u, 4294967295u }, 0, "4294967294:4294967295" },
};

static char *
spell(const struct mailimap_set *set)
{
	GString *text = g_string_new(NULL);

	for (clistiter *i = clist_begin(set->set_list); i != NULL; i = clist_next(i)) {
		const struct mailimap_set_item *item = clist_content(i);

		g_string_append_printf(text, "%s%u:%u", text->len > 0 ? "," : "",
		    (guint)item->set_first, (guint)item->set_last);
	}
	return g_string_free(text, FALSE);
}

static void
test_sets(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
		g_autofree char *text = NULL;
		struct mailimap_set *set;
		Wanted wanted[8];
		guint n = 0;

		g_test_message("%s", sets[i].label);
		for (; sets[i].uids[n] != 0; n++)
			wanted[n] = (Wanted){ sets[i].uids[n], 0 };
		set = take_set(wanted, n, sets[i].gap);
		text = spell(set);
		mailimap_set_free(set);
		g_assert_cmpstr(text, ==, sets[i].set);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/setup/servers", test_accepted);
	g_test_add_func("/setup/servers that are refused", test_refused);
	g_test_add_func("/setup/control characters are not clean", test_clean);
	g_test_add_func("/setup/sets of UIDs", test_sets);
	return g_test_run();
}
