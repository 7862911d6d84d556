/* To whom a notice goes, in which language and thread. */
#pragma once

#include "notice.h"
#include "owe.h"

#include <json-glib/json-glib.h>

Notice *owe_to(const Desk *desk, const char *kind, const char *role, Language language,
    const char *recipient);
/* About a letter; all such mails are one thread. */
Notice *owe_to_moderator(const Desk *desk, const char *kind, const Letter *letter);
/* In the thread of his letter. */
Notice *owe_to_author(const Desk *desk, const char *kind, const Letter *letter);
/* About a case, in the thread of its forward; NULL on a store's fault. */
Notice *owe_to_official(
    const Desk *desk, const char *kind, const Case *item, GError **error);
/* To the moderator or the office about a case; all such mails are one thread. */
Notice *owe_about_case(
    const Desk *desk, const char *kind, const char *role, const Case *item);

/* Under the mail that it answers, in its writer's thread. */
void owe_under(Notice *notice, const Reading *reading);
/* The address, or the subject's tag, through which the recipient decides about an answer
 * ('a').  Mails to an official about his case and held letters have theirs by themselves.
 */
gboolean owe_reply_to(const Desk *desk, const Notice *notice, JsonBuilder *facts,
    char purpose, gint64 id, GError **error);

/* Owes it with these facts, which are done with then; and with the addresses to which
 * answers to it go, and its bounce. */
gboolean owe_with(const Desk *desk, Notice *notice, JsonBuilder *facts, GError **error);
