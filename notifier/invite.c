#include "invite.h"

#include <libical/ical.h>
#include <string.h>

/* An entry for a whole day begins at midnight; nobody is woken then, but told at nine in
 * the morning, two days and one day before. */
#define HOUR 3600
#define TWO_DAYS_BEFORE (-(24 + 15) * HOUR)
#define ONE_DAY_BEFORE (-15 * HOUR)

const char *const invite_names[] = { "request", "publish", "none", NULL };

void
invite_free(Invite *invite)
{
	if (invite == NULL)
		return;
	g_free(invite->text);
	g_free(invite);
}

static void
add_alarm(icalcomponent *event, const Entry *entry, int seconds)
{
	icalcomponent_add_component(event,
	    icalcomponent_vanew(ICAL_VALARM_COMPONENT,
		icalproperty_new_action(ICAL_ACTION_DISPLAY),
		icalproperty_new_trigger(icaltriggertype_from_int(seconds)),
		icalproperty_new_description(entry->summary), (void *)0));
}

static icalproperty *
organizer(const Entry *entry)
{
	g_autofree char *uri = g_strconcat("mailto:", entry->address, NULL);

	return icalproperty_vanew_organizer(
	    uri, icalparameter_new_cn(entry->name), (void *)0);
}

/* Nobody has to answer: the date is the law's. */
static icalproperty *
attendee(const Entry *entry)
{
	g_autofree char *uri = g_strconcat("mailto:", entry->reader, NULL);

	return icalproperty_vanew_attendee(uri,
	    icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT),
	    icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION),
	    icalparameter_new_rsvp(ICAL_RSVP_FALSE), (void *)0);
}

static icalcomponent *
new_event(const Entry *entry, struct icaltimetype day, InviteUse use, gboolean cancel)
{
	g_autofree char *uid =
	    g_strdup_printf("case-%s%s", entry->number, strrchr(entry->address, '@'));
	struct icaltimetype next = day;
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);

	icaltime_adjust(&next, 1, 0, 0, 0);
	icalcomponent_set_uid(event, uid);
	icalcomponent_set_sequence(event, (int)entry->sequence);
	icalcomponent_set_dtstamp(event,
	    icaltime_from_timet_with_zone(
		(time_t)entry->now, 0, icaltimezone_get_utc_timezone()));
	icalcomponent_set_dtstart(event, day);
	icalcomponent_set_dtend(event, next);
	icalcomponent_set_summary(event, entry->summary);
	icalcomponent_set_description(event, entry->description);
	icalcomponent_add_property(event, organizer(entry));
	if (use == INVITE_REQUEST)
		icalcomponent_add_property(event, attendee(entry));
	icalcomponent_set_status(
	    event, cancel ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
	/* The day stays free for meetings. */
	icalcomponent_add_property(
	    event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	if (!cancel) {
		add_alarm(event, entry, TWO_DAYS_BEFORE);
		add_alarm(event, entry, ONE_DAY_BEFORE);
	}
	return event;
}

Invite *
invite_new(const Entry *entry, InviteUse use, gboolean cancel)
{
	g_auto(GStrv) parts = g_strsplit(entry->day, "-", -1);
	g_autofree char *digits = g_strjoinv("", parts);
	struct icaltimetype day = icaltime_from_string(digits);
	icalcomponent *calendar;
	Invite *invite;
	char *text;

	if (icaltime_is_null_time(day) || !day.is_date)
		return NULL;
	invite = g_new0(Invite, 1);
	invite->method = cancel     ? "CANCEL"
	    : use == INVITE_PUBLISH ? "PUBLISH"
				    : "REQUEST";
	calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
	    icalproperty_new_prodid("-//rector-mail//rector-notifier//EN"),
	    icalproperty_new_version("2.0"),
	    icalproperty_new_method(cancel  ? ICAL_METHOD_CANCEL
		    : use == INVITE_PUBLISH ? ICAL_METHOD_PUBLISH
					    : ICAL_METHOD_REQUEST),
	    new_event(entry, day, use, cancel), (void *)0);
	text = icalcomponent_as_ical_string_r(calendar);
	invite->text = g_strdup(text);
	icalmemory_free_buffer(text);
	icalcomponent_free(calendar);
	return invite;
}
