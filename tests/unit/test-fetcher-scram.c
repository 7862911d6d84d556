/* SCRAM: the examples of RFC 5802 and RFC 7677, and servers that must not be believed. */
#include "scram.h"

typedef struct {
	const char *label;
	ScramHash hash;
	const char *nonce, *first, *server_first, *final, *server_final;
} Case;

static const Case cases[] = {
	{ "the example of RFC 5802", SCRAM_SHA_1, "fyko+d2lbbFgONRv9qkxdawL",
	    "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
	    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
	    "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
	    "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
	    "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=" },
	{ "the example of RFC 7677", SCRAM_SHA_256, "rOprNGfwEbeRWgbNEkqO",
	    "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
	    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s="
	    "W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
	    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
	    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
	    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=" },
};

static void
test_example(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Scram) scram = scram_new(c->hash, "user", "pencil", c->nonce);
	g_autofree char *first = scram_first(scram);
	g_autofree char *final = scram_final(scram, c->server_first);

	g_assert_cmpstr(first, ==, c->first);
	g_assert_cmpstr(final, ==, c->final);
	g_assert_true(scram_verify(scram, c->server_final));
	g_assert_false(scram_verify(scram, "v=smF9pqV8S7suAoZWja4dJRkFsKQ="));
	g_assert_false(scram_verify(scram, "e=invalid-proof"));
	g_assert_false(scram_verify(scram, "v="));
}

static const struct {
	const char *label, *server_first;
} refused[] = {
	{ "another nonce", "r=othernonce,s=QSXCR+Q6sek8bf92,i=4096" },
	{ "our nonce with nothing added", "r=nonce,s=QSXCR+Q6sek8bf92,i=4096" },
	{ "no salt", "r=nonceX,s=,i=4096" },
	{ "too few rounds", "r=nonceX,s=QSXCR+Q6sek8bf92,i=1" },
	{ "rounds that would take a day", "r=nonceX,s=QSXCR+Q6sek8bf92,i=4000000000" },
	{ "rounds that are no number", "r=nonceX,s=QSXCR+Q6sek8bf92,i=many" },
	{ "a demand that we don't know", "m=x,r=nonceX,s=QSXCR+Q6sek8bf92,i=4096" },
	{ "nothing", "" },
};

static void
test_refused(gconstpointer data)
{
	g_autoptr(Scram) scram = scram_new(SCRAM_SHA_256, "user", "pencil", "nonce");

	g_assert_null(scram_final(scram, data));
}

static void
test_name(void)
{
	g_autoptr(Scram) scram = scram_new(SCRAM_SHA_256, "a=b,c", "x", "n");
	g_autofree char *first = scram_first(scram);

	g_assert_cmpstr(first, ==, "n,,n=a=3Db=2Cc,r=n");
}

static void
test_nonce(void)
{
	g_autoptr(Scram) one = scram_new(SCRAM_SHA_256, "u", "x", NULL);
	g_autoptr(Scram) other = scram_new(SCRAM_SHA_256, "u", "x", NULL);
	g_autofree char *first = scram_first(one);
	g_autofree char *second = scram_first(other);

	g_assert_cmpstr(first, !=, second);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/scram/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_example);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_autofree char *path =
		    g_strdup_printf("/scram/refused: %s", refused[i].label);

		g_test_add_data_func(path, refused[i].server_first, test_refused);
	}
	g_test_add_func("/scram/a name with = and , is escaped", test_name);
	g_test_add_func("/scram/each nonce is fresh", test_nonce);
	return g_test_run();
}
