#include "limit.h"

#include "fault.h"
#include <string.h>

static gboolean
refuse(GError **error, const char *what, gint64 most)
{
	g_set_error(error, FAULT, FAULT_LETTER,
	    "the letter breaks a limit: %s, at most %" G_GINT64_FORMAT, what, most);
	return FALSE;
}

/* A field from its first line to the last folded one, its ";" counted. */
static const char *
skip_field(const char *line, const char *end, guint *ret_parameters)
{
	const char *p = line;

	*ret_parameters = 0;
	for (; p < end; p++) {
		*ret_parameters += *p == ';';
		if (*p == '\n' && (p + 1 == end || (p[1] != ' ' && p[1] != '\t')))
			return p + 1;
	}
	return end;
}

/* Content-Type and its like, in the header or that of any part. */
static gboolean
check_content_field(const char *line, const char *end, GError **error)
{
	guint parameters;
	const char *next = skip_field(line, end, &parameters);

	if (next - line > LIMIT_FIELD)
		return refuse(error, "bytes of a header field", LIMIT_FIELD);
	if (parameters > LIMIT_PARAMETERS)
		return refuse(error, "parameters of a header field", LIMIT_PARAMETERS);
	return TRUE;
}

static gboolean
check_header(const char *bytes, gsize length, GError **error)
{
	const char *end = bytes + length, *line = bytes;
	guint parameters;

	while (line < end && (*line == '\r' || *line == '\n'))
		line++;
	while (line < end && *line != '\n' && *line != '\r') {
		const char *next = skip_field(line, end, &parameters);

		/* A body without a header has no fields to measure. */
		if (memchr(line, ':', (gsize)(next - line)) == NULL)
			break;
		if (next - line > LIMIT_FIELD)
			return refuse(error, "bytes of a header field", LIMIT_FIELD);
		line = next;
		if (line - bytes > LIMIT_HEADER)
			return refuse(error, "bytes of the header", LIMIT_HEADER);
	}
	return TRUE;
}

gboolean
limit_check(const char *bytes, gsize length, GError **error)
{
	const char *end = bytes + length;
	guint boundaries = 0;

	if (length > LIMIT_LETTER)
		return refuse(error, "bytes of the letter", LIMIT_LETTER);
	if (!check_header(bytes, length, error))
		return FALSE;
	for (const char *line = bytes; line < end;) {
		const char *next = memchr(line, '\n', (gsize)(end - line));

		if (end - line > 2 && line[0] == '-' && line[1] == '-' &&
		    ++boundaries > LIMIT_BOUNDARIES)
			return refuse(
			    error, "lines that begin with \"--\"", LIMIT_BOUNDARIES);
		if ((*line == 'C' || *line == 'c') && end - line > 8 &&
		    g_ascii_strncasecmp(line, "content-", 8) == 0 &&
		    !check_content_field(line, end, error))
			return FALSE;
		line = next == NULL ? end : next + 1;
	}
	return TRUE;
}
