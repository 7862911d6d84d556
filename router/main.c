/* rector-router: makes cases of accepted letters and owes everybody the notices he is
 * due. */
#include "clock.h"
#include "program.h"
#include "recount.h"
#include "round.h"
#include "route.h"

#include <stdio.h>

#define DEFAULT_ZONE "Asia/Almaty"

static char *due_time;
static gboolean as_json, recount;
static gint64 next_round;

static const GOptionEntry options[] = {
	{ "due", 0, 0, G_OPTION_ARG_STRING, &due_time,
	    "Count the term of a letter received at TIME, and leave; needs no settings",
	    "TIME" },
	{ "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "With --due: one JSON object",
	    NULL },
	{ "recount", 0, 0, G_OPTION_ARG_NONE, &recount,
	    "Count every open case's term anew, print what moved, and leave", NULL },
	{ NULL },
};

static gboolean
print_due(GError **error)
{
	const DueRule rule = { .term_days = 15, .closing = 18 * 60 };
	g_autofree char *data = program_data_folder("router");
	g_autofree char *days = g_build_filename(data, "kz-days.tsv", NULL);
	g_autofree char *holidays = g_build_filename(data, "holidays.tsv", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GTimeZone) zone = router_zone(DEFAULT_ZONE, error);
	g_autoptr(Calendar) calendar =
	    zone != NULL ? calendar_load(days, holidays, error) : NULL;
	g_auto(Due) due = { 0 };
	gint64 received_at;

	if (calendar == NULL || !clock_parse(due_time, &received_at, error) ||
	    !due_count(calendar, &rule, zone, received_at, &due, error))
		return FALSE;
	text = as_json ? due_json(&due, calendar) : due_text(&due, calendar);
	fputs(text, stdout);
	return TRUE;
}

static gboolean
standalone(Program *program, GError **error)
{
	if (due_time != NULL)
		print_due(error);
	return due_time != NULL;
}

static gboolean
configure(Program *program, GError **error)
{
	g_autofree char *data = program_data_folder("router");
	g_autofree char *warning = NULL;
	Router *router =
	    router_load(program->settings, &program->university, data, error);

	program->state = router;
	if (router == NULL)
		return FALSE;
	warning = calendar_warning(
	    router->calendar, day_of_instant(program_now(program), router->zone, NULL));
	if (warning != NULL)
		g_warning("%s", warning);
	return TRUE;
}

static gboolean
pass(Program *program, GError **error)
{
	const Desk desk = { program->state, program->store, program_now(program) };

	if (recount)
		return store_hold_room(desk.store, error) &&
		    recount_all(&desk, stdout, error);
	return route_pass(desk.store, desk.router, desk.now, error) &&
	    round_pass(desk.store, desk.router, desk.now, &next_round, error);
}

static void
finish(Program *program)
{
	router_free(program->state);
	g_free(due_time);
}

int
main(int argc, char *argv[])
{
	Program program = { .name = "rector-router",
		.summary = "Gives accepted letters a number, an official and a due date.",
		.room = ROOM_ROUTER,
		.options = options,
		.configure = configure,
		.standalone = standalone,
		.pass = pass,
		.finish = finish };

	return program_run(&program, argc, argv);
}
