#include "attachment.h"

#include "limit.h"
#include "transfer.h"
#include "words.h"
#include <string.h>

#define MOST_NAME 200
#define MOST_ENDING 12

char *
attachment_name_clean(const char *name)
{
	g_autofree char *clean =
	    words_clean(g_utf8_make_valid(name == NULL ? "" : name, -1));
	const char *base = clean, *ending;
	gsize length;

	for (const char *p = clean; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			base = p + 1;
	while (*base == '.' || *base == ' ')
		base++;
	length = strlen(base);
	if (length == 0)
		return g_strdup("attachment");
	if (length <= MOST_NAME)
		return g_strdup(base);
	ending = strrchr(base, '.');
	if (ending == NULL || strlen(ending) > MOST_ENDING)
		ending = "";
	length =
	    (gsize)(g_utf8_find_prev_char(base, base + MOST_NAME - strlen(ending) + 1) -
		base);
	return g_strdup_printf("%.*s%s", (int)length, base, ending);
}

void
attachment_list(Reading *reading, const char *name, const char *type, gsize size)
{
	g_autofree char *clean = attachment_name_clean(name);

	if (reading->attachments->len < LIMIT_ATTACHMENTS)
		reading_add_attachment(reading, clean, type, (gint64)size);
}

/* "begin 644 name" at p: the name's place, else NULL. */
static const char *
uu_name(const char *p)
{
	if (strncmp(p, "begin ", 6) != 0)
		return NULL;
	for (p += 6; *p >= '0' && *p <= '7'; p++)
		;
	return p[-1] == ' ' || *p != ' ' ? NULL : p + 1;
}

/* Behind the line "end", or NULL when the lines don't look encoded. */
static const char *
uu_end(const char *line)
{
	for (guint n = 0; *line != '\0'; n++) {
		gsize length = strcspn(line, "\r\n");
		const char *next = line + length;

		while (*next == '\r' || *next == '\n')
			next++;
		if (length == 3 && strncmp(line, "end", 3) == 0)
			return n > 0 ? next : NULL;
		for (gsize i = 0; i < length; i++)
			if (line[i] < ' ' || line[i] > '`')
				return NULL;
		if (length > 90)
			return NULL;
		line = next;
	}
	return NULL;
}

char *
attachment_take_uuencoded(const char *text, Reading *reading)
{
	GString *rest = NULL;
	const char *kept = text;

	for (const char *p = text; (p = strstr(p, "begin ")) != NULL; p++) {
		const char *name = p == text || p[-1] == '\n' ? uu_name(p) : NULL;
		const char *data = name == NULL ? NULL : name + strcspn(name, "\r\n");
		const char *end =
		    data == NULL ? NULL : uu_end(data + strspn(data, "\r\n"));
		g_autofree char *file = NULL;

		if (end == NULL)
			continue;
		file = g_strndup(name, (gsize)(data - name));
		attachment_list(reading, file, "application/octet-stream",
		    transfer_decoded_size(TRANSFER_UUENCODE, data, (gsize)(end - data)));
		rest = rest == NULL ? g_string_new(NULL) : rest;
		g_string_append_len(rest, kept, p - kept);
		kept = end;
		p = end - 1;
	}
	if (rest == NULL)
		return g_strdup(text);
	g_string_append(rest, kept);
	return g_string_free(rest, FALSE);
}

/* Past the line and the fields below it, to the blank line behind them. */
static const char *
skip_armour_head(const char *p)
{
	while (*p != '\0' && *p != '\n')
		p++;
	for (p += *p == '\n'; *p != '\0' && *p != '\n' && *p != '\r'; p += *p == '\n')
		p += strcspn(p, "\n");
	p += *p == '\r';
	return p + (*p == '\n');
}

char *
attachment_take_armour(const char *text, Reading *reading)
{
	static const struct {
		const char *begin, *end, *type;
	} blocks[] = {
		{ "-----BEGIN PGP SIGNED MESSAGE-----", NULL, NULL },
		{ "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----",
		    "application/pgp-signature" },
		{ "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----",
		    "application/pgp-encrypted" },
		{ "-----BEGIN PGP PUBLIC KEY BLOCK-----",
		    "-----END PGP PUBLIC KEY BLOCK-----", "application/pgp-keys" },
	};
	g_autoptr(GString) rest = g_string_new(text);

	for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
		const char *begin = strstr(rest->str, blocks[i].begin), *end = NULL;

		if (begin == NULL || (begin > rest->str && begin[-1] != '\n'))
			continue;
		if (blocks[i].end == NULL)
			end = skip_armour_head(begin);
		else if ((end = strstr(begin, blocks[i].end)) != NULL)
			end += strlen(blocks[i].end);
		if (end == NULL)
			continue;
		if (blocks[i].type != NULL)
			attachment_list(
			    reading, NULL, blocks[i].type, (gsize)(end - begin));
		g_string_erase(rest, begin - rest->str, end - begin);
	}
	return g_strdup(rest->str);
}
