#include "bounce.h"

#include "address.h"
#include "event.h"
#include "facts.h"
#include "notice.h"
#include "program.h"
#include "task.h"
#include "token.h"

#include <string.h>

#define BATCH 100
#define MOST_STATUS 11 /* "5.123.123" */

/* --- what did not arrive --- */

/* To the moderator, in the case's thread or in that of the letter. */
static Notice *
to_moderator(const Desk *desk, const Notice *lost, GError **error)
{
	g_autoptr(Letter) letter = NULL;
	g_autoptr(Case) item = NULL;

	if (lost->case_id != 0) {
		item = store_case_get(desk->store, lost->case_id, error);
		return item != NULL
		    ? owe_about_case(desk, "undelivered", "moderator", item)
		    : NULL;
	}
	letter = store_letter_get(desk->store, lost->letter, error);
	return letter != NULL ? owe_to_moderator(desk, "undelivered", letter) : NULL;
}

/* The telephone and the text are in the store already: the notifier reads them there. */
static gboolean
owe_undelivered(const Desk *desk, const Notice *lost, const char *code, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Task) task = store_task_of_notice(desk->store, lost->id, &failure);
	g_autoptr(JsonBuilder) facts = NULL;
	g_autoptr(Notice) notice = NULL;

	if (!fault_hand_on(g_steal_pointer(&failure), error))
		return FALSE;
	notice = to_moderator(desk, lost, error);
	if (notice == NULL)
		return FALSE;
	facts = facts_new();
	if (task != NULL)
		facts_number(facts, "task", task->id);
	facts_number(facts, "notice", lost->id);
	facts_text(facts, "notice_kind", lost->kind);
	facts_text(facts, "code", code);
	return owe_with(desk, notice, facts, error);
}

static gboolean
make_task(const Desk *desk, const char *kind, const Notice *lost, const char *code,
    GError **error)
{
	gboolean new;

	return store_task_add(desk->store, kind, lost->letter, lost->case_id, lost->id,
		   code, desk->now, &new, error) &&
	    (!new || owe_undelivered(desk, lost, code, error));
}

/* --- whether it is true --- */

static GPtrArray *
secrets_of(const Desk *desk, const Letter *letter)
{
	return token_bounces(
	    letter->reading->recipients, desk->router->university.address);
}

static gboolean
is_recipient(const Notice *notice, const char *address)
{
	g_autofree char *one = g_utf8_strdown(notice->recipient, -1);
	g_autofree char *other = address != NULL ? g_utf8_strdown(address, -1) : NULL;

	return g_strcmp0(one, other) == 0;
}

/* By the secret address; NULL without a fault for none. */
static gboolean
find_by_secret(const Desk *desk, const Letter *letter, Notice **ret_notice,
    const char **ret_doubt, GError **error)
{
	g_autoptr(GPtrArray) secrets = secrets_of(desk, letter);
	g_autoptr(GError) failure = NULL;

	for (guint i = 0; i < secrets->len && *ret_notice == NULL && failure == NULL; i++)
		*ret_notice = store_notice_bounced(
		    desk->store, g_ptr_array_index(secrets, i), &failure);
	*ret_doubt = secrets->len > 0 ? "secret" : "no-secret";
	return fault_hand_on(g_steal_pointer(&failure), error);
}

/* By what it says itself, where no address has a secret. */
static gboolean
find_by_name(const Desk *desk, const Letter *letter, Notice **ret_notice,
    const char **ret_doubt, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Notice) notice = store_notice_referred(
	    desk->store, letter->reading->bounce_message_id, &failure);

	if (notice == NULL || notice->bounce == NULL)
		*ret_doubt = "message-id";
	else if (!is_recipient(notice, letter->reading->bounce_recipient))
		*ret_doubt = "recipient";
	else
		*ret_notice = g_steal_pointer(&notice);
	return fault_hand_on(g_steal_pointer(&failure), error);
}

gboolean
bounce_is_ours(const Desk *desk, const Letter *letter, gboolean *ret_ours, GError **error)
{
	g_autoptr(GPtrArray) secrets = NULL;
	g_autoptr(Notice) notice = NULL;
	g_autoptr(GError) failure = NULL;

	*ret_ours = FALSE;
	if (letter->reading->kind != KIND_BOUNCE)
		return TRUE;
	secrets = secrets_of(desk, letter);
	notice = store_notice_referred(
	    desk->store, letter->reading->bounce_message_id, &failure);
	*ret_ours = secrets->len > 0 || notice != NULL;
	return fault_hand_on(g_steal_pointer(&failure), error);
}

/* --- what comes of it --- */

/* The letter's words go into no log: a status that is one, an action that we know. */
static const char *
status_of(const Reading *reading)
{
	const char *status = reading->bounce_status;

	return status != NULL && strlen(status) <= MOST_STATUS &&
		strspn(status, "0123456789.") == strlen(status)
	    ? status
	    : "none";
}

static const char *
action_of(const Reading *reading)
{
	static const char *const actions[] = { "failed", "delayed", "delivered",
		"relayed", "expanded" };

	for (guint i = 0; i < G_N_ELEMENTS(actions); i++)
		if (g_strcmp0(reading->bounce_action, actions[i]) == 0)
			return actions[i];
	return "none";
}

static gboolean
note(const Desk *desk, const Letter *letter, const Notice *notice, const char *doubt,
    GError **error)
{
	EventAbout about = { .letter = letter->id };

	if (notice != NULL) {
		about.case_id = notice->case_id;
		about.notice = notice->id;
	}
	return store_event(desk->store, desk->now, "bounce-noted", about, error, "action",
	    action_of(letter->reading), "status", status_of(letter->reading), "doubt",
	    doubt, NULL);
}

/* "failed" is the end whatever the status says: a server that tried for days in vain
 * tells 4.4.7 (RFC 3464, 2.3.3). */
static gboolean
is_final(const Reading *reading)
{
	return g_str_equal(action_of(reading), "failed");
}

/* A second bounce of the same mail is told once: its notice is refused already. */
static gboolean
lose(const Desk *desk, const Letter *letter, const Notice *notice, GError **error)
{
	const char *status = status_of(letter->reading);

	if (!g_str_equal(notice->state, "sent") && !g_str_equal(notice->state, "waiting"))
		return note(desk, letter, notice, "repeated", error);
	return store_notice_bounce(desk->store, notice->id, status, desk->now, error) &&
	    make_task(desk, "bounced", notice, status, error);
}

gboolean
bounce_take(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(Notice) notice = NULL;
	const char *doubt = NULL, *silent = owe_no_answer(letter);
	gboolean noted;

	if (!find_by_secret(desk, letter, &notice, &doubt, error))
		return FALSE;
	if (notice == NULL && desk->router->reply.tagged &&
	    !find_by_name(desk, letter, &notice, &doubt, error))
		return FALSE;
	if (notice != NULL && is_final(letter->reading))
		noted = lose(desk, letter, notice, error);
	else
		noted = note(desk, letter, notice, notice != NULL ? NULL : doubt, error);
	return noted &&
	    store_letter_close(desk->store, letter->id, "bounce",
		silent != NULL ? silent : "bounce", desk->now, error);
}

/* --- notices that the notifier gave up --- */

static gboolean
take_refused(const Desk *desk, GPtrArray *notices, GError **error)
{
	g_autoptr(Txn) txn = store_begin(desk->store, error);

	if (txn == NULL)
		return FALSE;
	for (guint i = 0; i < notices->len; i++) {
		const Notice *notice = notices->pdata[i];
		g_autofree char *code =
		    store_notice_refusal(desk->store, notice->id, error);

		if (code == NULL || !make_task(desk, "undelivered", notice, code, error))
			return FALSE;
		g_info("notice %" G_GINT64_FORMAT ": not delivered, %s, a task",
		    notice->id, code);
	}
	return store_commit(txn, error);
}

gboolean
bounce_take_refused(const Desk *desk, gboolean *ret_any, GError **error)
{
	*ret_any = FALSE;
	while (!program_stopping()) {
		g_autoptr(GPtrArray) notices =
		    store_notices_refused(desk->store, BATCH, error);

		if (notices == NULL)
			return FALSE;
		if (notices->len == 0)
			return TRUE;
		*ret_any = TRUE;
		if (!take_refused(desk, notices, error))
			return FALSE;
	}
	return TRUE;
}
