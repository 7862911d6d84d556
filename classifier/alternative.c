#include "alternative.h"

#include <string.h>

/* Words that are compared; shorter ones are in every text. */
#define SHORTEST_WORD 4
/* Fewer words in the rich form say nothing: a footer, a link. */
#define FEWEST_WORDS 8
/* The rich form says much more when it is so many times longer. */
#define MUCH_MORE 2

static gsize
count_visible(const char *text)
{
	gsize n = 0;

	for (const char *p = text; *p != '\0'; p++)
		n += (guchar)*p > ' ';
	return n;
}

/* The next word's beginning and length: bytes that are letters or digits, or not ASCII.
 */
static const char *
next_word(const char *p, gsize *ret_length)
{
	const char *start;

	while (*p != '\0' && !g_ascii_isalnum(*p) && (guchar)*p < 0x80)
		p++;
	for (start = p; g_ascii_isalnum(*p) || (guchar)*p >= 0x80; p++)
		;
	*ret_length = (gsize)(p - start);
	return start;
}

static guint
hash_word(const char *word, gsize length)
{
	guint hash = 5381;

	for (gsize i = 0; i < length; i++)
		hash = hash * 33 + (guchar)word[i];
	return hash;
}

/* Whether less than half of the rich words stand in the plain text. */
static gboolean
differ(const char *plain, const char *rich)
{
	g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
	guint words = 0, found = 0;
	gsize length;

	for (const char *p = next_word(plain, &length); length > 0;
	     p = next_word(p + length, &length))
		if (length >= SHORTEST_WORD)
			g_hash_table_add(known, GUINT_TO_POINTER(hash_word(p, length)));
	for (const char *p = next_word(rich, &length); length > 0;
	     p = next_word(p + length, &length)) {
		if (length < SHORTEST_WORD)
			continue;
		words++;
		found +=
		    g_hash_table_contains(known, GUINT_TO_POINTER(hash_word(p, length)));
	}
	return words >= FEWEST_WORDS && found * 2 < words;
}

char *
alternative_choose(const char *plain, const char *rich)
{
	gsize in_plain = count_visible(plain), in_rich = count_visible(rich);

	if (in_rich == 0)
		return g_strdup(plain);
	if (in_plain == 0 || (in_rich > MUCH_MORE * in_plain && !differ(rich, plain)))
		return g_strdup(rich);
	if (differ(plain, rich))
		return g_strconcat(plain, "\n\n", rich, NULL);
	return g_strdup(plain);
}
