/* To whom a notice goes, in which language and thread. */
#include "address.h"

#include "facts.h"
#include "message-id.h"
#include "token.h"

#include <string.h>

Notice *
owe_to(const Desk *desk, const char *kind, const char *role, Language language,
    const char *recipient)
{
	Notice *notice = notice_new();

	notice->kind = g_strdup(kind);
	notice->role = g_strdup(role);
	notice->language = language;
	notice->recipient = g_strdup(recipient);
	notice->message_id = message_id_new(desk->router->domain);
	notice->not_before = desk->now;
	return notice;
}

Notice *
owe_to_moderator(const Desk *desk, const char *kind, const Letter *letter)
{
	const University *university = &desk->router->university;
	Notice *notice = owe_to(desk, kind, "moderator",
	    (Language)university->moderator_language, university->moderator);

	notice->letter = letter->id;
	notice->references = message_id_root("letter", letter->id, desk->router->domain);
	notice->in_reply_to = g_strdup(notice->references);
	return notice;
}

/* From is the sender; what a letter says elsewhere could name any third person. */
static const char *
author_address(const Letter *letter)
{
	const Reading *reading = letter->reading;

	return reading->from_address != NULL ? reading->from_address : reading->email;
}

static gboolean
is_bare_address(const char *address)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL;

	if (at == NULL || at == address || at[1] == '\0' || strlen(address) > 254)
		return FALSE;
	if (strstr(address, "=?") != NULL) /* an encoded word may hide anything */
		return FALSE;
	for (const char *c = address; *c != '\0'; c++)
		if ((guchar)*c <= ' ' || *c == 0x7f || strchr("<>,;\"\\", *c) != NULL)
			return FALSE;
	return TRUE;
}

const char *
owe_no_answer(const Letter *letter)
{
	if (letter->reading == NULL)
		return "unreadable";
	if (letter->reading->no_answer != NULL)
		return letter->reading->no_answer;
	return is_bare_address(author_address(letter)) ? NULL : "no-address";
}

Notice *
owe_to_author(const Desk *desk, const char *kind, const Letter *letter)
{
	const Reading *reading = letter->reading;
	Notice *notice =
	    owe_to(desk, kind, "citizen", reading->language, author_address(letter));

	notice->letter = letter->id;
	notice->recipient_name =
	    g_strdup(reading->name != NULL ? reading->name : reading->from_name);
	notice->references =
	    message_id_references(reading->references, reading->message_id);
	if (notice->references != NULL)
		notice->in_reply_to = g_strdup(reading->message_id);
	return notice;
}

Notice *
owe_to_official(const Desk *desk, const char *kind, const Case *item, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Notice) forward =
	    store_notice_of_case(desk->store, item->id, "forward", "official", &failure);
	Notice *notice;

	if (!fault_hand_on(g_steal_pointer(&failure), error))
		return NULL;
	notice = owe_to(
	    desk, kind, "official", item->official_language, item->official_address);
	notice->case_id = item->id;
	notice->recipient_name = g_strdup(item->official_name);
	if (forward != NULL) {
		notice->in_reply_to = g_strdup(forward->message_id);
		notice->references = g_strdup(forward->message_id);
	}
	return notice;
}

Notice *
owe_about_case(const Desk *desk, const char *kind, const char *role, const Case *item)
{
	const University *university = &desk->router->university;
	gboolean office = g_str_equal(role, "office");
	Notice *notice =
	    owe_to(desk, kind, role, (Language)university->moderator_language,
		office ? university->office : university->moderator);

	notice->case_id = item->id;
	notice->references = message_id_root("case", item->id, desk->router->domain);
	notice->in_reply_to = g_strdup(notice->references);
	return notice;
}

void
owe_under(Notice *notice, const Reading *reading)
{
	g_free(notice->references);
	notice->references =
	    message_id_references(reading->references, reading->message_id);
	g_free(notice->in_reply_to);
	notice->in_reply_to =
	    notice->references != NULL ? g_strdup(reading->message_id) : NULL;
}

gboolean
owe_reply_to(const Desk *desk, const Notice *notice, JsonBuilder *facts, char purpose,
    gint64 id, GError **error)
{
	const Router *router = desk->router;
	const Keys *keys = keyring_keys(router->reply.ring, store_path(desk->store),
	    day_of_instant(desk->now, router->zone, NULL), error);
	g_autofree char *token = NULL, *written = NULL;

	if (keys == NULL)
		return FALSE;
	token = token_new(keys, purpose, id, notice->recipient);
	written = router->reply.tagged ? token_tag(token)
				       : token_address(token, router->university.address);
	facts_text(facts, router->reply.tagged ? "tag" : "reply_to", written);
	return TRUE;
}

static gboolean
add_reply_to(const Desk *desk, const Notice *notice, JsonBuilder *facts, GError **error)
{
	if (g_str_equal(notice->role, "official") && notice->case_id != 0)
		return owe_reply_to(desk, notice, facts, 'c', notice->case_id, error);
	if (g_str_equal(notice->kind, "held"))
		return owe_reply_to(desk, notice, facts, 'h', notice->letter, error);
	return TRUE;
}

/* The mails of which we must know that they did not arrive. */
static gboolean
wants_bounce(const Notice *notice)
{
	static const char *const kinds[] = { "acknowledgement", "rejection", "extension",
		"answer", "term-changed", "reopened", "forward", "reminder", "overdue",
		"addition", NULL };

	return g_strv_contains(kinds, notice->kind);
}

/* Where its bounce comes back to, told whole: the notifier knows nothing of secrets. */
static void
add_bounce(const Desk *desk, Notice *notice, JsonBuilder *facts)
{
	const Router *router = desk->router;
	g_autofree char *token = NULL, *address = NULL;

	notice->bounce = token_random();
	if (router->reply.tagged)
		return;
	token = g_strconcat("b.", notice->bounce, NULL);
	address = token_address(token, router->university.address);
	facts_text(facts, "bounce_address", address);
}

gboolean
owe_with(const Desk *desk, Notice *notice, JsonBuilder *facts, GError **error)
{
	if (!add_reply_to(desk, notice, facts, error))
		return FALSE;
	if (wants_bounce(notice))
		add_bounce(desk, notice, facts);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}
