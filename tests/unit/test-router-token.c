/* Reply secrets: only the right one, for the right matter, from the right person. */
#include "fault.h"
#include "folder.h"
#include "token.h"

#include <string.h>

#define ADDRESS "rector@abai.example"
#define OFFICIAL "Academic@Abai.example"
#define KEY "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF\n"

typedef struct {
	char *folder, *file, *other;
} Place;

static void
set_up(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("token-XXXXXX", NULL);
	place->file = g_build_filename(place->folder, "reply.key", NULL);
	place->other = g_build_filename(place->folder, "other.key", NULL);
}

static void
tear_down(Place *place, gconstpointer data)
{
	remove_folder(place->folder);
	g_free(place->folder);
	g_free(place->file);
	g_free(place->other);
}

static Keys *
load(const char *file, const char *old_file)
{
	g_autoptr(GError) error = NULL;
	Keys *keys = keys_load(file, TRUE, old_file, &error);

	g_assert_no_error(error);
	return keys;
}

/* The single token of a letter. */
static Token
find(const char *subject, const char *recipients)
{
	g_autoptr(GArray) tokens = token_find(subject, recipients, ADDRESS);

	g_assert_cmpuint(tokens->len, ==, 1);
	return g_array_index(tokens, Token, 0);
}

static void
test_both_forms_come_back(Place *place, gconstpointer data)
{
	g_autoptr(Keys) keys = load(place->file, NULL);
	g_autofree char *text = token_new(keys, 'c', 123, OFFICIAL);
	g_autofree char *address = token_address(text, ADDRESS);
	g_autofree char *shouted = g_ascii_strup(address, -1);
	g_autofree char *tag = token_tag(text);
	g_autofree char *subject = g_strdup_printf("Re: [Ext] FW: %s Жауап", tag);
	g_autofree char *among = g_strdup_printf("a@b.example %s c@d.example", shouted);
	Token plus = find(NULL, among), tagged = find(subject, "rector@abai.example");

	g_assert_cmpint(plus.purpose, ==, 'c');
	g_assert_cmpint(plus.id, ==, 123);
	g_assert_true(token_fits(keys, &plus, "academic@abai.EXAMPLE"));
	g_assert_true(token_fits(keys, &tagged, OFFICIAL));
}

static const struct {
	const char *label;
	char purpose;
	gint64 id;
	const char *recipient;
} others[] = {
	{ "another case", 'c', 124, OFFICIAL },
	{ "a case whose number begins alike", 'c', 12, OFFICIAL },
	{ "another recipient", 'c', 123, "campus@abai.example" },
	{ "a longer address", 'c', 123, OFFICIAL "s" },
	{ "another purpose", 'a', 123, OFFICIAL },
	{ "another purpose again", 'h', 123, OFFICIAL },
};

static void
test_serves_nothing_else(Place *place, gconstpointer data)
{
	g_autoptr(Keys) keys = load(place->file, NULL);
	g_autofree char *text = token_new(keys, 'c', 123, OFFICIAL);
	g_autofree char *tag = token_tag(text);
	Token token = find(tag, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		Token stolen = token;

		g_test_message("%s", others[i].label);
		stolen.purpose = others[i].purpose;
		stolen.id = others[i].id;
		g_assert_false(token_fits(keys, &stolen, others[i].recipient));
	}
	for (guint i = 0; i < TOKEN_CODE_LENGTH; i++) {
		Token forged = token;

		forged.code[i] = forged.code[i] == 'a' ? 'b' : 'a';
		g_assert_false(token_fits(keys, &forged, OFFICIAL));
	}
}

#define CODE "abcdefghjkmnpqrs"
static const struct {
	const char *label, *subject, *recipients;
} none[] = {
	{ "nothing", NULL, NULL },
	{ "our own address", NULL, "rector@abai.example" },
	{ "a letter that looks like another", "[c1.abcdefghjkmnpqr0]", NULL },
	{ "an l", "[c1.abcdefghjkmnpqrl]", NULL },
	{ "a letter too few", "[c1.abcdefghjkmnpqr]", NULL },
	{ "a letter too many", "[c1." CODE "t]", NULL },
	{ "no such purpose", "[b1." CODE "]", NULL },
	{ "no id", "[c." CODE "]", NULL },
	{ "an id of nought", "[c0." CODE "]", NULL },
	{ "an id below nought", "[c-1." CODE "]", NULL },
	{ "an id beyond all numbers", "[c99999999999999999999." CODE "]", NULL },
	{ "no brackets", "c1." CODE, NULL },
	{ "no closing bracket", "[c1." CODE, NULL },
	{ "no dot", "[c1" CODE "]", NULL },
	{ "Cyrillic letters that look alike", "[с1.аbcdefghjkmnpqrs]", NULL },
	{ "another domain", NULL, "rector+c1." CODE "@abai.example.evil.example" },
	{ "another mailbox", NULL, "moderator+c1." CODE "@abai.example" },
	{ "a longer mailbox", NULL, "xrector+c1." CODE "@abai.example" },
	{ "without a plus", NULL, "rectorc1." CODE "@abai.example" },
	{ "the secret of a bounce", NULL, "rector+b." CODE "@abai.example" },
	{ "no domain", NULL, "rector+c1." CODE },
	{ "a percent sign", "[c1.%s%n%s%n%s%n%s%n%s]", "rector+%s@abai.example" },
};

static void
test_malformed_is_none(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
		g_autoptr(GArray) tokens =
		    token_find(none[i].subject, none[i].recipients, ADDRESS);

		g_test_message("%s", none[i].label);
		g_assert_cmpuint(tokens->len, ==, 0);
	}
}

static void
test_every_token_is_found(void)
{
	g_autoptr(GArray) tokens = token_find(
	    "[c1." CODE "] [h2." CODE "]", "rector+a3." CODE "@abai.example", ADDRESS);

	g_assert_cmpuint(tokens->len, ==, 3);
}

/* --- keys --- */

static void
test_key_is_made_once(Place *place, gconstpointer data)
{
	g_autoptr(Keys) first = load(place->file, NULL);
	g_autoptr(Keys) again = load(place->file, NULL);
	g_autoptr(Keys) other = load(place->other, NULL);
	g_autofree char *one = token_new(first, 'c', 1, OFFICIAL);
	g_autofree char *same = token_new(again, 'c', 1, OFFICIAL);
	g_autofree char *another = token_new(other, 'c', 1, OFFICIAL);
	GStatBuf status;

	g_assert_cmpstr(one, ==, same);
	g_assert_cmpstr(one, !=, another);
	g_assert_cmpint(g_stat(place->file, &status), ==, 0);
	g_assert_cmpint(status.st_mode & 0777, ==, 0600);
}

static void
test_rotation(Place *place, gconstpointer data)
{
	g_autoptr(Keys) before = load(place->file, NULL);
	g_autofree char *text = token_new(before, 'c', 1, OFFICIAL);
	g_autofree char *tag = token_tag(text);
	g_autoptr(Keys) rotated = load(place->other, place->file);
	g_autoptr(Keys) after = load(place->other, NULL);
	g_autofree char *fresh = token_new(rotated, 'c', 1, OFFICIAL);
	g_autofree char *expected = token_new(after, 'c', 1, OFFICIAL);
	Token token = find(tag, NULL);

	g_assert_true(token_fits(rotated, &token, OFFICIAL));
	g_assert_false(token_fits(rotated, &token, "campus@abai.example"));
	g_assert_false(token_fits(after, &token, OFFICIAL));
	g_assert_cmpstr(fresh, ==, expected);
}

static const struct {
	const char *label, *content;
	int mode;
	const char *expected;
} bad_keys[] = {
	{ "the group may read it", KEY, 0640, "others may read" },
	{ "everybody may read it", KEY, 0604, "others may read" },
	{ "too short", "0011\n", 0600, "hexadecimal" },
	{ "too long", "00" KEY, 0600, "hexadecimal" },
	{ "no digits", "not a key at all, and that for as long as sixty-four characters",
	    0600, "hexadecimal" },
	{ "empty", "", 0600, "hexadecimal" },
};

static void
test_bad_keys(Place *place, gconstpointer data)
{
	for (guint i = 0; i < G_N_ELEMENTS(bad_keys); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", bad_keys[i].label);
		g_assert_true(
		    g_file_set_contents(place->file, bad_keys[i].content, -1, NULL));
		g_assert_cmpint(g_chmod(place->file, bad_keys[i].mode), ==, 0);
		g_assert_null(keys_load(place->file, TRUE, NULL, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_nonnull(strstr(error->message, bad_keys[i].expected));
	}
}

static void
test_missing_key(Place *place, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(keys_load(place->file, FALSE, NULL, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_false(g_file_test(place->file, G_FILE_TEST_EXISTS));
}

static void
test_random_secrets_differ(void)
{
	g_autofree char *one = token_random(), *other = token_random();

	g_assert_cmpuint(strlen(one), ==, TOKEN_CODE_LENGTH);
	g_assert_cmpuint(
	    strspn(one, "abcdefghjkmnpqrstuvwxyz23456789"), ==, TOKEN_CODE_LENGTH);
	g_assert_cmpstr(one, !=, other);
}

#define ADD(path, function)                                                              \
	g_test_add("/router/token/" path, Place, NULL, set_up, function, tear_down)

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	ADD("both-forms-come-back", test_both_forms_come_back);
	ADD("serves-nothing-else", test_serves_nothing_else);
	g_test_add_func("/router/token/malformed-is-none", test_malformed_is_none);
	g_test_add_func("/router/token/every-token-is-found", test_every_token_is_found);
	ADD("key-is-made-once", test_key_is_made_once);
	ADD("rotation", test_rotation);
	ADD("bad-keys", test_bad_keys);
	ADD("missing-key", test_missing_key);
	g_test_add_func(
	    "/router/token/random-secrets-differ", test_random_secrets_differ);
	return g_test_run();
}
