#include "notify.h"

#include <string.h>

#include "alarm.h"
#include "clock.h"
#include "fault.h"
#include "program.h"
#include "retry.h"

#define MOST_DUE 256
#define MOST_DUE_STOPPED 10000 /* to find the alarms behind a stopped queue */
#define MOST_UNDER_WAY 64      /* so that no connection waits for the disk */
#define GATHER_US 3000         /* a commit is worth more when it completes many */
#define LONGEST_HOLD 600
#define WAIT_US G_USEC_PER_SEC /* then a signal, or new work, is looked for */
#define STOP_PATIENCE_US (10 * G_USEC_PER_SEC) /* for what is under way at the end */

struct Notifier {
	Post post;
	Packer *packer;
	Crew *crew;

	gint64 fixed_now;
	gboolean recovered;
	gboolean alarms_clear; /* those of the server: none is on */
	guint window;          /* parcels under way at most: grows while all goes well */
	gint64 failures;       /* of the server, one after the other */
	gint64 hold_until;     /* the server was away: nothing goes before */
	gboolean away;         /* that is why the last pass failed */
	gint64 wake_at;

	/* of the pass */
	GPtrArray *due;
	guint taken;
	GPtrArray *ready; /* Parcels worded, not yet given away */
	GError *trouble;  /* what ended the sending */
};

/* --- from the start to the end --- */

Notifier *
notifier_new(const Settings *settings, const University *university, GError **error)
{
	g_autoptr(Notifier) notifier = g_new0(Notifier, 1);

	notifier->window = 1;
	notifier->ready = g_ptr_array_new_with_free_func((GDestroyNotify)parcel_free);
	carrier_init();
	if (!post_load(settings, university, &notifier->post, error))
		return NULL;
	notifier->packer = packer_new(settings, university, &notifier->post, error);
	if (notifier->packer == NULL)
		return NULL;
	notifier->crew = crew_new(&notifier->post);
	return g_steal_pointer(&notifier);
}

void
notifier_free(Notifier *notifier)
{
	if (notifier == NULL)
		return;
	g_clear_pointer(&notifier->crew, crew_free);
	g_clear_pointer(&notifier->due, g_ptr_array_unref);
	g_ptr_array_unref(notifier->ready);
	packer_free(notifier->packer);
	g_clear_error(&notifier->trouble);
	post_clear(&notifier->post);
	g_free(notifier);
}

const Post *
notifier_post(const Notifier *notifier)
{
	return &notifier->post;
}

gint64
notifier_wake_at(const Notifier *notifier)
{
	return notifier->wake_at;
}

gboolean
notifier_server_is_away(const Notifier *notifier)
{
	return notifier->away;
}

static gint64
now_of(const Notifier *notifier)
{
	return notifier->fixed_now != 0 ? notifier->fixed_now : clock_now();
}

/* --- what is due --- */

static gboolean
refill(Notifier *notifier, Store *store, GError **error)
{
	guint limit = packer_is_stopped(notifier->packer) ? MOST_DUE_STOPPED : MOST_DUE;
	gint64 now = now_of(notifier);
	guint late;

	g_clear_pointer(&notifier->due, g_ptr_array_unref);
	notifier->taken = 0;
	if (!store_notices_overtaken(store, now, &late, error))
		return FALSE;
	notifier->due = store_notices_due(store, now, limit, error);
	return notifier->due != NULL;
}

/* The next due notice, owned by the caller; NULL at the end of what was read. */
static Notice *
next_due(Notifier *notifier)
{
	while (notifier->due != NULL && notifier->taken < notifier->due->len) {
		Notice *notice = g_ptr_array_index(notifier->due, notifier->taken);
		notifier->due->pdata[notifier->taken++] = NULL;
		if (!packer_is_stopped(notifier->packer) || guard_is_exempt(notice))
			return notice;
		notice_free(notice);
	}
	return NULL;
}

/* Words as many mails as there is room for on their way. */
static gboolean
fill_ready(Notifier *notifier, Store *store, GError **error)
{
	while (notifier->ready->len + crew_out(notifier->crew) < notifier->window) {
		Notice *notice = next_due(notifier);
		Parcel *parcel;
		if (notice == NULL)
			return TRUE;
		if (!packer_pack(notifier->packer, store, notice, now_of(notifier),
			&parcel, error))
			return FALSE;
		if (parcel != NULL)
			g_ptr_array_add(notifier->ready, parcel);
	}
	return TRUE;
}

/* --- what came back --- */

/* The server failed, and the queue waits; however many connections felt it, that is one
 * failure. */
static void
hold(Notifier *notifier, const Answer *answer)
{
	Fault fault = answer->reach == REACH_SETUP ? FAULT_SETUP : FAULT_RETRY;
	g_autofree char *told = NULL;

	if (notifier->trouble == NULL) {
		gint64 wait =
		    retry_delay(&notifier->post, ++notifier->failures, g_random_int());
		notifier->window = 1;
		notifier->hold_until = now_of(notifier) + MIN(wait, LONGEST_HOLD);
	} else if (fault == FAULT_RETRY) {
		return;
	}
	g_clear_error(&notifier->trouble);
	told = answer_spell(answer);
	g_set_error(&notifier->trouble, FAULT, fault, "the mail server: %s", told);
}

/* What an administrator must hear of it. */
static gboolean
raise_alarm(Notifier *notifier, Store *store, const Parcel *parcel, GError **error)
{
	const Answer *answer = &parcel->answer;
	const char *kind = answer->alarm;
	gint64 now = now_of(notifier);
	gint64 waited = now - MAX(parcel->notice->not_before, parcel->notice->created_at);

	if (kind == NULL && answer->reach == REACH_SERVER &&
	    waited >= notifier->post.alarm_after)
		kind = "smtp-silent";
	if (kind == NULL)
		return TRUE;
	notifier->alarms_clear = FALSE;
	g_autofree char *detail = answer_spell(answer);
	return store_alarm_raise(store, kind, detail, now, error);
}

static gboolean
clear_alarms(Notifier *notifier, Store *store, GError **error)
{
	static const char *const kinds[] = { "smtp-login", "smtp-tls", "smtp-sender",
		"smtp-silent", "maildir" };

	if (notifier->alarms_clear)
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!store_alarm_clear(store, kinds[i], now_of(notifier), error))
			return FALSE;
	notifier->alarms_clear = TRUE;
	return TRUE;
}

/* The answer as the store keeps it, with the time of the next try. */
static DeliveryResult
result_of(const Notifier *notifier, const Parcel *parcel)
{
	const Answer *answer = &parcel->answer;
	const Post *post = &notifier->post;
	gint64 now = now_of(notifier);
	DeliveryResult result = { parcel->delivery, parcel->notice->id, answer->outcome,
		answer->code, answer->text, now };

	if (answer->outcome == DELIVERY_UNKNOWN)
		result.next_at = now + post->retry_unknown;
	else if (answer->reach == REACH_SERVER)
		result.next_at = notifier->hold_until;
	else if (answer->reach == REACH_MAIL && answer->outcome == DELIVERY_RETRY)
		result.next_at =
		    now + retry_delay(post, parcel->notice->attempts + 1, g_random_int());
	if (answer->outcome == DELIVERY_RETRY && answer->reach != REACH_SETUP &&
	    !answer->untried && retry_is_over(post, parcel->notice, result.next_at))
		result.outcome = DELIVERY_REFUSED;
	return result;
}

/* A notice that ends undelivered calls a person: when its time is over, and when it was
 * for one of our own, for then an appeal lies still. */
static gboolean
tell_undelivered(Notifier *notifier, Store *store, const Parcel *parcel,
    DeliveryOutcome kept, GError **error)
{
	g_autofree char *told = answer_spell(&parcel->answer);
	g_autofree char *detail = NULL;

	if (kept != DELIVERY_REFUSED ||
	    (parcel->answer.outcome == DELIVERY_REFUSED &&
		strcmp(parcel->notice->role, "citizen") == 0))
		return TRUE;
	detail = g_strdup_printf("notice %" G_GINT64_FORMAT " was not delivered: %s",
	    parcel->notice->id, told);
	return store_alarm_raise(store, "undeliverable", detail, now_of(notifier), error);
}

/* How long to wait for the next one: not at all, once half of the crew's work is done. */
static gint64
gather_us(const Notifier *notifier, gint64 deadline)
{
	if (notifier->trouble != NULL || crew_out(notifier->crew) <= notifier->window / 2)
		return 0;
	return MAX(deadline - g_get_monotonic_time(), 0);
}

/* What is back; waits up to wait_us for the first one, and a little for more. */
static void
collect(Notifier *notifier, GPtrArray *back, gint64 wait_us)
{
	gint64 deadline = 0;

	for (Parcel *parcel = crew_take(notifier->crew, wait_us); parcel != NULL;
	     parcel = crew_take(notifier->crew, gather_us(notifier, deadline))) {
		if (deadline == 0)
			deadline = g_get_monotonic_time() + GATHER_US;
		g_ptr_array_add(back, parcel);
		if (parcel->answer.reach != REACH_MAIL)
			hold(notifier, &parcel->answer);
		else if (parcel->answer.outcome == DELIVERY_SENT)
			notifier->failures = 0;
	}
}

/* After trouble, what no connection has touched comes back as it was. */
static void
recall(Notifier *notifier, GPtrArray *back)
{
	for (Parcel *parcel = crew_recall(notifier->crew); parcel != NULL;
	     parcel = crew_recall(notifier->crew)) {
		parcel->answer = (Answer){
			.outcome = DELIVERY_RETRY, .reach = REACH_SERVER, .untried = TRUE
		};
		g_strlcpy(parcel->answer.text, "not tried", sizeof parcel->answer.text);
		g_ptr_array_add(back, parcel);
	}
	g_ptr_array_set_size(notifier->ready, 0);
}

/* --- the transaction between --- */

/* Completes what is back and opens what is ready, at once. */
static gboolean
commit(Notifier *notifier, Store *store, GPtrArray *back, gint64 *ret_deliveries,
    GError **error)
{
	g_autofree DeliveryResult *results = g_new0(DeliveryResult, back->len + 1);
	g_autofree Notice **notices = g_new0(Notice *, notifier->ready->len + 1);
	g_autoptr(Txn) txn = NULL;

	for (guint i = 0; i < back->len; i++)
		results[i] = result_of(notifier, g_ptr_array_index(back, i));
	for (guint i = 0; i < notifier->ready->len; i++)
		notices[i] = ((Parcel *)g_ptr_array_index(notifier->ready, i))->notice;
	/* The disk's part, before the others' way is barred. */
	if (!spool_sync(store_spool(store), error))
		return FALSE;
	txn = store_begin(store, error);
	if (txn == NULL ||
	    !store_deliveries_end(store, results, back->len, now_of(notifier), error) ||
	    !store_deliveries_begin(store, notices, notifier->ready->len,
		now_of(notifier), ret_deliveries, error))
		return FALSE;
	for (guint i = 0; i < back->len; i++) {
		const Parcel *parcel = g_ptr_array_index(back, i);
		if (!raise_alarm(notifier, store, parcel, error) ||
		    !tell_undelivered(
			notifier, store, parcel, results[i].outcome, error) ||
		    (parcel->answer.outcome == DELIVERY_SENT &&
			!clear_alarms(notifier, store, error)))
			return FALSE;
	}
	return store_commit(txn, error);
}

static void
log_answer(const Parcel *parcel)
{
	g_autofree char *told = answer_spell(&parcel->answer);

	if (parcel->answer.outcome == DELIVERY_SENT)
		g_info("notice %" G_GINT64_FORMAT ": sent", parcel->notice->id);
	else
		g_message("notice %" G_GINT64_FORMAT ": %s: %s", parcel->notice->id,
		    delivery_names[parcel->answer.outcome], told);
}

/* Gives away what the store knows to be under way; what was cancelled meanwhile is
 * dropped. */
static void
give_away(Notifier *notifier, const gint64 *deliveries)
{
	guint i = 0;

	while (notifier->ready->len > 0) {
		Parcel *parcel = g_ptr_array_steal_index(notifier->ready, 0);
		parcel->delivery = deliveries[i++];
		if (parcel->delivery != 0)
			crew_give(notifier->crew, parcel);
		else
			parcel_free(parcel);
	}
}

static gboolean
turn(Notifier *notifier, Store *store, GPtrArray *back, GError **error)
{
	g_autofree gint64 *deliveries = g_new0(gint64, notifier->ready->len + 1);
	guint most = MAX(MOST_UNDER_WAY, 2 * (guint)notifier->post.connections);

	if (back->len == 0 && notifier->ready->len == 0)
		return TRUE;
	if (!commit(notifier, store, back, deliveries, error))
		return FALSE;
	for (guint i = 0; i < back->len; i++) {
		const Parcel *parcel = g_ptr_array_index(back, i);
		log_answer(parcel);
		if (parcel->answer.outcome == DELIVERY_SENT)
			notifier->window = MIN(notifier->window * 2, most);
	}
	give_away(notifier, deliveries);
	return TRUE;
}

/* --- the pass --- */

static gboolean
begin(Notifier *notifier, Store *store, GError **error)
{
	gint64 now = now_of(notifier);
	guint recovered;

	if (notifier->recovered)
		return TRUE;
	if (!store_hold_room(store, error) ||
	    !store_deliveries_recover(
		store, now, now + notifier->post.retry_unknown, &recovered, error))
		return FALSE;
	if (recovered > 0)
		g_message(
		    "%u mails were under way when the program ended last", recovered);
	notifier->recovered = TRUE;
	return TRUE;
}

/* One round: word, wait, write down.  *ret_more is FALSE when nothing is left to do. */
static gboolean
send_round(Notifier *notifier, Store *store, gboolean *ret_more, GError **error)
{
	g_autoptr(GPtrArray) back =
	    g_ptr_array_new_with_free_func((GDestroyNotify)parcel_free);
	gboolean stops = notifier->trouble != NULL || program_stopping();
	gint64 wait_us = 0;

	if (!stops && (notifier->due == NULL || notifier->taken >= notifier->due->len) &&
	    notifier->ready->len + crew_out(notifier->crew) < notifier->window &&
	    !refill(notifier, store, error))
		return FALSE;
	if (!stops && !fill_ready(notifier, store, error))
		return FALSE;
	if (stops)
		recall(notifier, back);
	if (notifier->ready->len + back->len == 0 && crew_out(notifier->crew) > 0)
		wait_us = program_stopping() ? STOP_PATIENCE_US : WAIT_US;
	collect(notifier, back, wait_us);
	if (notifier->trouble != NULL)
		recall(notifier, back);
	*ret_more = back->len > 0 || notifier->ready->len > 0 ||
	    (crew_out(notifier->crew) > 0 && !program_stopping());
	return turn(notifier, store, back, error);
}

static gboolean
tell_breaker(Notifier *notifier, Store *store, GError **error)
{
	g_autofree char *detail = NULL;

	if (!packer_is_stopped(notifier->packer))
		return store_alarm_clear(store, "breaker", now_of(notifier), error);
	detail =
	    g_strdup_printf("%" G_GINT64_FORMAT " mails or more went out within an hour",
		notifier->post.breaker);
	return store_alarm_raise(store, "breaker", detail, now_of(notifier), error);
}

static gboolean
finish(Notifier *notifier, Store *store, GError **error)
{
	gint64 now = now_of(notifier);
	gint64 next = store_notices_next(store, error);

	notifier->wake_at = next;
	if (next != 0 && packer_is_stopped(notifier->packer))
		notifier->wake_at = MAX(next, now + 60);
	if (next != 0 && notifier->hold_until > now)
		notifier->wake_at = MAX(next, notifier->hold_until);
	g_clear_pointer(&notifier->due, g_ptr_array_unref);
	packer_forget(notifier->packer);
	if (notifier->trouble == NULL)
		return TRUE;
	notifier->away = g_error_matches(notifier->trouble, FAULT, FAULT_RETRY);
	g_propagate_error(error, g_steal_pointer(&notifier->trouble));
	return FALSE;
}

gboolean
notify_pass(Notifier *notifier, Store *store, gint64 fixed_now, GError **error)
{
	gboolean more = TRUE;

	notifier->fixed_now = fixed_now;
	notifier->away = FALSE;
	if (!begin(notifier, store, error))
		return FALSE;
	if (now_of(notifier) < notifier->hold_until) {
		notifier->wake_at = notifier->hold_until;
		return TRUE;
	}
	while (more)
		if (!send_round(notifier, store, &more, error))
			return FALSE;
	return tell_breaker(notifier, store, error) && finish(notifier, store, error);
}
