/* The settings of [notifier]: where mails go, how often, and how many. */
#pragma once

#include "settings.h"

typedef struct {
	char *deliver;
	char *user, *password_file, *password_command, *token_command, *credential;
	char *ca_file, *helo, *envelope_from;
	gint64 connections;
	gint64 timeout;
	gint64 retry_first, retry_most, retry_for;
	gint64 retry_unknown, most_unknown;
	gint64 cap_per_day, cap_per_day_staff, breaker;
	gint64 alarm_after;
	char *redirect, *templates;
	gint64 quote_most, attach_most;
	gboolean one_maildir;
	int calendar; /* an InviteUse */

	/* from `deliver` */
	char *maildir;   /* the folder, or NULL for SMTP */
	char *url;       /* for libcurl: scheme, host, port, our name */
	gboolean secure; /* no word before TLS and a certificate that is right */
} Post;

/* FAULT_SETUP in the common form. */
gboolean post_load(const Settings *settings, const University *university, Post *ret_post,
    GError **error);
void post_clear(Post *post);
