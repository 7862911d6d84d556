/* Bounces in the standard form: a part message/delivery-status of groups of fields, one a
 * recipient, and the mail that came back, or its header.  Servers leave blank lines out
 * of the groups and put others in, so a field that comes again begins a group as well. */
#include "bounce.h"

#include "address.h"
#include "charset.h"
#include "header.h"
#include "limit.h"
#include "mime.h"
#include "words.h"
#include <string.h>

#define MOST_STATUS (64 << 10) /* bytes read of one part */
#define MOST_ADDRESS 254

/* What becomes of a mail, the least first. */
static const char *const actions[] = { "expanded", "relayed", "delivered", "delayed",
	"failed", NULL };

/* One recipient's fields; NULL where there is none. */
typedef struct {
	char *original, *final, *action, *status, *diagnostic;
} Group;

typedef struct {
	Reading *reading;
	guint parts;
	Group group;
	int worst; /* the rank of what the reading has, -1 for nothing */
} Report;

static void
group_clear(Group *group)
{
	g_free(group->original);
	g_free(group->final);
	g_free(group->action);
	g_free(group->status);
	g_free(group->diagnostic);
	*group = (Group){ 0 };
}

/* --- values --- */

char *
bounce_code(const char *text)
{
	gsize subject = 0, detail = 0;

	if (strchr("245", text[0]) == NULL || text[0] == '\0' || text[1] != '.')
		return NULL;
	subject = strspn(text + 2, "0123456789");
	if (subject == 0 || subject > 3 || text[2 + subject] != '.')
		return NULL;
	detail = strspn(text + 3 + subject, "0123456789");
	if (detail == 0 || detail > 3 ||
	    (text[3 + subject + detail] == '.' &&
		g_ascii_isdigit(text[4 + subject + detail])))
		return NULL;
	return g_strndup(text, 3 + subject + detail);
}

char *
bounce_reply_code(const char *text)
{
	if ((text[0] != '4' && text[0] != '5') || text[1] < '0' || text[1] > '7' ||
	    !g_ascii_isdigit(text[2]) || g_ascii_isalnum(text[3]) || text[3] == '.')
		return NULL;
	return g_strdup_printf("%c.0.0", text[0]);
}

/* "rfc822; <anna@x.example> (Anna)" -> "anna@x.example" */
static char *
recipient_of(const char *value)
{
	const char *p = value != NULL ? value : "", *semicolon = strchr(p, ';');
	g_autofree char *address = NULL;

	if (semicolon != NULL)
		p = semicolon + 1;
	p += strspn(p, " \t<");
	address = g_strndup(p, strcspn(p, " \t<>(),;"));
	return strlen(address) <= MOST_ADDRESS && address_is_valid(address)
	    ? g_steal_pointer(&address)
	    : NULL;
}

/* "smtp; 550 5.1.1 no such user" */
static char *
diagnostic_code(const char *value)
{
	const char *p = value != NULL ? strchr(value, ';') : NULL;
	char *code = NULL;

	if (p == NULL)
		return NULL;
	for (p++; *p == ' '; p++)
		;
	if (strlen(p) > 4)
		code = bounce_code(p + 4);
	return code != NULL ? code : bounce_reply_code(p);
}

static int
action_of(const Group *group, const char *status)
{
	gsize length = group->action != NULL ? strcspn(group->action, " (;,") : 0;

	for (int i = 0; actions[i] != NULL; i++)
		if (length == strlen(actions[i]) &&
		    g_ascii_strncasecmp(group->action, actions[i], length) == 0)
			return i;
	if (status == NULL)
		return -1;
	return status[0] == '5' ? 4 : status[0] == '4' ? 3 : 2;
}

/* --- groups --- */

/* Twice the action's place; a final failure is worse than one that names a passing
 * reason. */
static int
rank(int action, const char *status)
{
	return 2 * action + (status != NULL && status[0] == '5');
}

/* The group is over: the reading takes it when it is the worst so far. */
static void
end_group(Report *report)
{
	Group *group = &report->group;
	Reading *reading = report->reading;
	g_autofree char *status =
	    group->status != NULL ? bounce_code(group->status) : NULL;
	int action;

	if (status == NULL)
		status = diagnostic_code(group->diagnostic);
	action = action_of(group, status);
	if (status == NULL && action >= 0 && g_str_equal(actions[action], "failed"))
		status = g_strdup("5.0.0");
	if ((group->action != NULL || group->final != NULL || group->original != NULL) &&
	    action >= 0 && rank(action, status) > report->worst) {
		report->worst = rank(action, status);
		g_free(reading->bounce_action);
		reading->bounce_action = g_strdup(actions[action]);
		g_free(reading->bounce_status);
		reading->bounce_status = g_steal_pointer(&status);
		g_free(reading->bounce_recipient);
		reading->bounce_recipient = recipient_of(group->original);
		if (reading->bounce_recipient == NULL)
			reading->bounce_recipient = recipient_of(group->final);
	}
	group_clear(group);
}

static gboolean
is_whole(const Group *group)
{
	return group->action != NULL && (group->final != NULL || group->original != NULL);
}

static void
take_field(Report *report, const char *line)
{
	Group *group = &report->group;
	const struct {
		const char *name;
		char **value;
	} fields[] = { { "original-recipient", &group->original },
		{ "final-recipient", &group->final }, { "action", &group->action },
		{ "status", &group->status }, { "diagnostic-code", &group->diagnostic } };
	gsize length = strcspn(line, ":");
	const char *value = line + length;

	if (*value != ':')
		return;
	while (length > 0 && line[length - 1] == ' ')
		length--;
	for (value++; *value == ' '; value++)
		;
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strlen(fields[i].name) == length &&
		    g_ascii_strncasecmp(line, fields[i].name, length) == 0) {
			if (*fields[i].value != NULL)
				end_group(report);
			*fields[i].value = g_strdup(value);
		}
}

/* One field a line again. */
static char *
unfold(const char *bytes, gsize length)
{
	g_autofree char *text = charset_decode(bytes, length, NULL, NULL, NULL);
	GString *flat = g_string_sized_new(strlen(text));

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\r')
			continue;
		if (*p == '\n' && (p[1] == ' ' || p[1] == '\t'))
			continue;
		g_string_append_c(flat, *p == '\t' ? ' ' : *p);
	}
	return g_string_free(flat, FALSE);
}

static void
read_status(Report *report, GMimePart *part)
{
	GString *bytes = mime_part_decoded(part, MOST_STATUS);
	g_autofree char *text = unfold(bytes->str, bytes->len);
	char *rest = text;

	g_string_free(bytes, TRUE);
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		g_strchomp(line);
		if (*line != '\0')
			take_field(report, line);
		else if (is_whole(&report->group))
			end_group(report);
	}
	end_group(report);
}

/* --- the mail that came back --- */

static void
take_message_id(Report *report, const char *raw)
{
	if (report->reading->bounce_message_id == NULL && raw != NULL)
		report->reading->bounce_message_id = header_ids(raw, 1);
}

static void
read_returned(Report *report, GMimePart *part)
{
	GString *bytes = mime_part_decoded(part, MOST_STATUS);
	g_autofree char *text = unfold(bytes->str, bytes->len);
	char *rest = text;

	g_string_free(bytes, TRUE);
	for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0';)
		if (g_ascii_strncasecmp(line, "message-id:", 11) == 0)
			take_message_id(report, line + 11);
}

static const char *
raw_field(GMimeHeaderList *headers, const char *name)
{
	GMimeHeader *header = g_mime_header_list_get_header(headers, name);

	return header != NULL ? g_mime_header_get_raw_value(header) : NULL;
}

static gboolean
is_one_of(GMimeObject *object, const char *const *types)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	for (; types[0] != NULL; types += 2)
		if (g_mime_content_type_is_type(type, types[0], types[1]))
			return TRUE;
	return FALSE;
}

static void
read_part(Report *report, GMimePart *part)
{
	static const char *const statuses[] = { "message", "delivery-status", "message",
		"global-delivery-status", NULL };
	static const char *const returned[] = { "text", "rfc822-headers", "message",
		"global-headers", "message", "rfc822-headers", "message", "rfc822",
		"message", "global", NULL };

	if (is_one_of(GMIME_OBJECT(part), statuses))
		read_status(report, part);
	else if (is_one_of(GMIME_OBJECT(part), returned))
		read_returned(report, part);
}

static void
read_object(Report *report, GMimeObject *object, guint depth)
{
	if (object == NULL || depth > LIMIT_DEPTH || ++report->parts > LIMIT_PARTS)
		return;
	if (GMIME_IS_MULTIPART(object)) {
		int n = g_mime_multipart_get_count(GMIME_MULTIPART(object));

		for (int i = 0; i < n && report->parts <= LIMIT_PARTS; i++)
			read_object(report,
			    g_mime_multipart_get_part(GMIME_MULTIPART(object), i),
			    depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

		if (message != NULL)
			take_message_id(report,
			    raw_field(
				g_mime_object_get_header_list(GMIME_OBJECT(message)),
				"Message-ID"));
	} else if (GMIME_IS_PART(object)) {
		read_part(report, GMIME_PART(object));
	}
}

void
bounce_read(Reading *reading, GMimeObject *letter)
{
	Report report = { .reading = reading, .worst = -1 };
	const char *failed =
	    raw_field(g_mime_object_get_header_list(letter), "X-Failed-Recipients");

	read_object(&report, letter, 0);
	if (reading->bounce_recipient == NULL && failed != NULL) {
		g_autoptr(GPtrArray) all =
		    addresses_parse(failed, strlen(failed), 1, NULL);

		if (all->len > 0)
			reading->bounce_recipient =
			    g_steal_pointer(&((Address *)all->pdata[0])->address);
	}
}
