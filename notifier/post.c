#include "post.h"

#include <curl/curl.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "invite.h"

#define GROUP "notifier"
#define AT(field) offsetof(Post, field)
#define DAY (24 * 3600)
#define MANY 1000000000

static const Setting table[] = {
	{ "deliver", SETTING_STRING, SETTING_REQUIRED, AT(deliver) },
	{ "user", SETTING_STRING, NULL, AT(user) },
	{ "password_file", SETTING_PATH, NULL, AT(password_file) },
	{ "password_command", SETTING_STRING, NULL, AT(password_command) },
	{ "token_command", SETTING_STRING, NULL, AT(token_command) },
	{ "credential", SETTING_STRING, "smtp-password", AT(credential) },
	{ "ca_file", SETTING_PATH, NULL, AT(ca_file) },
	{ "helo", SETTING_STRING, NULL, AT(helo) },
	{ "envelope_from", SETTING_ADDRESS, NULL, AT(envelope_from) },
	{ "connections", SETTING_INTEGER, "4", AT(connections), 1, 64 },
	{ "timeout", SETTING_SECONDS, "10 min", AT(timeout), 1, 3600 },
	{ "retry_first", SETTING_SECONDS, "1 min", AT(retry_first), 1, DAY },
	{ "retry_most", SETTING_SECONDS, "1 h", AT(retry_most), 1, DAY },
	{ "retry_for", SETTING_SECONDS, "5 d", AT(retry_for), 1, 30 * DAY },
	{ "retry_unknown", SETTING_SECONDS, "30 min", AT(retry_unknown), 1, DAY },
	{ "most_unknown", SETTING_INTEGER, "5", AT(most_unknown), 1, 100 },
	{ "cap_per_day", SETTING_INTEGER, "20", AT(cap_per_day), 1, MANY },
	{ "cap_per_day_staff", SETTING_INTEGER, "2000", AT(cap_per_day_staff), 1, MANY },
	{ "breaker", SETTING_INTEGER, "500", AT(breaker), 1, MANY },
	{ "alarm_after", SETTING_SECONDS, "15 min", AT(alarm_after), 1, 7 * DAY },
	{ "redirect", SETTING_ADDRESS, NULL, AT(redirect) },
	{ "templates", SETTING_PATH, NULL, AT(templates) },
	{ "quote_most", SETTING_INTEGER, "20000", AT(quote_most), 100, 1000000 },
	{ "attach_most", SETTING_BYTES, "20 M", AT(attach_most), 0, 1024 * 1024 * 1024 },
	{ "one_maildir", SETTING_BOOLEAN, "no", AT(one_maildir) },
	{ "calendar", SETTING_CHOICE, "request", AT(calendar), .choices = invite_names },
	{ NULL },
};

void
post_clear(Post *post)
{
	settings_group_clear(table, post);
	g_clear_pointer(&post->maildir, g_free);
	g_clear_pointer(&post->url, g_free);
}

static gboolean
is_loopback(const char *host)
{
	g_autofree char *bare = g_strdup(host);

	/* curl keeps the brackets of [::1] */
	if (*bare == '[') {
		memmove(bare, bare + 1, strlen(bare));
		bare[strcspn(bare, "]")] = '\0';
	}
	if (g_ascii_strcasecmp(bare, "localhost") == 0)
		return TRUE;
	g_autoptr(GInetAddress) address = g_inet_address_new_from_string(bare);
	return address != NULL && g_inet_address_get_is_loopback(address);
}

static gboolean
refuse_deliver(const Settings *settings, GError **error)
{
	return settings_refuse(settings, GROUP, "deliver", error,
	    "smtp://HOST[:PORT], smtp+starttls://HOST[:PORT], smtps://HOST[:PORT] or "
	    "maildir:PATH "
	    "is expected");
}

/* A scheme, a host and perhaps a port: nothing else belongs into it, a password least. */
static gboolean
has_only_host(CURLU *parts)
{
	static const CURLUPart unwanted[] = { CURLUPART_USER, CURLUPART_PASSWORD,
		CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT };
	char *value = NULL;
	gboolean clean = TRUE;

	for (guint i = 0; i < G_N_ELEMENTS(unwanted); i++)
		if (curl_url_get(parts, unwanted[i], &value, 0) == CURLUE_OK) {
			curl_free(value);
			clean = FALSE;
		}
	if (curl_url_get(parts, CURLUPART_PATH, &value, 0) == CURLUE_OK) {
		clean &= strcmp(value, "/") == 0;
		curl_free(value);
	}
	return clean;
}

static gboolean
read_url(const Settings *settings, Post *post, const char *url, GError **error)
{
	CURLU *parts = curl_url();
	char *host = NULL;
	char *whole = NULL;
	gboolean done = FALSE;

	if (curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    has_only_host(parts) &&
	    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_set(parts, CURLUPART_PATH, post->helo, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_URL, &whole, 0) == CURLUE_OK) {
		post->url = g_strdup(whole);
		post->secure |= !is_loopback(host);
		done = TRUE;
	}
	curl_free(host);
	curl_free(whole);
	curl_url_cleanup(parts);
	return done || refuse_deliver(settings, error);
}

static gboolean
read_deliver(const Settings *settings, Post *post, GError **error)
{
	const char *deliver = post->deliver;

	if (strstr(deliver, " #") != NULL)
		return settings_refuse(
		    settings, GROUP, "deliver", error, "a comment is a line of its own");
	if (g_str_has_prefix(deliver, "maildir:") &&
	    deliver[strlen("maildir:")] != '\0') {
		g_autofree char *folder = g_path_get_dirname(settings_file(settings));
		const char *path = deliver + strlen("maildir:");
		post->maildir = g_path_is_absolute(path)
		    ? g_strdup(path)
		    : g_build_filename(folder, path, NULL);
		return TRUE;
	}
	if (g_str_has_prefix(deliver, "smtp+starttls://")) {
		g_autofree char *url =
		    g_strconcat("smtp", deliver + strlen("smtp+starttls"), NULL);
		post->secure = TRUE;
		return read_url(settings, post, url, error);
	}
	post->secure = g_str_has_prefix(deliver, "smtps://");
	if (post->secure || g_str_has_prefix(deliver, "smtp://"))
		return read_url(settings, post, deliver, error);
	return refuse_deliver(settings, error);
}

static gboolean
check_secrets(const Settings *settings, const Post *post, GError **error)
{
	int sources = (post->password_file != NULL) + (post->password_command != NULL) +
	    (post->token_command != NULL);

	if (sources > 1)
		return settings_refuse(settings, GROUP, "password_file", error,
		    "only one of password_file, password_command and token_command may "
		    "stand here");
	if (sources > 0 && post->user == NULL)
		return settings_refuse(
		    settings, GROUP, "user", error, "is missing: whose secret is it?");
	if (post->password_file != NULL && g_access(post->password_file, R_OK) != 0)
		return settings_refuse(settings, GROUP, "password_file", error,
		    "cannot be read: %s", g_strerror(errno));
	if (strchr(post->credential, '/') != NULL)
		return settings_refuse(settings, GROUP, "credential", error,
		    "a plain name is expected, not a path");
	return TRUE;
}

gboolean
post_load(const Settings *settings, const University *university, Post *ret_post,
    GError **error)
{
	if (!settings_group(settings, GROUP, table, ret_post, error))
		return FALSE;
	if (ret_post->retry_most < ret_post->retry_first)
		return settings_refuse(
		    settings, GROUP, "retry_most", error, "is shorter than retry_first");
	if (ret_post->helo == NULL)
		ret_post->helo = g_strdup(strchr(university->address, '@') + 1);
	if (ret_post->envelope_from == NULL)
		ret_post->envelope_from = g_strdup(university->address);
	return check_secrets(settings, ret_post, error) &&
	    read_deliver(settings, ret_post, error);
}
