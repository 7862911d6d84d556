#include "message-id.h"

#include <string.h>
#include <unistd.h>

#define RANDOM_BYTES 20
#define MOST_LENGTH 250
#define MOST_REFERENCES 20

char *
message_id_new(const char *domain)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	guchar random[RANDOM_BYTES];
	char text[RANDOM_BYTES * 8 / 5 + 1] = "";

	if (getentropy(random, sizeof random) != 0)
		g_error("no random bytes");
	for (guint i = 0; i < sizeof text - 1; i++) {
		guint bit = i * 5, byte = bit / 8;
		guint pair = (guint)random[byte] << 8 |
		    (byte + 1 < sizeof random ? random[byte + 1] : 0);

		text[i] = letters[pair >> (11 - bit % 8) & 31];
	}
	return g_strdup_printf("<%s@%s>", text, domain);
}

char *
message_id_root(const char *what, gint64 id, const char *domain)
{
	return g_strdup_printf("<%s.%" G_GINT64_FORMAT "@%s>", what, id, domain);
}

gboolean
message_id_is_valid(const char *id)
{
	gsize length = id != NULL ? strlen(id) : 0;
	const char *at;

	if (length < 5 || length > MOST_LENGTH || id[0] != '<' || id[length - 1] != '>')
		return FALSE;
	for (gsize i = 1; i < length - 1; i++)
		if (id[i] <= ' ' || id[i] > '~' || id[i] == '<' || id[i] == '>')
			return FALSE;
	at = strchr(id, '@');
	return at != NULL && at > id + 1 && at < id + length - 2 &&
	    strchr(at + 1, '@') == NULL;
}

char *
message_id_references(const char *references, const char *id)
{
	g_auto(GStrv) given =
	    g_strsplit_set(references != NULL ? references : "", " \t\r\n", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();

	if (!message_id_is_valid(id))
		return NULL;
	for (int i = 0; given[i] != NULL; i++)
		if (message_id_is_valid(given[i]) && strcmp(given[i], id) != 0)
			g_ptr_array_add(kept, given[i]);
	if (kept->len > MOST_REFERENCES - 1)
		g_ptr_array_remove_range(kept, 1, kept->len - (MOST_REFERENCES - 1));
	g_ptr_array_add(kept, (gpointer)id);
	g_ptr_array_add(kept, NULL);
	return g_strjoinv(" ", (char **)kept->pdata);
}
