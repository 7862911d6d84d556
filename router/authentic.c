/* Authentication-Results (RFC 8601): "mx.example.kz 1; spf=pass …; dmarc=pass (p=none)".
 * Comments and quoted words may say anything. */
#include "reply.h"

#include <string.h>

/* Without comments, and without what stands in quotes. */
static char *
strip(const char *text)
{
	GString *plain = g_string_new(NULL);
	guint depth = 0;
	gboolean quoted = FALSE;

	for (; *text != '\0'; text++) {
		if (*text == '\\' && (quoted || depth > 0) && text[1] != '\0')
			text++;
		else if (*text == '"' && depth == 0)
			quoted = !quoted;
		else if (*text == '(' && !quoted)
			depth++;
		else if (*text == ')' && !quoted && depth > 0)
			depth--;
		else if (!quoted && depth == 0)
			g_string_append_c(plain, *text);
	}
	return g_string_free(plain, FALSE);
}

/* "dmarc = pass", and nothing that only begins so. */
static gboolean
is_pass(char *result)
{
	char *value = strchr(result, '=');

	if (value == NULL)
		return FALSE;
	*value++ = '\0';
	g_strstrip(value);
	value[strcspn(value, " \t\r\n")] = '\0';
	return g_ascii_strcasecmp(g_strstrip(result), "dmarc") == 0 &&
	    g_ascii_strcasecmp(value, "pass") == 0;
}

gboolean
reply_is_authentic(const char *authentication, const char *authserv_id)
{
	g_autofree char *plain = strip(authentication != NULL ? authentication : "");
	g_auto(GStrv) results = g_strsplit(plain, ";", -1);
	gboolean pass = FALSE, fail = FALSE;

	if (results[0] == NULL)
		return FALSE;
	g_strstrip(results[0]);
	results[0][strcspn(results[0], " \t\r\n")] = '\0';
	if (g_ascii_strcasecmp(results[0], authserv_id) != 0)
		return FALSE;
	for (int i = 1; results[i] != NULL; i++) {
		gboolean dmarc =
		    g_ascii_strncasecmp(g_strchug(results[i]), "dmarc", 5) == 0;

		if (is_pass(results[i]))
			pass = TRUE;
		else if (dmarc)
			fail = TRUE;
	}
	return pass && !fail;
}
