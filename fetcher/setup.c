/* A table says what can be said of one setting; what two of them say together, and what
 * is inside a URL, is checked by hand. */
#include "setup.h"

#include "fault.h"

#include <stddef.h>
#include <string.h>

#define G "fetcher"
#define AT(field) offsetof(Setup, field)
#define KIB(n) ((gint64)(n)*1024)
#define MIB(n) ((gint64)(n)*1024 * 1024)

static const Setting table[] = {
	{ "server", SETTING_STRING, NULL, AT(server) },
	{ "user", SETTING_STRING, NULL, AT(user) },
	{ "password_file", SETTING_PATH, NULL, AT(password_file) },
	{ "password_command", SETTING_STRING, NULL, AT(password_command) },
	{ "token_command", SETTING_STRING, NULL, AT(token_command) },
	{ "ca_file", SETTING_PATH, NULL, AT(ca_file) },
	{ "pin", SETTING_STRING, NULL, AT(pin) },
	{ "mailbox", SETTING_STRING, "INBOX", AT(mailbox) },
	{ "after", SETTING_STRING, "leave", AT(after) },
	{ "batch", SETTING_INTEGER, "500", AT(batch), 1, 700 },
	{ "batch_bytes", SETTING_BYTES, "16 M", AT(batch_bytes), KIB(64), MIB(1024) },
	{ "max_size", SETTING_BYTES, "25 M", AT(max_size), KIB(64), MIB(1024) },
	{ "first", SETTING_BYTES, "256 K", AT(first), KIB(4), MIB(64) },
	{ "poll", SETTING_SECONDS, "1 min", AT(poll), 1, 24 * 3600 },
	{ "glance", SETTING_INTEGER, "50", AT(glance), 0, 60000 },
	{ "idle_renew", SETTING_SECONDS, "9 min", AT(idle_renew), 1, 29 * 60 },
	{ "timeout", SETTING_SECONDS, "60 s", AT(timeout), 1, 3600 },
	{ "slowest", SETTING_BYTES, "8 K", AT(slowest), 1, MIB(1024) },
	{ "retry_least", SETTING_SECONDS, "2 s", AT(retry_least), 1, 3600 },
	{ "retry_most", SETTING_SECONDS, "5 min", AT(retry_most), 1, 24 * 3600 },
	{ "alarm_after", SETTING_SECONDS, "15 min", AT(alarm_after), 1, 7 * 24 * 3600 },
	{ NULL },
};

gboolean
setup_is_clean(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL))
		return FALSE;
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_iscntrl(g_utf8_get_char(text)))
			return FALSE;
	return TRUE;
}

static gboolean
is_this_machine(const char *host)
{
	return g_ascii_strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	    (g_str_has_prefix(host, "127.") && g_hostname_is_ip_address(host));
}

/* Cuts "host", "host:port", "[address]" or "[address]:port". */
static gboolean
cut_host(const char *text, char **ret_host, guint16 *port)
{
	const char *end = *text == '[' ? strchr(text, ']') : text + strcspn(text, ":/");
	const char *start = *text == '[' ? text + 1 : text;
	guint64 number;

	if (end == NULL || end == start)
		return FALSE;
	*ret_host = g_strndup(start, (gsize)(end - start));
	text = *end == ']' ? end + 1 : end;
	if (*text == ':') {
		text++;
		if (!g_ascii_string_to_unsigned(text, 10, 1, 65535, &number, NULL))
			return FALSE;
		*port = (guint16)number;
		return TRUE;
	}
	return *text == '\0' || strcmp(text, "/") == 0;
}

const char *
setup_parse_server(
    const char *url, Security *ret_security, char **ret_host, guint16 *ret_port)
{
	static const struct {
		const char *scheme;
		Security security;
		guint16 port;
	} schemes[] = {
		{ "imaps://", SECURITY_TLS, 993 },
		{ "imap+starttls://", SECURITY_STARTTLS, 143 },
		{ "imap://", SECURITY_PLAIN, 143 },
	};
	g_autofree char *host = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
		if (!g_str_has_prefix(url, schemes[i].scheme))
			continue;
		*ret_security = schemes[i].security;
		*ret_port = schemes[i].port;
		if (!cut_host(url + strlen(schemes[i].scheme), &host, ret_port))
			return "expected a host name, and perhaps \":\" and a port";
		if (*ret_security == SECURITY_PLAIN && !is_this_machine(host))
			return "imap:// without TLS is for this machine only; use "
			       "imaps:// or "
			       "imap+starttls://";
		*ret_host = g_steal_pointer(&host);
		return NULL;
	}
	return "expected imaps://host, imap+starttls://host or imap://localhost";
}

/* IMAP spells folders in a UTF-7 of its own (RFC 3501, 5.1.3). */
static char *
folder_spell(const char *name)
{
	return g_convert(name, -1, "UTF-7-IMAP", "UTF-8", NULL, NULL, NULL);
}

static gboolean
parse_after(const Settings *settings, Setup *setup, GError **error)
{
	const char *folder;

	if (strcmp(setup->after, "leave") == 0 || strcmp(setup->after, "seen") == 0) {
		setup->then = setup->after[0] == 'l' ? AFTER_LEAVE : AFTER_SEEN;
		return TRUE;
	}
	if (!g_str_has_prefix(setup->after, "move "))
		return settings_refuse(
		    settings, G, "after", error, "expected leave, seen or move FOLDER");
	folder = setup->after + strspn(setup->after + 4, " ") + 4;
	setup->then = AFTER_MOVE;
	setup->folder = folder_spell(folder);
	if (setup->folder == NULL || *folder == '\0')
		return settings_refuse(
		    settings, G, "after", error, "expected a folder after move");
	return TRUE;
}

static gboolean
check_secrets(const Settings *settings, const Setup *setup, GError **error)
{
	guint ways = (setup->password_file != NULL) + (setup->password_command != NULL) +
	    (setup->token_command != NULL);

	if (ways > 1)
		return settings_refuse(settings, G, "password_file", error,
		    "give one of password_file, password_command and token_command");
	return TRUE;
}

static gboolean
check_server(const Settings *settings, Setup *setup, GError **error)
{
	const char *wrong;

	if (setup->server == NULL)
		return settings_refuse(
		    settings, G, "server", error, "is needed: imaps://host");
	wrong = setup_parse_server(
	    setup->server, &setup->security, &setup->host, &setup->port);
	if (wrong != NULL)
		return settings_refuse(settings, G, "server", error, "%s", wrong);
	if (setup->user == NULL || !setup_is_clean(setup->user))
		return settings_refuse(settings, G, "user", error,
		    "is needed: the name to log in with, without control characters");
	if (!setup_is_clean(setup->mailbox) ||
	    (setup->mailbox_name = folder_spell(setup->mailbox)) == NULL)
		return settings_refuse(
		    settings, G, "mailbox", error, "is no name of a folder");
	if (setup->pin != NULL && strlen(setup->pin) != 44)
		return settings_refuse(settings, G, "pin", error,
		    "expected the base64 of a SHA-256, 44 characters");
	setup->name =
	    g_strdup_printf("imap://%s@%s/%s", setup->user, setup->host, setup->mailbox);
	return check_secrets(settings, setup, error);
}

gboolean
setup_load(
    const Settings *settings, gboolean with_server, Setup *ret_setup, GError **error)
{
	if (!settings_group(settings, G, table, ret_setup, error) ||
	    !parse_after(settings, ret_setup, error))
		return FALSE;
	if (ret_setup->retry_most < ret_setup->retry_least)
		return settings_refuse(
		    settings, G, "retry_most", error, "is less than retry_least");
	return !with_server || check_server(settings, ret_setup, error);
}

void
setup_clear(Setup *setup)
{
	settings_group_clear(table, setup);
	g_clear_pointer(&setup->host, g_free);
	g_clear_pointer(&setup->folder, g_free);
	g_clear_pointer(&setup->mailbox_name, g_free);
	g_clear_pointer(&setup->name, g_free);
}
