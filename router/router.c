#include "router.h"

#include "citizen.h"
#include "command-words.h"
#include "fault.h"

#include <string.h>

typedef struct {
	gint64 term_days;
	int closing;
	char *calendar, *holidays, *complaint;
	int unsure_topic, adverts, term_from;
	char **reminders;
	int office_from, digest, report;
	gint64 overdue_office, held_after;
	char *commands, *follow_ups, *reply_key, *reply_key_old, *reply_key_old_until;
	char *authserv_id;
	int reply_address, answers, extension_limit;
	gint64 completion_days;
} Group;

static const char *const unsure_names[] = { "hold", "guess", NULL };
static const char *const advert_names[] = { "silent", "notice", NULL };
static const char *const term_names[] = { "completion", "arrival", NULL };

static const char *const address_names[] = { "plus", "subject", NULL };
static const char *const answer_ways[] = { "approved", "direct", NULL };
static const char *const limit_names[] = { "decision", "both", NULL };

#define LONGEST_TERM 45

/* The shortest term still has a day 1 before its last day; nobody answers for longer than
 * the law's two months. */
static const Setting router_settings[] = {
	{ "term_days", SETTING_INTEGER, "15", offsetof(Group, term_days), 2,
	    LONGEST_TERM },
	{ "term_from", SETTING_CHOICE, "completion", offsetof(Group, term_from), 0, 0,
	    term_names },
	{ "closing", SETTING_TIME, "18:00", offsetof(Group, closing) },
	{ "reminders", SETTING_LIST, "5;2;0", offsetof(Group, reminders) },
	{ "office_from", SETTING_TIME, "09:00", offsetof(Group, office_from) },
	{ "overdue_office", SETTING_INTEGER, "3", offsetof(Group, overdue_office), 1,
	    15 },
	{ "held_after", SETTING_INTEGER, "1", offsetof(Group, held_after), 1, 15 },
	{ "digest", SETTING_TIME, "08:30", offsetof(Group, digest) },
	{ "report", SETTING_TIME, "08:30", offsetof(Group, report) },
	{ "calendar", SETTING_PATH, NULL, offsetof(Group, calendar) },
	{ "holidays", SETTING_PATH, NULL, offsetof(Group, holidays) },
	{ "complaint_words", SETTING_PATH, NULL, offsetof(Group, complaint) },
	{ "unsure_topic", SETTING_CHOICE, "hold", offsetof(Group, unsure_topic), 0, 0,
	    unsure_names },
	{ "adverts", SETTING_CHOICE, "silent", offsetof(Group, adverts), 0, 0,
	    advert_names },
	{ "command_words", SETTING_PATH, NULL, offsetof(Group, commands) },
	{ "reply_words", SETTING_PATH, NULL, offsetof(Group, follow_ups) },
	{ "reply_address", SETTING_CHOICE, "plus", offsetof(Group, reply_address), 0, 0,
	    address_names },
	{ "reply_key", SETTING_PATH, NULL, offsetof(Group, reply_key) },
	{ "reply_key_old", SETTING_PATH, NULL, offsetof(Group, reply_key_old) },
	{ "reply_key_old_until", SETTING_DATE, NULL,
	    offsetof(Group, reply_key_old_until) },
	{ "authserv_id", SETTING_STRING, NULL, offsetof(Group, authserv_id) },
	{ "answers", SETTING_CHOICE, "approved", offsetof(Group, answers), 0, 0,
	    answer_ways },
	{ "extension_limit", SETTING_CHOICE, "decision", offsetof(Group, extension_limit),
	    0, 0, limit_names },
	{ "completion_days", SETTING_INTEGER, "30", offsetof(Group, completion_days), 1,
	    365 },
	{ NULL },
};

/* The last half year of UTC+6, and UTC+5 since 1 March 2024. */
#define ALMATY "Asia/Almaty"
#define NEW_YEAR_2025 G_GINT64_CONSTANT(1735689600)
#define FIVE_HOURS (5 * 3600)

GTimeZone *
router_zone(const char *name, GError **error)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name);
	int interval;

	if (zone == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "timezone: \"%s\" is unknown; is the package tzdata installed?",
		    name);
		return NULL;
	}
	interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, NEW_YEAR_2025);
	if (strcmp(name, ALMATY) == 0 &&
	    g_time_zone_get_offset(zone, interval) != FIVE_HOURS) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "timezone: this system's data is older than Kazakhstan's change to "
		    "UTC+5 of "
		    "1 March 2024; update the package tzdata");
		return NULL;
	}
	return g_steal_pointer(&zone);
}

void
router_free(Router *router)
{
	if (router == NULL)
		return;
	g_free(router->domain);
	g_clear_pointer(&router->zone, g_time_zone_unref);
	complaint_free(router->complaint);
	keyring_free(router->reply.ring);
	g_free(router->reply.authserv_id);
	phrases_free(router->reply.commands);
	phrases_free(router->reply.follow_ups);
	g_free(router->reply.keys);
	g_clear_pointer(&router->officials, g_ptr_array_unref);
	calendar_free(router->calendar);
	g_free(router);
}

static char *
file_or(const char *set, const char *data, const char *name)
{
	return set != NULL ? g_strdup(set) : g_build_filename(data, name, NULL);
}

static gboolean
load_files(Router *router, const Group *group, const char *data, GError **error)
{
	g_autofree char *days = file_or(group->calendar, data, "kz-days.tsv");
	g_autofree char *holidays = file_or(group->holidays, data, "holidays.tsv");
	g_autofree char *words = file_or(group->complaint, data, "complaint.txt");
	g_autofree char *commands = file_or(group->commands, data, "commands.txt");
	g_autofree char *follow_ups = file_or(group->follow_ups, data, "reply.txt");

	router->calendar = calendar_load(days, holidays, error);
	if (router->calendar != NULL)
		router->complaint = complaint_load(words, router->officials, error);
	if (router->complaint != NULL)
		router->reply.commands = command_words_load(commands, error);
	if (router->reply.commands != NULL)
		router->reply.follow_ups = citizen_words_load(follow_ups, error);
	return router->reply.follow_ups != NULL;
}

static gboolean
take_reply(Router *router, const Settings *settings, Group *group, GError **error)
{
	ReplyRule *rule = &router->reply;
	gboolean old = group->reply_key_old != NULL;

	if (old != (group->reply_key_old_until != NULL))
		return settings_refuse(settings, "router", "reply_key_old", error,
		    "goes with reply_key_old_until, the last day on which it counts");
	rule->tagged = group->reply_address == 1;
	rule->direct = group->answers == 1;
	rule->strict_limit = group->extension_limit == 1;
	rule->completion_days = (int)group->completion_days;
	rule->authserv_id = g_strdup(group->authserv_id);
	rule->keys = g_new0(const char *, router->officials->len + 1);
	for (guint i = 0; i < router->officials->len; i++)
		rule->keys[i] = ((const Official *)router->officials->pdata[i])->key;
	rule->ring = keyring_new(group->reply_key, group->reply_key_old,
	    old ? day_parse(group->reply_key_old_until) : 0, error);
	return rule->ring != NULL;
}

/* Working days before the due date. */
static gboolean
take_clock(Router *router, const Settings *settings, const Group *group, GError **error)
{
	guint n = g_strv_length(group->reminders);

	if (n > G_N_ELEMENTS(router->clock.reminders))
		return settings_refuse(settings, "router", "reminders", error,
		    "at most %d", (int)G_N_ELEMENTS(router->clock.reminders));
	for (guint i = 0; i < n; i++) {
		guint64 days;

		if (!g_ascii_string_to_unsigned(
			group->reminders[i], 10, 0, LONGEST_TERM, &days, NULL))
			return settings_refuse(settings, "router", "reminders", error,
			    "\"%s\" is no number of working days", group->reminders[i]);
		router->clock.reminders[i] = (int)days;
	}
	router->clock.n_reminders = n;
	router->clock.office_from = group->office_from;
	router->clock.overdue_office = (int)group->overdue_office;
	router->clock.held_after = (int)group->held_after;
	router->clock.digest = group->digest;
	router->clock.report = group->report;
	return TRUE;
}

static gboolean
take_domain(Router *router, const Settings *settings, GError **error)
{
	const char *at = strrchr(router->university.address, '@');

	router->domain = g_hostname_to_ascii(at != NULL ? at + 1 : "");
	return router->domain != NULL ||
	    settings_refuse(
		settings, "university", "address", error, "its domain is no host name");
}

/* Mail to the rector's own mailbox would come back as a new letter. */
static gboolean
check_officials(const Router *router, const Settings *settings, GError **error)
{
	for (guint i = 0; i < router->officials->len; i++) {
		const Official *official = g_ptr_array_index(router->officials, i);
		g_autofree char *group = g_strconcat("official ", official->key, NULL);

		if (g_ascii_strcasecmp(official->address, router->university.address) ==
		    0)
			return settings_refuse(settings, group, "address", error,
			    "is the rector's own mailbox, to which no mail is sent");
	}
	return TRUE;
}

Router *
router_load(const Settings *settings, const University *university, const char *data,
    GError **error)
{
	g_autoptr(Router) router = g_new0(Router, 1);
	Group group = { 0 };
	gboolean done;

	router->university = *university;
	done = take_domain(router, settings, error) &&
	    settings_group(settings, "router", router_settings, &group, error) &&
	    (router->zone = router_zone(university->timezone, error)) != NULL &&
	    (router->officials = officials_load(settings, error)) != NULL &&
	    check_officials(router, settings, error) &&
	    take_clock(router, settings, &group, error) &&
	    take_reply(router, settings, &group, error) &&
	    load_files(router, &group, data, error);
	router->rule =
	    (DueRule){ .term_days = (int)group.term_days, .closing = group.closing };
	router->hold_unsure = group.unsure_topic == 0;
	router->term_from_completion = group.term_from == 0;
	router->silent_adverts = group.adverts == 0;
	settings_group_clear(router_settings, &group);
	return done ? g_steal_pointer(&router) : NULL;
}
