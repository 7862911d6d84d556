#include "route.h"

#include "alarm.h"
#include "bounce.h"
#include "choose.h"
#include "converse.h"
#include "event.h"
#include "finish.h"
#include "leak.h"
#include "owe.h"
#include "program.h"
#include "remind.h"
#include "reply.h"

#include <string.h>

/* Letters a transaction: a commit costs more than the moves in it. */
#define BATCH 100

typedef struct {
	Desk desk;
	char *today;
	gboolean wrote;
	GHashTable *skipped;   /* ids of letters that stay as they are */
	GPtrArray *moves;      /* lines for the log, once they are committed */
	char *beyond_calendar; /* what the calendar said of the first of them, or NULL */
} Pass;

/* --- one letter --- */

static void G_GNUC_PRINTF(3, 4)
    note_move(Pass *pass, const Letter *letter, const char *format, ...)
{
	g_autofree char *move = NULL;
	va_list arguments;

	va_start(arguments, format);
	move = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(pass->moves,
	    g_strdup_printf("letter %" G_GINT64_FORMAT ": %s", letter->id, move));
}

static void
log_moves(Pass *pass)
{
	for (guint i = 0; i < pass->moves->len; i++)
		g_info("%s", (const char *)g_ptr_array_index(pass->moves, i));
}

static gboolean
is_from_moderator(const Pass *pass, const Letter *letter)
{
	return letter->reading != NULL && letter->reading->from_address != NULL &&
	    g_ascii_strcasecmp(letter->reading->from_address,
		pass->desk.router->university.moderator) == 0;
}

static gboolean
hold(Pass *pass, const Letter *letter, const char *why, const Choice *choice,
    GError **error)
{
	EventAbout about = { .letter = letter->id };

	note_move(pass, letter, "held, %s", why);
	if (!store_letter_hold(pass->desk.store, letter->id, why, pass->desk.now, error))
		return FALSE;
	/* What the moderator's own mail program answers by itself would go round for
	 * ever. */
	if (is_from_moderator(pass, letter))
		return store_event(pass->desk.store, pass->desk.now, "no-notice", about,
		    error, "notice", "held", "why", "own-mail", NULL);
	return owe_held(&pass->desk, letter, why, choice, error);
}

static const char *
why_held(const Letter *letter)
{
	if (letter->verdict->urgent)
		return "urgent";
	return letter->whole ? "verdict" : "oversize";
}

/* The acknowledgement, or the record that none goes out. */
static gboolean
acknowledge(Pass *pass, const Letter *letter, const Case *item, GError **error)
{
	const char *silent = owe_no_answer(letter);
	EventAbout about = { .letter = letter->id, .case_id = item->id };

	if (silent == NULL)
		return owe_acknowledgement(&pass->desk, letter, item, error);
	return store_event(pass->desk.store, pass->desk.now, "no-notice", about, error,
	    "notice", "acknowledgement", "why", silent, NULL);
}

/* The instant whose day is registered: the arrival, or that of what completed the letter.
 */
static gint64
term_from(const Router *router, const Letter *letter)
{
	return letter->completed_at != 0 && router->term_from_completion
	    ? letter->completed_at
	    : letter->received_at;
}

static Case *
make_case(const Pass *pass, const Letter *letter, const Choice *choice, const Due *due)
{
	const Official *official = choice->official;
	Case *item = g_new0(Case, 1);

	item->letter = letter->id;
	item->topic = letter->verdict->topic;
	item->official = g_strdup(official->key);
	item->official_name = g_strdup(official->name);
	item->official_address = g_strdup(official->address);
	item->official_language = official->language;
	item->official_why = choice_json(choice, letter);
	item->received_at = term_from(pass->desk.router, letter);
	item->registered_on = day_format(due->registered);
	item->day1 = day_format(due->day1);
	item->due_on = day_format(due->due);
	item->due_why = g_strdup(due->why);
	item->calendar = g_strdup(calendar_version(pass->desk.router->calendar));
	if (letter->reading != NULL) {
		item->confidential = letter->reading->confidential;
		item->language = letter->reading->language;
	}
	return item;
}

static void
skip(Pass *pass, const Letter *letter)
{
	g_hash_table_add(pass->skipped, g_memdup2(&letter->id, sizeof letter->id));
}

/* Takes the fault into the pass when the calendar ends before the term. */
static gboolean
count_term(Pass *pass, const Letter *letter, Due *due)
{
	const Router *router = pass->desk.router;
	g_autoptr(GError) beyond = NULL;

	if (due_count(router->calendar, &router->rule, router->zone,
		term_from(router, letter), due, &beyond))
		return TRUE;
	if (pass->beyond_calendar == NULL) {
		g_warning("letter %" G_GINT64_FORMAT ": %s", letter->id, beyond->message);
		pass->beyond_calendar = g_strdup(beyond->message);
	}
	skip(pass, letter);
	return FALSE;
}

static gboolean
accept(Pass *pass, const Letter *letter, GError **error)
{
	Choice choice = choose_official(pass->desk.router, letter, pass->today);
	g_autoptr(Case) item = NULL;
	g_auto(Due) due = { 0 };

	if (choice.hold != NULL)
		return hold(pass, letter, choice.hold, &choice, error);
	if (!count_term(pass, letter, &due))
		return TRUE;
	item = make_case(pass, letter, &choice, &due);
	if (!store_case_open(pass->desk.store, item, pass->desk.now, error))
		return FALSE;
	note_move(pass, letter, "routed as %s to %s, due %s", item->number,
	    item->official, item->due_on);
	return leak_keep_applicant(pass->desk.store, item, letter, error) &&
	    owe_forward(&pass->desk, letter, item, &choice, error) &&
	    acknowledge(pass, letter, item, error) &&
	    remind_case(&pass->desk, item, error);
}

/* Why a refusal goes out to nobody, or NULL.  A person who refused a letter wants it
 * told. */
static const char *
silent_refusal(const Pass *pass, const Letter *letter)
{
	gboolean advert = (letter->verdict->rules & 1u << RULE_COMMERCIAL) != 0;
	const char *silent = owe_no_answer(letter);

	if (silent == NULL && advert && pass->desk.router->silent_adverts &&
	    letter->decided_by == NULL)
		return "spam";
	return silent;
}

static gboolean
reject(Pass *pass, const Letter *letter, GError **error)
{
	const char *silent = silent_refusal(pass, letter);

	if (letter->verdict->rule < 0) /* a refusal names its paragraph */
		return hold(pass, letter, "other", NULL, error);
	/* Many a person's mail program asks for silence; the law wants a refusal told. */
	if (g_strcmp0(silent, "suppress") == 0 && letter->decided_by == NULL)
		return hold(pass, letter, "unanswerable", NULL, error);
	note_move(pass, letter, "rejected %s%s", rule_names[letter->verdict->rule],
	    silent != NULL ? ", silently" : "");
	return store_letter_close(pass->desk.store, letter->id, "rejected", silent,
		   pass->desk.now, error) &&
	    (silent != NULL || owe_rejection(&pass->desk, letter, error));
}

static gboolean
ignore(Pass *pass, const Letter *letter, GError **error)
{
	const char *silent = owe_no_answer(letter);

	if (silent == NULL)
		silent = kind_names[letter->reading->kind];
	note_move(pass, letter, "ignored, %s", silent);
	return store_letter_close(
	    pass->desk.store, letter->id, "ignored", silent, pass->desk.now, error);
}

static gboolean
tell_stuck(Pass *pass, const Letter *letter, GError **error)
{
	note_move(pass, letter, "stuck, the moderator is told");
	return store_letter_stuck_told(
		   pass->desk.store, letter->id, pass->desk.now, error) &&
	    owe_stuck(&pass->desk, letter, error);
}

/* The reply brought what was missing: the first letter is judged again with it. */
static gboolean
complete(Pass *pass, const Letter *letter, gint64 first, GError **error)
{
	note_move(pass, letter, "completes letter %" G_GINT64_FORMAT, first);
	return store_letter_complete(
	    pass->desk.store, first, letter->id, pass->desk.now, error);
}

/* It belongs to a conversation; or a person must read it. */
static gboolean
answer(Pass *pass, const Letter *letter, const Reply *reply, GError **error)
{
	Deed deed;

	if (!converse(&pass->desk, letter, reply, &deed, error))
		return FALSE;
	if (deed.hold != NULL)
		return hold(pass, letter, letter->verdict->urgent ? "urgent" : deed.hold,
		    NULL, error);
	note_move(pass, letter, "%s", deed.done);
	return TRUE;
}

static gboolean
route_letter(Pass *pass, const Letter *letter, GError **error)
{
	Reply reply;

	if (strcmp(letter->state, "stuck") == 0)
		return tell_stuck(pass, letter, error);
	if (!reply_find(&pass->desk, letter, &reply, error))
		return FALSE;
	if (reply.kind == REPLY_COMPLETION)
		return complete(pass, letter, reply.id, error);
	if (reply.kind != REPLY_NONE)
		return answer(pass, letter, &reply, error);
	switch (letter->verdict->outcome) {
	case OUTCOME_ACCEPT:
		return accept(pass, letter, error);
	case OUTCOME_REJECT:
		return reject(pass, letter, error);
	case OUTCOME_IGNORE:
		return ignore(pass, letter, error);
	default:
		return hold(pass, letter, why_held(letter), NULL, error);
	}
}

/* --- many letters --- */

/* In one transaction: all of them, or none. */
static gboolean
route_together(Pass *pass, Letter **letters, guint n_letters, GError **error)
{
	g_autoptr(Txn) txn = store_begin(pass->desk.store, error);

	if (txn == NULL)
		return FALSE;
	g_ptr_array_set_size(pass->moves, 0);
	for (guint i = 0; i < n_letters; i++)
		if (!route_letter(pass, letters[i], error))
			return FALSE;
	if (!store_commit(txn, error))
		return FALSE;
	log_moves(pass);
	return TRUE;
}

/* Somebody was quicker, or the store refuses this one: it harms no other. */
static gboolean
route_alone(Pass *pass, Letter *letter, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (route_together(pass, &letter, 1, &failure))
		return TRUE;
	if (!g_error_matches(failure, FAULT, FAULT_LETTER)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	g_warning("letter %" G_GINT64_FORMAT ": %s", letter->id, failure->message);
	skip(pass, letter);
	return TRUE;
}

static gboolean
route_batch(Pass *pass, GPtrArray *letters, GError **error)
{
	g_autoptr(GError) failure = NULL;

	pass->wrote = TRUE;
	if (route_together(pass, (Letter **)letters->pdata, letters->len, &failure))
		return TRUE;
	if (!g_error_matches(failure, FAULT, FAULT_LETTER)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	for (guint i = 0; i < letters->len; i++)
		if (!route_alone(pass, g_ptr_array_index(letters, i), error))
			return FALSE;
	return TRUE;
}

/* The next letters, without those that were skipped already. */
static GPtrArray *
next_letters(Pass *pass, GError **error)
{
	GPtrArray *letters = store_letters_judged(
	    pass->desk.store, BATCH + g_hash_table_size(pass->skipped), error);

	for (guint i = letters != NULL ? letters->len : 0; i > 0; i--) {
		const Letter *letter = g_ptr_array_index(letters, i - 1);

		if (g_hash_table_contains(pass->skipped, &letter->id))
			g_ptr_array_remove_index(letters, i - 1);
	}
	return letters;
}

static gboolean
route_letters(Pass *pass, GError **error)
{
	while (!program_stopping()) {
		g_autoptr(GPtrArray) letters = next_letters(pass, error);

		if (letters == NULL)
			return FALSE;
		if (letters->len == 0)
			return TRUE;
		if (!route_batch(pass, letters, error))
			return FALSE;
	}
	return TRUE;
}

/* --- alarms --- */

static gboolean
watch_calendar(Pass *pass, GError **error)
{
	Store *store = pass->desk.store;
	Day today = day_parse(pass->today);
	g_autofree char *warning = calendar_warning(pass->desk.router->calendar, today);
	const char *detail =
	    pass->beyond_calendar != NULL ? pass->beyond_calendar : warning;

	return detail != NULL
	    ? store_alarm_raise(store, "calendar", detail, pass->desk.now, error)
	    : store_alarm_clear(store, "calendar", pass->desk.now, error);
}

/* A mail can't tell that mails don't leave; an open breaker lets alarms through. */
static gboolean
waits_for_its_end(const Alarm *alarm)
{
	return alarm->cleared_at == 0 && g_str_has_prefix(alarm->kind, "smtp-");
}

static gboolean
tell_alarm(Pass *pass, const Alarm *alarm, GError **error)
{
	g_autoptr(Txn) txn = store_begin(pass->desk.store, error);

	pass->wrote = TRUE;
	return txn != NULL && owe_alarm(&pass->desk, alarm, error) &&
	    store_alarm_told(pass->desk.store, alarm, pass->desk.now, error) &&
	    store_commit(txn, error);
}

static gboolean
tell_alarms(Pass *pass, GError **error)
{
	g_autoptr(GPtrArray) alarms = store_alarms_untold(pass->desk.store, error);

	if (alarms == NULL)
		return FALSE;
	for (guint i = 0; i < alarms->len; i++) {
		const Alarm *alarm = g_ptr_array_index(alarms, i);

		if (!waits_for_its_end(alarm) && !tell_alarm(pass, alarm, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
route_pass(Store *store, const Router *router, gint64 now, GError **error)
{
	Pass pass = { .desk = { .router = router, .store = store, .now = now } };
	g_autofree char *today = day_format(day_of_instant(now, router->zone, NULL));
	guint closed = 0;
	gboolean lost = FALSE, done;

	pass.today = today;
	pass.skipped = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	pass.moves = g_ptr_array_new_with_free_func(g_free);
	done = store_hold_room(store, error) && leak_fill_applicants(store, now, error) &&
	    route_letters(&pass, error) &&
	    bounce_take_refused(&pass.desk, &lost, error) &&
	    finish_cases(&pass.desk, &closed, error) && watch_calendar(&pass, error) &&
	    tell_alarms(&pass, error);
	if (pass.wrote || lost || closed > 0)
		store_checkpoint(store);
	g_ptr_array_unref(pass.moves);
	g_hash_table_unref(pass.skipped);
	g_free(pass.beyond_calendar);
	return done;
}
