/* A case, and the mails that people write about it, for the tests of the conversation. */
#pragma once

#include "case.h"
#include "route-house.h"
#include "step.h"
#include "task.h"

#define ACADEMIC "academic@" DOMAIN
#define CAMPUS "campus@" DOMAIN
#define MODERATOR "moderator@" DOMAIN
#define CITIZEN "anna@student.example"
#define GOOD_ANSWER "Расписание исправлено, занятия начнутся в понедельник в 9:00."
#define DAY_SECONDS (24 * 3600)

/* Of one of the newest notices of this kind to this role. */
static inline char *
reply_address(House *house, const char *kind, const char *role, const char *member)
{
	g_autoptr(GPtrArray) all =
	    store_notices_due(house->notifier, G_MAXINT64 / 2, 10000, NULL);
	g_autofree char *pattern = g_strdup_printf("\"%s\":\"([^\"]+)\"", member);
	g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
	char *found = NULL;

	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);
		g_autoptr(GMatchInfo) match = NULL;

		if (strcmp(notice->kind, kind) != 0 || strcmp(notice->role, role) != 0 ||
		    !g_regex_match(regex, notice->facts, 0, &match))
			continue;
		g_free(found);
		found = g_match_info_fetch(match, 1);
	}
	g_assert_nonnull(found);
	return found;
}

/* Case 2026-000001 of CITIZEN, at ACADEMIC, registered on Friday 20 March 2026, due on
 * 15 April.  What this owes is sent. */
static inline void
send_all(House *house, gint64 now)
{
	g_autoptr(GPtrArray) all = notices(house);

	for (guint i = 0; i < all->len; i++) {
		Notice *notice = g_ptr_array_index(all, i);
		DeliveryResult result = { .outcome = DELIVERY_SENT, .code = 250 };
		guint8 digest[SPOOL_DIGEST_LENGTH];
		gint64 delivery;
		g_autoptr(GError) error = NULL;

		if (!spool_begin(store_spool(house->notifier), &error) ||
		    !spool_write(store_spool(house->notifier), "mail", 4, &error) ||
		    !spool_end(
			store_spool(house->notifier), &notice->mail, digest, &error))
			g_assert_no_error(error);
		store_deliveries_begin(
		    house->notifier, &notice, 1, now, &delivery, &error);
		g_assert_no_error(error);
		result.delivery = delivery;
		result.notice = notice->id;
		store_deliveries_end(house->notifier, &result, 1, now, &error);
		g_assert_no_error(error);
	}
}

static inline Case *
the_case(House *house)
{
	g_autoptr(GError) error = NULL;
	Case *item = store_case_by_number(house->queue, "2026-000001", &error);

	g_assert_no_error(error);
	return item;
}

static inline char *
open_case(House *house, const Spec *spec)
{
	const Spec usual = { .outcome = OUTCOME_ACCEPT,
		.language = LANGUAGE_RU,
		.phone = "+7 701 123 45 67" };
	char *address;

	judge(house, spec != NULL ? spec : &usual);
	pass_at(house, NOW);
	address = reply_address(house, "forward", "official",
	    house->rules->reply.tagged ? "tag" : "reply_to");
	send_all(house, NOW);
	return address;
}

/* The official's mail; a pass follows. */
static inline gint64
write_mail(House *house, const Spec *spec)
{
	gint64 id = judge(house, spec);

	pass_at(house, (spec->received_at != 0 ? spec->received_at : NOW) + 60);
	return id;
}

static inline gint64
write_as(House *house, const char *from, const char *to, const char *text)
{
	const Spec spec = { .from = from,
		.recipients = to,
		.text = text,
		.language = LANGUAGE_RU,
		.message_id = "<mail@office.example>",
		.bare = TRUE };

	return write_mail(house, &spec);
}

/* "confirmation official academic@… {…}", a line a notice, without those sent. */
static inline char *
told(House *house)
{
	g_autoptr(GPtrArray) all = notices(house);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);
		g_autofree char *facts = facts_of(notice);

		g_string_append_printf(text, "%s%s %s %s %s", i > 0 ? "\n" : "",
		    notice->kind, notice->role, notice->recipient, facts);
	}
	return g_string_free(text, FALSE);
}

/* "extension academic 2026-04-30 reason", a line a step. */
static inline char *
steps_of(House *house)
{
	g_autoptr(Case) item = the_case(house);
	g_autoptr(GPtrArray) steps = store_steps(house->queue, item->id, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < steps->len; i++) {
		const Step *step = g_ptr_array_index(steps, i);

		g_string_append_printf(text, "%s%s %s %s %s", i > 0 ? "\n" : "",
		    step_names[step->kind], step->who,
		    step->day != NULL ? step->day : "-",
		    step->text != NULL ? step->text : "-");
	}
	return g_string_free(text, FALSE);
}

/* How many reminders of the clock wait. */
static inline guint
count_series(House *house, const char *series)
{
	g_autoptr(GPtrArray) all =
	    store_notices_due(house->notifier, G_MAXINT64 / 2, 10000, NULL);
	guint count = 0;

	for (guint i = 0; i < all->len; i++)
		count += g_strcmp0(((const Notice *)all->pdata[i])->series, series) == 0;
	return count;
}

static inline char *
state_why(House *house, gint64 id)
{
	g_autoptr(Letter) letter = store_letter_get(house->queue, id, NULL);

	return g_strdup_printf(
	    "%s %s", letter->state, letter->state_why != NULL ? letter->state_why : "-");
}
