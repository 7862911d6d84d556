/* The entry in the official's calendar, read back by the library that calendars use. */
#include "mail-sample.h"

#include <libical/ical.h>

static const Entry entry = { "2026-000123", "rector@univ.example",
	"Үлгі педагогикалық университеті; \"№ 1\", Алматы", "staff@univ.example",
	"2026-12-31", 3, SAMPLE_NOW,
	"№ 2026-000123: инфрақұрылым, шаруашылық және қаржы мәселелері – жауап мерзімі",
	"№ 2026-000123 өтінішке жауап берудің соңғы күні: 2026 жылғы 31 желтоқсан.\n"
	"Жауапты осы өтініш келген хатқа жауап ретінде жазыңыз; \\n \"үтір\"." };

static icalcomponent *
parse(const Invite *invite)
{
	icalcomponent *calendar = icalparser_parse_string(invite->text);

	g_assert_nonnull(calendar);
	g_assert_cmpint(icalcomponent_count_errors(calendar), ==, 0);
	icalrestriction_check(calendar);
	g_assert_cmpint(icalcomponent_count_errors(calendar), ==, 0);
	return calendar;
}

static icalcomponent *
event_of(icalcomponent *calendar)
{
	icalcomponent *event =
	    icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);

	g_assert_nonnull(event);
	g_assert_null(icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT));
	return event;
}

static char *
day_of(struct icaltimetype time)
{
	g_assert_true(time.is_date);
	return g_strdup_printf("%04d-%02d-%02d", time.year, time.month, time.day);
}

static void
round_trips(void)
{
	g_autoptr(Invite) invite = invite_new(&entry, INVITE_REQUEST, FALSE);
	icalcomponent *calendar = parse(invite);
	icalcomponent *event = event_of(calendar);
	g_autofree char *start = day_of(icalcomponent_get_dtstart(event));
	g_autofree char *end = day_of(icalcomponent_get_dtend(event));
	icalproperty *organizer =
	    icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
	icalproperty *attendee =
	    icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
	struct icaltimetype stamp = icalcomponent_get_dtstamp(event);

	g_assert_cmpint(icalcomponent_get_method(calendar), ==, ICAL_METHOD_REQUEST);
	g_assert_cmpstr(invite->method, ==, "REQUEST");
	g_assert_cmpstr(
	    icalcomponent_get_uid(event), ==, "case-2026-000123@univ.example");
	g_assert_cmpint(icalcomponent_get_sequence(event), ==, 3);
	g_assert_cmpint(icaltime_as_timet(stamp), ==, SAMPLE_NOW);
	g_assert_true(icaltime_is_utc(stamp));
	g_assert_cmpstr(start, ==, "2026-12-31");
	g_assert_cmpstr(end, ==, "2027-01-01");
	g_assert_cmpstr(icalcomponent_get_summary(event), ==, entry.summary);
	g_assert_cmpstr(icalcomponent_get_description(event), ==, entry.description);
	g_assert_cmpint(icalcomponent_get_status(event), ==, ICAL_STATUS_CONFIRMED);
	g_assert_cmpstr(
	    icalproperty_get_organizer(organizer), ==, "mailto:rector@univ.example");
	g_assert_cmpstr(
	    icalproperty_get_attendee(attendee), ==, "mailto:staff@univ.example");
	g_assert_cmpint(icalparameter_get_rsvp(icalproperty_get_first_parameter(
			    attendee, ICAL_RSVP_PARAMETER)),
	    ==, ICAL_RSVP_FALSE);
	g_assert_cmpint(icalproperty_get_transp(icalcomponent_get_first_property(
			    event, ICAL_TRANSP_PROPERTY)),
	    ==, ICAL_TRANSP_TRANSPARENT);
	icalcomponent_free(calendar);
}

/* At nine in the morning, and never at midnight. */
static void
rings_twice(void)
{
	g_autoptr(Invite) invite = invite_new(&entry, INVITE_REQUEST, FALSE);
	icalcomponent *calendar = parse(invite);
	icalcomponent *event = event_of(calendar);
	static const char *const expected[] = { "2026-12-29 09:00", "2026-12-30 09:00" };
	guint i = 0;

	for (icalcomponent *alarm =
		 icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT);
	     alarm != NULL;
	     alarm = icalcomponent_get_next_component(event, ICAL_VALARM_COMPONENT)) {
		struct icaltriggertype trigger = icalproperty_get_trigger(
		    icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY));
		struct icaltimetype start = icalcomponent_get_dtstart(event);
		g_autofree char *at = NULL;

		start.is_date = 0;
		start = icaltime_add(start, trigger.duration);
		at = g_strdup_printf("%04d-%02d-%02d %02d:%02d", start.year, start.month,
		    start.day, start.hour, start.minute);
		g_assert_cmpint(i, <, 2);
		g_assert_cmpstr(at, ==, expected[i++]);
	}
	g_assert_cmpint(i, ==, 2);
	icalcomponent_free(calendar);
}

static void
publishes(void)
{
	g_autoptr(Invite) invite = invite_new(&entry, INVITE_PUBLISH, FALSE);
	icalcomponent *calendar = parse(invite);

	g_assert_cmpstr(invite->method, ==, "PUBLISH");
	g_assert_cmpint(icalcomponent_get_method(calendar), ==, ICAL_METHOD_PUBLISH);
	/* RFC 5546 3.2.1: a thing that is published invites nobody. */
	g_assert_null(
	    icalcomponent_get_first_property(event_of(calendar), ICAL_ATTENDEE_PROPERTY));
	icalcomponent_free(calendar);
}

static void
cancels(void)
{
	for (guint use = INVITE_REQUEST; use < INVITE_NONE; use++) {
		g_autoptr(Invite) invite = invite_new(&entry, (InviteUse)use, TRUE);
		icalcomponent *calendar = parse(invite);
		icalcomponent *event = event_of(calendar);

		g_assert_cmpstr(invite->method, ==, "CANCEL");
		g_assert_cmpint(
		    icalcomponent_get_method(calendar), ==, ICAL_METHOD_CANCEL);
		g_assert_cmpint(
		    icalcomponent_get_status(event), ==, ICAL_STATUS_CANCELLED);
		g_assert_cmpstr(
		    icalcomponent_get_uid(event), ==, "case-2026-000123@univ.example");
		g_assert_null(
		    icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT));
		icalcomponent_free(calendar);
	}
}

/* RFC 5545 3.1: 75 octets, and no letter torn. */
static void
folds(void)
{
	g_autoptr(Invite) invite = invite_new(&entry, INVITE_REQUEST, FALSE);
	g_auto(GStrv) lines = g_strsplit(invite->text, "\r\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		g_assert_cmpuint(strlen(*line), <=, 75);
		g_assert_true(g_utf8_validate(*line, -1, NULL));
		g_assert_null(strchr(*line, '\n'));
	}
}

static void
refuses_what_is_no_day(void)
{
	static const char *const days[] = { "", "soon", "2026-12-", "31.12.2026" };

	for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
		Entry other = entry;

		other.day = days[i];
		g_assert_null(invite_new(&other, INVITE_REQUEST, FALSE));
	}
}

/* --- in the mail --- */

static GMimeMultipart *
parts_of(const Mail *mail)
{
	return GMIME_MULTIPART(g_mime_message_get_mime_part(mail->message));
}

static void
stands_twice_in_the_mail(void)
{
	g_autoptr(Sample) sample = sample_of("reminder", LANGUAGE_KK);
	g_auto(Mail) mail = { 0 };
	GMimeObject *both, *entry_part, *file;

	read_sample(sample, NULL, &mail);
	g_assert_cmpint(g_mime_multipart_get_count(parts_of(&mail)), ==, 2);
	both = g_mime_multipart_get_part(parts_of(&mail), 0);
	file = g_mime_multipart_get_part(parts_of(&mail), 1);
	entry_part = g_mime_multipart_get_part(GMIME_MULTIPART(both), 2);

	/* The best of the alternatives stands last. */
	g_assert_cmpstr(g_mime_object_get_content_type_parameter(entry_part, "method"),
	    ==, "REQUEST");
	g_assert_cmpstr(
	    g_mime_object_get_content_type_parameter(entry_part, "charset"), ==, "utf-8");
	g_assert_null(g_mime_object_get_disposition(entry_part));
	g_assert_cmpstr(g_mime_object_get_disposition(file), ==, "attachment");
	g_assert_cmpstr(g_mime_part_get_filename(GMIME_PART(file)), ==, "invite.ics");
	assert_has(mail.entry, "\nMETHOD:REQUEST\n");
	assert_has(mail.entry, "\nDTSTART;VALUE=DATE:20261214\n");
}

static void
obeys_the_setting(void)
{
	static const struct {
		InviteUse use;
		const char *method;
	} rows[] = { { INVITE_REQUEST, "METHOD:REQUEST" },
		{ INVITE_PUBLISH, "METHOD:PUBLISH" }, { INVITE_NONE, NULL } };

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sample) sample = sample_of("reminder", LANGUAGE_EN);
		g_auto(Mail) mail = { 0 };

		sample->wording.calendar = rows[i].use;
		read_sample(sample, NULL, &mail);
		if (rows[i].method != NULL)
			assert_has(mail.entry, rows[i].method);
		else
			g_assert_null(mail.entry);
		g_assert_cmpint(mail.enclosed, ==, rows[i].method != NULL ? 1 : 0);
	}
}

/* 5.5: nothing of the author, in any case. */
static void
tells_nothing_of_the_author(void)
{
	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autoptr(Sample) sample = sample_of("forward", (Language)language);
		g_auto(Mail) mail = { 0 };
		g_autofree char *entry_text = NULL;
		g_auto(GStrv) lines = NULL;

		read_sample(sample, NULL, &mail);
		lines = g_strsplit(mail.entry, "\n ", -1);
		entry_text = g_strjoinv("", lines);
		assert_lacks(entry_text, sample->reading->name);
		assert_lacks(entry_text, sample->reading->subject);
		assert_lacks(entry_text, sample->reading->email);
		assert_lacks(entry_text, "701");
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/invite/what was written is read back", round_trips);
	g_test_add_func("/invite/two alarms in the morning", rings_twice);
	g_test_add_func("/invite/published, it invites nobody", publishes);
	g_test_add_func("/invite/taken back under the same name", cancels);
	g_test_add_func("/invite/its lines are folded", folds);
	g_test_add_func("/invite/no day, no entry", refuses_what_is_no_day);
	g_test_add_func(
	    "/invite/among the alternatives and as a file", stands_twice_in_the_mail);
	g_test_add_func("/invite/as the setting says", obeys_the_setting);
	g_test_add_func("/invite/nothing of the author", tells_nothing_of_the_author);
	return g_test_run();
}
