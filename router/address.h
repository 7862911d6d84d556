/* To whom a notice goes, in which language and thread. */
#pragma once

#include "notice.h"
#include "owe.h"

Notice *owe_to(const Desk *desk, const char *kind, const char *role, Language language,
    const char *recipient);
/* About a letter; all such mails are one thread. */
Notice *owe_to_moderator(const Desk *desk, const char *kind, const Letter *letter);
/* In the thread of his letter. */
Notice *owe_to_author(const Desk *desk, const char *kind, const Letter *letter);
