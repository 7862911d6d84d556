#include "notify.h"

#include <string.h>

#include "alarm.h"
#include "clock.h"
#include "fault.h"
#include "gate.h"
#include "program.h"
#include "redact.h"
#include "retry.h"

#define MOST_DUE 256
#define MOST_DUE_STOPPED 10000 /* to find the alarms behind a stopped queue */
#define PARCELS_A_CONNECTION 4 /* so that none waits for the disk */
#define LONGEST_HOLD 600
#define STOP_PATIENCE_US (10 * G_USEC_PER_SEC)
#define HOUR 3600

struct Notifier {
	Post post;
	const University *university;
	Texts *texts;
	char **labels;
	GTimeZone *zone;
	Wording wording;
	Guard *guard;
	Crew *crew;

	gint64 fixed_now;
	gboolean recovered;
	gboolean alarms_clear; /* those of the server: none is on */
	guint window;          /* parcels under way at most: grows while all goes well */
	gint64 failures;       /* of the server, one after the other */
	gint64 hold_until;     /* the server was away: nothing goes before */
	gint64 wake_at;

	/* of the pass */
	GPtrArray *due;
	guint taken;
	GPtrArray *ready; /* Parcels worded, not yet given away */
	Case *item; /* the last ones read: a letter's notices come one after the other */
	Letter *letter;
	GError *trouble; /* what ended the sending */
};

/* --- from the start to the end --- */

static char *
texts_folder(const Post *post, const char *data)
{
	return post->templates != NULL ? g_strdup(post->templates)
				       : g_build_filename(data, "templates", NULL);
}

static gboolean
load_data(Notifier *notifier, GError **error)
{
	g_autofree char *data = program_data_folder("notifier");
	g_autofree char *folder = texts_folder(&notifier->post, data);
	g_autofree char *labels = g_build_filename(data, "redact.txt", NULL);
	g_autofree char *never = g_build_filename(data, "never.txt", NULL);

	notifier->texts = texts_load(folder, error);
	if (notifier->texts == NULL)
		return FALSE;
	notifier->labels = redact_load_labels(labels, error);
	if (notifier->labels == NULL)
		return FALSE;
	notifier->guard = guard_new(&notifier->post, notifier->university, never, error);
	return notifier->guard != NULL;
}

Notifier *
notifier_new(const Settings *settings, const University *university, GError **error)
{
	g_autoptr(Notifier) notifier = g_new0(Notifier, 1);

	notifier->university = university;
	notifier->window = 1;
	notifier->ready = g_ptr_array_new_with_free_func((GDestroyNotify)parcel_free);
	compose_init();
	carrier_init();
	if (!post_load(settings, university, &notifier->post, error) ||
	    !load_data(notifier, error))
		return NULL;
	notifier->zone = g_time_zone_new_identifier(university->timezone);
	if (notifier->zone == NULL) {
		settings_refuse(
		    settings, "university", "timezone", error, "is not known here");
		return NULL;
	}
	notifier->wording = (Wording){ notifier->texts, university,
		(const char *const *)notifier->labels, notifier->zone,
		notifier->post.quote_most, notifier->post.attach_most };
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
	case_free(notifier->item);
	letter_free(notifier->letter);
	guard_free(notifier->guard);
	texts_free(notifier->texts);
	g_strfreev(notifier->labels);
	g_clear_pointer(&notifier->zone, g_time_zone_unref);
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

static gint64
now_of(const Notifier *notifier)
{
	return notifier->fixed_now != 0 ? notifier->fixed_now : clock_now();
}

/* --- one mail --- */

static gboolean
read_about(Notifier *notifier, Store *store, const Notice *notice, About *ret_about,
    GError **error)
{
	if (notice->case_id != 0 &&
	    (notifier->item == NULL || notifier->item->id != notice->case_id)) {
		g_clear_pointer(&notifier->item, case_free);
		notifier->item = store_case_get(store, notice->case_id, error);
		if (notifier->item == NULL)
			return FALSE;
	}
	if (notice->letter != 0 &&
	    (notifier->letter == NULL || notifier->letter->id != notice->letter)) {
		g_clear_pointer(&notifier->letter, letter_free);
		notifier->letter = store_letter_get(store, notice->letter, error);
		if (notifier->letter == NULL)
			return FALSE;
	}
	*ret_about = (About){ notice, notice->case_id != 0 ? notifier->item : NULL,
		notice->letter != 0 ? notifier->letter : NULL };
	return TRUE;
}

static GBytes *
word(Notifier *notifier, Store *store, const About *about, GError **error)
{
	g_autoptr(GBytes) original = NULL;

	if (material_attaches(&notifier->wording, about)) {
		original = spool_read(store_spool(store), &about->letter->place, error);
		if (original == NULL)
			return NULL;
	}
	return compose_mail(&notifier->wording, about, original, now_of(notifier), error);
}

static gboolean
keep(Store *store, Notice *notice, GBytes *bytes, GError **error)
{
	guint8 digest[SPOOL_DIGEST_LENGTH];
	gsize length;
	gconstpointer data = g_bytes_get_data(bytes, &length);

	return spool_begin(store_spool(store), error) &&
	    spool_write(store_spool(store), data, length, error) &&
	    spool_end(store_spool(store), &notice->mail, digest, error);
}

/* The mail's bytes: those of the first try, or worded now and kept. */
static GBytes *
bytes_of(
    Notifier *notifier, Store *store, Notice *notice, const About *about, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;

	if (notice->mail.length >= 0)
		return spool_read(store_spool(store), &notice->mail, error);
	bytes = word(notifier, store, about, error);
	if (bytes == NULL || !keep(store, notice, bytes, error))
		return NULL;
	return g_steal_pointer(&bytes);
}

/* Takes the notice. */
static Parcel *
pack(const Notifier *notifier, Notice *notice, GBytes *bytes, GError **error)
{
	g_autoptr(Parcel) parcel = g_new0(Parcel, 1);
	const char *to =
	    notifier->post.redirect != NULL ? notifier->post.redirect : notice->recipient;

	parcel->notice = notice;
	parcel->bytes = g_bytes_ref(bytes);
	parcel->recipient = gate_address(to, &parcel->utf8, error);
	parcel->sender =
	    g_strdup(compose_is_automatic(notice) ? "" : notifier->post.envelope_from);
	parcel->name =
	    g_strdup_printf("%" G_GINT64_FORMAT ".N%" G_GINT64_FORMAT ".rector-mail",
		notice->created_at, notice->id);
	return parcel->recipient != NULL ? g_steal_pointer(&parcel) : NULL;
}

/* This notice cannot go, and the next one may. */
static gboolean
set_aside(Notifier *notifier, Store *store, const Notice *notice, const char *why,
    GError **error)
{
	g_warning("notice %" G_GINT64_FORMAT ": refused: %s", notice->id, why);
	return store_notice_refuse(store, notice->id, why, now_of(notifier), error);
}

static gboolean
put_in_ready(
    Notifier *notifier, Store *store, Notice *owned, const About *about, GError **error)
{
	g_autoptr(Notice) notice = owned;
	g_autoptr(GError) cause = NULL;
	g_autoptr(GBytes) bytes = bytes_of(notifier, store, notice, about, &cause);
	gint64 id = notice->id;
	Parcel *parcel = bytes != NULL
	    ? pack(notifier, g_steal_pointer(&notice), bytes, &cause)
	    : NULL;

	if (parcel != NULL) {
		g_ptr_array_add(notifier->ready, parcel);
		return TRUE;
	}
	if (!g_error_matches(cause, FAULT, FAULT_LETTER)) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	return set_aside(notifier, store, &(Notice){ .id = id }, cause->message, error);
}

/* Of the tries that ended in doubt, each may have reached the reader: not endlessly. */
static gboolean
was_too_often_unknown(const Notifier *notifier, Store *store, const Notice *notice)
{
	return notice->attempts > 0 &&
	    store_notice_unknowns(store, notice->id, NULL) > notifier->post.most_unknown;
}

/* One due notice: guarded, worded, made ready.  Takes it. */
static gboolean
prepare(Notifier *notifier, Store *store, Notice *owned, GError **error)
{
	g_autoptr(Notice) notice = owned;
	g_autoptr(GError) cause = NULL;
	About about;
	const char *why;
	gint64 now = now_of(notifier);

	if (!read_about(notifier, store, notice, &about, &cause)) {
		if (g_error_matches(cause, FAULT, FAULT_LETTER))
			return set_aside(notifier, store, notice, cause->message, error);
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	if (was_too_often_unknown(notifier, store, notice))
		return set_aside(notifier, store, notice, "unknown too often", error);
	switch (guard_ask(notifier->guard, store, notice, about.letter, now, &why)) {
	case GUARD_REFUSE:
		return set_aside(notifier, store, notice, why, error);
	case GUARD_POSTPONE:
		return store_notice_postpone(
		    store, notice->id, why, now + HOUR, now, error);
	case GUARD_STOP:
		return TRUE; /* it stays due */
	case GUARD_PASS:
		break;
	}
	about.notice = notice;
	return put_in_ready(notifier, store, g_steal_pointer(&notice), &about, error);
}

/* --- what is due --- */

static gboolean
refill(Notifier *notifier, Store *store, GError **error)
{
	guint limit = guard_is_stopped(notifier->guard) ? MOST_DUE_STOPPED : MOST_DUE;

	g_clear_pointer(&notifier->due, g_ptr_array_unref);
	notifier->taken = 0;
	notifier->due = store_notices_due(store, now_of(notifier), limit, error);
	return notifier->due != NULL;
}

/* The next due notice, owned by the caller; NULL at the end of what was read. */
static Notice *
next_due(Notifier *notifier)
{
	while (notifier->due != NULL && notifier->taken < notifier->due->len) {
		Notice *notice = g_ptr_array_index(notifier->due, notifier->taken);
		notifier->due->pdata[notifier->taken++] = NULL;
		if (!guard_is_stopped(notifier->guard) || guard_is_exempt(notice))
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
		if (notice == NULL)
			return TRUE;
		if (!prepare(notifier, store, notice, error))
			return FALSE;
	}
	return TRUE;
}

/* --- what came back --- */

/* The server failed, and the queue waits. */
static void
hold(Notifier *notifier, const Parcel *parcel)
{
	const Answer *answer = &parcel->answer;
	gint64 wait = retry_delay(&notifier->post, ++notifier->failures, g_random_int());

	notifier->window = 1;
	notifier->hold_until = now_of(notifier) + MIN(wait, LONGEST_HOLD);
	if (notifier->trouble == NULL)
		g_set_error(&notifier->trouble, FAULT,
		    answer->reach == REACH_SETUP ? FAULT_SETUP : FAULT_RETRY,
		    "the mail server: %d %s", answer->code, answer->text);
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
	g_autofree char *detail = g_strdup_printf("%d %s", answer->code, answer->text);
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
	    retry_is_over(post, parcel->notice, result.next_at))
		result.outcome = DELIVERY_REFUSED;
	return result;
}

static gboolean
tell_undeliverable(Notifier *notifier, Store *store, const Parcel *parcel, GError **error)
{
	g_autofree char *detail = g_strdup_printf(
	    "notice %" G_GINT64_FORMAT " was not delivered in all its time: %d %s",
	    parcel->notice->id, parcel->answer.code, parcel->answer.text);

	return store_alarm_raise(store, "undeliverable", detail, now_of(notifier), error);
}

/* Everything that is back now; waits for the first one, up to wait_us. */
static void
collect(Notifier *notifier, GPtrArray *back, gint64 wait_us)
{
	for (Parcel *parcel = crew_take(notifier->crew, wait_us); parcel != NULL;
	     parcel = crew_take(notifier->crew, 0)) {
		g_ptr_array_add(back, parcel);
		if (parcel->answer.reach != REACH_MAIL)
			hold(notifier, parcel);
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
		parcel->answer = (Answer){ DELIVERY_RETRY, REACH_SERVER };
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
		gboolean expired = parcel->answer.outcome == DELIVERY_RETRY &&
		    results[i].outcome == DELIVERY_REFUSED;
		if (!raise_alarm(notifier, store, parcel, error) ||
		    (expired && !tell_undeliverable(notifier, store, parcel, error)) ||
		    (parcel->answer.outcome == DELIVERY_SENT &&
			!clear_alarms(notifier, store, error)))
			return FALSE;
	}
	return store_commit(txn, error);
}

static void
log_answer(const Parcel *parcel)
{
	if (parcel->answer.outcome == DELIVERY_SENT)
		g_info("notice %" G_GINT64_FORMAT ": sent", parcel->notice->id);
	else
		g_message("notice %" G_GINT64_FORMAT ": %s: %d %s", parcel->notice->id,
		    delivery_names[parcel->answer.outcome], parcel->answer.code,
		    parcel->answer.text);
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
	guint most = (guint)notifier->post.connections * PARCELS_A_CONNECTION;

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

	if (!stops && (notifier->due == NULL || notifier->taken >= notifier->due->len) &&
	    notifier->ready->len + crew_out(notifier->crew) < notifier->window &&
	    !refill(notifier, store, error))
		return FALSE;
	if (!stops && !fill_ready(notifier, store, error))
		return FALSE;
	if (stops)
		recall(notifier, back);
	collect(notifier, back,
	    notifier->ready->len + back->len > 0 || crew_out(notifier->crew) == 0
		? 0
		: STOP_PATIENCE_US);
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

	if (!guard_is_stopped(notifier->guard))
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
	if (next != 0 && guard_is_stopped(notifier->guard))
		notifier->wake_at = MAX(next, now + 60);
	if (next != 0 && notifier->hold_until > now)
		notifier->wake_at = MAX(next, notifier->hold_until);
	g_clear_pointer(&notifier->due, g_ptr_array_unref);
	g_clear_pointer(&notifier->item, case_free);
	g_clear_pointer(&notifier->letter, letter_free);
	if (notifier->trouble == NULL)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&notifier->trouble));
	return FALSE;
}

gboolean
notify_pass(Notifier *notifier, Store *store, gint64 fixed_now, GError **error)
{
	gboolean more = TRUE;

	notifier->fixed_now = fixed_now;
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
