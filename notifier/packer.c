#include "packer.h"

#include "alarm.h"
#include "compose.h"
#include "fault.h"
#include "gate.h"
#include "lost.h"
#include "program.h"

#include <string.h>

#define HOUR 3600

struct Packer {
	const Post *post;
	const University *university;
	Texts *texts;
	RedactWords *hidden;
	GTimeZone *zone;
	Wording wording;
	Guard *guard;
	gint64 now; /* of the notice in hand */
	Case *item; /* the last ones read: a letter's notices come one after the other */
	Letter *letter;
	Letter *first; /* of the notice in hand: see About */
	Lost *lost;
};

static char *
texts_folder(const Post *post, const char *data)
{
	return post->templates != NULL ? g_strdup(post->templates)
				       : g_build_filename(data, "templates", NULL);
}

static gboolean
load_data(Packer *packer, GError **error)
{
	g_autofree char *data = program_data_folder("notifier");
	g_autofree char *folder = texts_folder(packer->post, data);
	g_autofree char *hidden = g_build_filename(data, "redact.txt", NULL);
	g_autofree char *never = g_build_filename(data, "never.txt", NULL);

	packer->texts = texts_load(folder, error);
	if (packer->texts == NULL)
		return FALSE;
	packer->hidden = redact_words_load(hidden, error);
	if (packer->hidden == NULL)
		return FALSE;
	packer->guard = guard_new(packer->post, packer->university, never, error);
	return packer->guard != NULL;
}

Packer *
packer_new(const Settings *settings, const University *university, const Post *post,
    GError **error)
{
	g_autoptr(Packer) packer = g_new0(Packer, 1);

	packer->post = post;
	packer->university = university;
	compose_init();
	if (!load_data(packer, error))
		return NULL;
	packer->zone = g_time_zone_new_identifier(university->timezone);
	if (packer->zone == NULL) {
		settings_refuse(
		    settings, "university", "timezone", error, "is not known here");
		return NULL;
	}
	packer->wording =
	    (Wording){ packer->texts, university, packer->hidden, packer->zone,
		    post->quote_most, post->attach_most, (InviteUse)post->calendar };
	return g_steal_pointer(&packer);
}

void
packer_forget(Packer *packer)
{
	g_clear_pointer(&packer->item, case_free);
	g_clear_pointer(&packer->letter, letter_free);
	g_clear_pointer(&packer->first, letter_free);
	g_clear_pointer(&packer->lost, lost_free);
}

void
packer_free(Packer *packer)
{
	if (packer == NULL)
		return;
	packer_forget(packer);
	guard_free(packer->guard);
	texts_free(packer->texts);
	redact_words_free(packer->hidden);
	g_clear_pointer(&packer->zone, g_time_zone_unref);
	g_free(packer);
}

gboolean
packer_is_stopped(const Packer *packer)
{
	return guard_is_stopped(packer->guard);
}

static gboolean
read_case(Packer *packer, Store *store, gint64 id, GError **error)
{
	if (id == 0 || (packer->item != NULL && packer->item->id == id))
		return TRUE;
	g_clear_pointer(&packer->item, case_free);
	packer->item = store_case_get(store, id, error);
	return packer->item != NULL;
}

static gboolean
read_letter(Packer *packer, Store *store, gint64 id, GError **error)
{
	if (id == 0 || (packer->letter != NULL && packer->letter->id == id))
		return TRUE;
	g_clear_pointer(&packer->letter, letter_free);
	packer->letter = store_letter_get(store, id, error);
	return packer->letter != NULL;
}

/* Who is to be hidden from all but the moderator stands in the case's own letter. */
static gboolean
read_first(Packer *packer, Store *store, const About *about, GError **error)
{
	const Case *item = about->item;

	g_clear_pointer(&packer->first, letter_free);
	if (item == NULL || !item->confidential ||
	    strcmp(about->notice->role, "moderator") == 0 ||
	    strcmp(about->notice->role, "citizen") == 0 ||
	    item->letter == about->notice->letter)
		return TRUE;
	packer->first = store_letter_get(store, item->letter, error);
	return packer->first != NULL;
}

static gboolean
read_about(
    Packer *packer, Store *store, const Notice *notice, About *ret_about, GError **error)
{
	if (!read_case(packer, store, notice->case_id, error) ||
	    !read_letter(packer, store, notice->letter, error))
		return FALSE;
	*ret_about = (About){ .notice = notice,
		.item = notice->case_id != 0 ? packer->item : NULL,
		.letter = notice->letter != 0 ? packer->letter : NULL };
	if (!read_first(packer, store, ret_about, error))
		return FALSE;
	g_clear_pointer(&packer->lost, lost_free);
	if (!lost_read(store, notice, &packer->lost, error))
		return FALSE;
	ret_about->first = packer->first;
	ret_about->lost = packer->lost != NULL ? &packer->lost->about : NULL;
	return TRUE;
}

static gboolean
is_kept(const Packer *packer, const Letter *letter)
{
	return letter != NULL && letter->whole && letter->place.length > 0 &&
	    letter->place.length <= 2 * packer->post->attach_most;
}

static GBytes *
word(Packer *packer, Store *store, const About *about, GError **error)
{
	g_autoptr(GBytes) original = NULL;

	if (material_attaches(&packer->wording, about) ||
	    (material_encloses(about->notice) && is_kept(packer, about->letter))) {
		original = spool_read(store_spool(store), &about->letter->place, error);
		if (original == NULL)
			return NULL;
	}
	return compose_mail(&packer->wording, about, original, packer->now, error);
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
bytes_of(Packer *packer, Store *store, Notice *notice, const About *about, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;

	if (notice->mail.length >= 0)
		return spool_read(store_spool(store), &notice->mail, error);
	bytes = word(packer, store, about, error);
	if (bytes == NULL || !keep(store, notice, bytes, error))
		return NULL;
	return g_steal_pointer(&bytes);
}

/* Where a bounce goes: to an address that only this mail has, or, without such addresses,
 * to our own.  What nobody waits for has the null sender, so that no machine answers. */
static char *
envelope_sender(const Packer *packer, const Notice *notice, GError **error)
{
	g_autofree char *secret = NULL;
	gboolean utf8;

	if (notice->bounce == NULL)
		return g_strdup("");
	secret = material_fact(notice, "bounce_address");
	return secret != NULL ? gate_address(secret, &utf8, error)
			      : g_strdup(packer->post->envelope_from);
}

static Parcel *
pack(const Packer *packer, const Notice *notice, GBytes *bytes, GError **error)
{
	g_autoptr(Parcel) parcel = g_new0(Parcel, 1);
	const char *to =
	    packer->post->redirect != NULL ? packer->post->redirect : notice->recipient;

	parcel->bytes = g_bytes_ref(bytes);
	parcel->sender = envelope_sender(packer, notice, error);
	if (parcel->sender == NULL)
		return NULL;
	parcel->recipient = gate_address(to, &parcel->utf8, error);
	parcel->name =
	    g_strdup_printf("%" G_GINT64_FORMAT ".N%" G_GINT64_FORMAT ".rector-mail",
		notice->created_at, notice->id);
	return parcel->recipient != NULL ? g_steal_pointer(&parcel) : NULL;
}

/* This notice cannot go, and the next one may.  One for our own calls a person, for then
 * an appeal lies still. */
static gboolean
set_aside(
    Packer *packer, Store *store, const Notice *notice, const char *why, GError **error)
{
	g_autofree char *detail =
	    g_strdup_printf("notice %" G_GINT64_FORMAT " cannot go: %s", notice->id, why);

	g_warning("%s", detail);
	return store_notice_refuse(store, notice->id, why, packer->now, error) &&
	    (compose_is_automatic(notice) ||
		store_alarm_raise(store, "undeliverable", detail, packer->now, error));
}

/* Words the notice and keeps the bytes; what cannot be worded is set aside. */
static Parcel *
word_and_pack(
    Packer *packer, Store *store, Notice *owned, const About *about, GError **error)
{
	g_autoptr(Notice) notice = owned;
	g_autoptr(GError) cause = NULL;
	g_autoptr(GBytes) bytes = bytes_of(packer, store, notice, about, &cause);
	Parcel *parcel = bytes != NULL ? pack(packer, notice, bytes, &cause) : NULL;

	if (parcel != NULL)
		parcel->notice = g_steal_pointer(&notice);
	else if (g_error_matches(cause, FAULT, FAULT_LETTER))
		set_aside(packer, store, notice, cause->message, error);
	else
		g_propagate_error(error, g_steal_pointer(&cause));
	return parcel;
}

/* Of the tries that ended in doubt, each may have reached the reader: not endlessly. */
static gboolean
was_too_often_unknown(
    const Packer *packer, Store *store, const Notice *notice, GError **error)
{
	return notice->attempts > 0 &&
	    store_notice_unknowns(store, notice->id, error) > packer->post->most_unknown;
}

static gboolean
give_up_unknown(Packer *packer, Store *store, const Notice *notice, GError **error)
{
	g_autofree char *detail = g_strdup_printf(
	    "notice %" G_GINT64_FORMAT ": nobody knows whether it arrived", notice->id);

	return set_aside(packer, store, notice, "unknown too often", error) &&
	    store_alarm_raise(store, "undeliverable", detail, packer->now, error);
}

/* TRUE when the notice may go; what else becomes of it is written down here. */
static gboolean
may_go(Packer *packer, Store *store, const Notice *notice, const Letter *letter,
    GError **error)
{
	g_autoptr(GError) cause = NULL;
	const char *why;

	if (was_too_often_unknown(packer, store, notice, &cause)) {
		give_up_unknown(packer, store, notice, error);
		return FALSE;
	}
	if (cause != NULL) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	switch (
	    guard_ask(packer->guard, store, notice, letter, packer->now, &why, error)) {
	case GUARD_REFUSE:
		set_aside(packer, store, notice, why, error);
		return FALSE;
	case GUARD_POSTPONE:
		store_notice_postpone(
		    store, notice->id, why, packer->now + HOUR, packer->now, error);
		return FALSE;
	case GUARD_STOP:
	case GUARD_FAULT:
		return FALSE; /* it stays due */
	case GUARD_PASS:
		break;
	}
	return TRUE;
}

gboolean
packer_pack(Packer *packer, Store *store, Notice *owned, gint64 now, Parcel **ret_parcel,
    GError **error)
{
	g_autoptr(Notice) notice = owned;
	g_autoptr(GError) cause = NULL;
	About about;

	packer->now = now;
	*ret_parcel = NULL;
	if (!read_about(packer, store, notice, &about, &cause)) {
		if (g_error_matches(cause, FAULT, FAULT_LETTER))
			return set_aside(packer, store, notice, cause->message, error);
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	if (may_go(packer, store, notice, about.letter, &cause))
		*ret_parcel = word_and_pack(
		    packer, store, g_steal_pointer(&notice), &about, &cause);
	if (cause == NULL)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&cause));
	return FALSE;
}
