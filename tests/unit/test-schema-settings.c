#include "fault.h"
#include "official.h"
#include "settings.h"

#include <glib/gstdio.h>
#include <stddef.h>

typedef struct {
	char *text, *path, *address, *day;
	char **list;
	int choice, at;
	gboolean yes;
	gint64 number, wait_s, bytes;
} Group;

static const char *const colours[] = { "red", "green", NULL };

static const Setting table[] = {
	{ "text", SETTING_STRING, "plain", offsetof(Group, text) },
	{ "path", SETTING_PATH, NULL, offsetof(Group, path) },
	{ "address", SETTING_ADDRESS, NULL, offsetof(Group, address) },
	{ "day", SETTING_DATE, NULL, offsetof(Group, day) },
	{ "list", SETTING_LIST, NULL, offsetof(Group, list) },
	{ "choice", SETTING_CHOICE, "green", offsetof(Group, choice), 0, 0, colours },
	{ "at", SETTING_TIME, "18:00", offsetof(Group, at) },
	{ "yes", SETTING_BOOLEAN, "no", offsetof(Group, yes) },
	{ "number", SETTING_INTEGER, "7", offsetof(Group, number), 1, 10 },
	{ "wait", SETTING_SECONDS, "15 min", offsetof(Group, wait_s), 1, 86400 },
	{ "bytes", SETTING_BYTES, "25 M", offsetof(Group, bytes), 1,
	    G_GINT64_CONSTANT(1) << 40 },
	{ NULL },
};

static char *
write_file(const char *text)
{
	char *path = g_build_filename(g_get_tmp_dir(), "settings-XXXXXX", NULL);
	int fd = g_mkstemp(path);

	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

/* What the program says of a file, without its path; "" when it takes it. */
static char *
complaint(const char *text)
{
	g_autofree char *path = write_file(text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_load(path, &error);
	Group group = { 0 };
	char *said = NULL;

	if (settings != NULL)
		settings_group(settings, "fetcher", table, &group, &error);
	settings_group_clear(table, &group);
	g_unlink(path);
	if (error == NULL)
		return g_strdup("");
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_true(g_str_has_prefix(error->message, path));
	said = g_strdup(error->message + strlen(path));
	return said;
}

static void
test_values(void)
{
	g_autofree char *path =
	    write_file("[fetcher]\ntext = a b \npath = x/y\nlist = a; b;;c\n"
		       "choice = red\nat = 09:30\nyes = yes\nnumber = 10\n"
		       "wait = 2 h\nbytes = 512 K\nday = 2026-12-31\n"
		       "address = a.b@x.kz\n");
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *expected = g_build_filename(folder, "x/y", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_load(path, &error);
	Group group = { 0 };

	g_assert_no_error(error);
	g_assert_true(settings_group(settings, "fetcher", table, &group, &error));
	g_assert_cmpstr(group.text, ==, "a b");
	g_assert_cmpstr(group.path, ==, expected);
	g_assert_cmpstr(group.list[2], ==, "c");
	g_assert_null(group.list[3]);
	g_assert_cmpint(group.choice, ==, 0);
	g_assert_cmpint(group.at, ==, 570);
	g_assert_true(group.yes);
	g_assert_cmpint(group.number, ==, 10);
	g_assert_cmpint(group.wait_s, ==, 7200);
	g_assert_cmpint(group.bytes, ==, 512 * 1024);
	g_assert_cmpstr(group.day, ==, "2026-12-31");
	settings_group_clear(table, &group);
	g_unlink(path);
}

/* A file named from where one stands: its paths are still whole. */
static void
test_relative_file(void)
{
	g_autofree char *path = write_file("[fetcher]\npath = x\n");
	g_autofree char *name = g_path_get_basename(path),
			*folder = g_path_get_dirname(path);
	g_autofree char *before = g_get_current_dir();
	g_autofree char *expected = g_build_filename(folder, "x", NULL);
	g_autoptr(Settings) settings = NULL;
	Group group = { 0 };

	g_assert_cmpint(g_chdir(folder), ==, 0);
	settings = settings_load(name, NULL);
	g_assert_true(settings_group(settings, "fetcher", table, &group, NULL));
	g_assert_cmpstr(group.path, ==, expected);
	settings_group_clear(table, &group);
	g_unlink(path);
	g_assert_cmpint(g_chdir(before), ==, 0);
}

static void
test_fallbacks(void)
{
	g_autofree char *path = write_file("");
	g_autoptr(Settings) settings = settings_load(path, NULL);
	Group group = { 0 };

	g_assert_true(settings_group(settings, "fetcher", table, &group, NULL));
	g_assert_cmpstr(group.text, ==, "plain");
	g_assert_null(group.path);
	g_assert_cmpint(group.choice, ==, 1);
	g_assert_cmpint(group.at, ==, 1080);
	g_assert_cmpint(group.wait_s, ==, 900);
	g_assert_cmpint(group.bytes, ==, 25 << 20);
	settings_group_clear(table, &group);
	g_unlink(path);
}

static const struct {
	const char *label, *text, *said;
} refusals[] = {
	{ "an unknown group", "[fetsher]\n",
	    ": [fetsher]: no such group; see rector.conf(5)" },
	{ "an unknown name", "[fetcher]\ntxet = a\n",
	    ": [fetcher] txet: no such setting; see rector.conf(5)" },
	{ "a word for a number", "[fetcher]\nnumber = many\n",
	    ": [fetcher] number: \"many\": expected a whole number" },
	{ "a number too large", "[fetcher]\nnumber = 11\n",
	    ": [fetcher] number: \"11\": expected 1 to 10" },
	{ "a time without a unit", "[fetcher]\nwait = 15\n",
	    ": [fetcher] wait: \"15\": expected a time as 90 s, 15 min, 2 h, 5 d" },
	{ "an overflow", "[fetcher]\nbytes = 9223372036854775807 G\n",
	    ": [fetcher] bytes: \"9223372036854775807 G\": expected a size as 512 K, 25 "
	    "M, 1 G" },
	{ "a wrong choice", "[fetcher]\nchoice = blue\n",
	    ": [fetcher] choice: \"blue\": expected one of red, green" },
	{ "maybe", "[fetcher]\nyes = maybe\n",
	    ": [fetcher] yes: \"maybe\": expected yes or no" },
	{ "two addresses", "[fetcher]\naddress = a@b.kz, c@d.kz\n",
	    ": [fetcher] address: \"a@b.kz, c@d.kz\": expected an e-mail address" },
	{ "31 February", "[fetcher]\nday = 2026-02-31\n",
	    ": [fetcher] day: \"2026-02-31\": expected a date as 2026-12-31" },
	{ "25 o'clock", "[fetcher]\nat = 25:00\n",
	    ": [fetcher] at: \"25:00\": expected a time of day as 18:00" },
	{ "a control character", "[fetcher]\ntext = a\tb\n",
	    ": [fetcher] text: control characters are not allowed" },
	{ "another encoding", "[fetcher]\ntext = \xcf\xee\xf7\xf2\xe0\n",
	    ": [fetcher] text: the file is not UTF-8" },
	{ "a setting given twice", "[fetcher]\nnumber = 1\n\nnumber = 2\n",
	    ": [fetcher] number: stands here twice, again in line 4" },
	{ "a group given twice", "[fetcher]\nnumber = 1\n[store]\n[fetcher]\n",
	    ": [fetcher]: stands here twice, again in line 4" },
	{ "one name in two groups", "[fetcher]\nnumber = 1\n[store]\nnumber = 1\n", "" },
	{ "a line that is none", "[fetcher]\nwhat\n",
	    ": Key file contains line “what” which is not a key-value pair, group, or "
	    "comment" },
};

static void
test_refusals(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *said = complaint(refusals[i].text);

		g_test_message("%s", refusals[i].label);
		g_assert_cmpstr(said, ==, refusals[i].said);
	}
}

#define OFFICIALS                                                                        \
	"[official a]\nname = Aa\naddress = a@x.kz\ntopics = academic;research;social\n" \
	"[official b]\nname = Bb\naddress = b@x.kz\n"                                    \
	"topics = infrastructure;digital;international;general\n"

static GPtrArray *
load_officials(const char *text, GError **error)
{
	g_autofree char *path = write_file(text);
	g_autoptr(Settings) settings = settings_load(path, error);
	GPtrArray *officials = settings != NULL ? officials_load(settings, error) : NULL;

	g_unlink(path);
	return officials;
}

static void
test_deputy(void)
{
	g_autoptr(GPtrArray) officials = load_officials(OFFICIALS
	    "deputy = a\ndeputy_from = 2026-12-01\ndeputy_until = 2026-12-20\n",
	    NULL);

	g_assert_cmpstr(
	    officials_for(officials, TOPIC_DIGITAL, "2026-11-30")->key, ==, "b");
	g_assert_cmpstr(
	    officials_for(officials, TOPIC_DIGITAL, "2026-12-01")->key, ==, "a");
	g_assert_cmpstr(
	    officials_for(officials, TOPIC_DIGITAL, "2026-12-20")->key, ==, "a");
	g_assert_cmpstr(
	    officials_for(officials, TOPIC_DIGITAL, "2026-12-21")->key, ==, "b");
}

static void
test_deputies_in_a_circle(void)
{
	g_autoptr(GPtrArray) officials = load_officials(
	    "[official a]\nname = Aa\naddress = a@x.kz\n"
	    "topics = "
	    "academic;research;social;infrastructure;digital;international;general\n"
	    "deputy = b\ndeputy_from = 2026-12-01\ndeputy_until = 2026-12-20\n"
	    "[official b]\nname = Bb\naddress = b@x.kz\n"
	    "deputy = a\ndeputy_from = 2026-12-01\ndeputy_until = 2026-12-20\n",
	    NULL);

	g_assert_null(officials_for(officials, TOPIC_DIGITAL, "2026-12-05"));
	g_assert_nonnull(officials_for(officials, TOPIC_DIGITAL, "2026-12-25"));
}

static void
test_officials_refused(void)
{
	static const char *const texts[] = {
		"[official a]\nname = Aa\naddress = a@x.kz\ntopics = academic\n",
		OFFICIALS
		"[official c]\nname = Cc\naddress = c@x.kz\ntopics = academic\n",
		OFFICIALS
		"deputy = nobody\ndeputy_from = 2026-12-01\ndeputy_until = 2026-12-20\n",
		OFFICIALS "deputy = a\n",
		OFFICIALS
		"deputy = b\ndeputy_from = 2026-12-01\ndeputy_until = 2026-12-20\n",
		OFFICIALS
		"deputy = a\ndeputy_from = 2026-12-21\ndeputy_until = 2026-12-20\n",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(load_officials(texts[i], &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
	}
}

/* Whom a mail to the rector's own mailbox would reach: the rector's mailbox. */
static void
test_own_mailbox(void)
{
	static const struct {
		const char *line, *said;
	} rows[] = {
		{ "moderator = Rector@x.kz\nadministrator = a@x.kz\n",
		    "[university] moderator" },
		{ "moderator = m@x.kz\nadministrator = rector@x.kz\n",
		    "[university] administrator" },
		{ "moderator = m@x.kz\nadministrator = a@x.kz\noffice = rector@X.kz\n",
		    "[university] office" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text =
		    g_strconcat("[university]\nname.kk = a\nname.ru = a\n"
				"name.en = a\naddress = rector@x.kz\n",
			rows[i].line, NULL);
		g_autofree char *path = write_file(text);
		g_autoptr(Settings) settings = settings_load(path, NULL);
		g_autoptr(GError) error = NULL;
		University university = { 0 };

		g_assert_true(settings_group(
		    settings, "university", university_settings, &university, NULL));
		g_assert_false(settings_check_university(settings, &university, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_nonnull(strstr(error->message, rows[i].said));
		settings_group_clear(university_settings, &university);
		g_unlink(path);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings/values", test_values);
	g_test_add_func("/settings/a relative file", test_relative_file);
	g_test_add_func("/settings/fallbacks", test_fallbacks);
	g_test_add_func("/settings/refusals", test_refusals);
	g_test_add_func("/settings/deputy", test_deputy);
	g_test_add_func("/settings/deputies in a circle", test_deputies_in_a_circle);
	g_test_add_func("/settings/officials refused", test_officials_refused);
	g_test_add_func("/settings/the rector's own mailbox", test_own_mailbox);
	return g_test_run();
}
