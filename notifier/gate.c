#include "gate.h"

#include <idn2.h>
#include <string.h>

#include "fault.h"

#define MOST_ADDRESS 254

/* Line and paragraph separators, marks of direction, zero-width and other format
 * characters. */
static gboolean
is_hidden(gunichar c)
{
	GUnicodeType type;

	if (c >= ' ' && c < 0x7f)
		return FALSE;
	type = g_unichar_type(c);

	return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
	    type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
	    type == G_UNICODE_SURROGATE || type == G_UNICODE_UNASSIGNED;
}

char *
gate_line(const char *text, guint most)
{
	g_autofree char *valid = text != NULL ? g_utf8_make_valid(text, -1) : NULL;
	g_autoptr(GString) out = NULL;
	gboolean blank = FALSE;
	guint taken = 0;

	if (valid == NULL)
		return NULL;
	out = g_string_sized_new(strlen(valid));
	for (const char *at = valid; *at != '\0' && taken < most;) {
		gunichar c = g_utf8_get_char(at);
		const char *next = g_utf8_next_char(at);
		if (c <= ' ' || is_hidden(c) || g_unichar_isspace(c)) {
			blank = TRUE;
		} else {
			if (blank && out->len > 0)
				g_string_append_c(out, ' ');
			g_string_append_len(out, at, (gssize)(next - at));
			blank = FALSE;
			taken++;
		}
		at = next;
	}
	return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *
gate_text(const char *text, gsize most, gboolean *ret_cut)
{
	g_autofree char *valid = text != NULL ? g_utf8_make_valid(text, -1) : NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	gsize taken = 0;
	const char *at = valid;

	for (; at != NULL && *at != '\0' && taken < most;
	     at = g_utf8_next_char(at), taken++) {
		gunichar c = g_utf8_get_char(at);
		if (c == '\n')
			g_string_append_c(out, '\n');
		else if (c == '\r' && at[1] == '\n')
			continue;
		else
			g_string_append_unichar(out, is_hidden(c) ? ' ' : c);
	}
	*ret_cut = at != NULL && *at != '\0';
	g_strchomp(out->str);
	return *out->str != '\0' ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

gboolean
gate_is_message_id(const char *text)
{
	const char *at = strchr(text, '@');
	gsize length = strlen(text);

	if (length < 5 || length > 250 || at == NULL || text[0] != '<' ||
	    text[length - 1] != '>' || at == text + 1 || at == text + length - 2)
		return FALSE;
	for (gsize i = 1; i < length - 1; i++)
		if (text[i] <= ' ' || text[i] > '~' || text[i] == '<' || text[i] == '>')
			return FALSE;
	return TRUE;
}

/* The part before the @: no quoting, no blanks, nothing that ends a path. */
static gboolean
is_local_part(const char *text, const char *end, gboolean *ret_utf8)
{
	*ret_utf8 = FALSE;
	/* Readers would decode an encoded word, and what it hides. */
	if (end == text || end - text > 64 || memmem(text, (gsize)(end - text), "=?", 2))
		return FALSE;
	for (; text < end; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (c >= 0x80)
			*ret_utf8 = TRUE;
		if (c <= ' ' || c == 0x7f || is_hidden(c) || g_unichar_isspace(c) ||
		    (c < 0x80 && strchr("<>()[]\\,;:\"@", (char)c) != NULL))
			return FALSE;
	}
	return TRUE;
}

static gboolean
is_domain(const char *domain)
{
	gsize length = strlen(domain);

	if (length == 0 || length > 253 || *domain == '.' || *domain == '-' ||
	    domain[length - 1] == '.' || strstr(domain, "..") != NULL)
		return FALSE;
	return strspn(domain,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
	    length;
}

char *
gate_address(const char *address, gboolean *ret_utf8, GError **error)
{
	gboolean valid = address != NULL && g_utf8_validate(address, -1, NULL);
	const char *at = valid ? strrchr(address, '@') : NULL;
	char *domain = NULL;
	char *wire = NULL;

	if (at != NULL && strlen(address) <= MOST_ADDRESS &&
	    is_local_part(address, at, ret_utf8) &&
	    idn2_to_ascii_8z(at + 1, &domain, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) ==
		IDN2_OK &&
	    is_domain(domain))
		wire = g_strdup_printf("%.*s@%s", (int)(at - address), address, domain);
	idn2_free(domain);
	if (wire == NULL)
		g_set_error(
		    error, FAULT, FAULT_LETTER, "the recipient's address is not valid");
	return wire;
}
