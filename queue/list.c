/* list: the cases, by due date; or the tasks. */
#include "line.h"
#include "queue.h"
#include "tasks.h"
#include "view.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	const Program *program;
	char due_on[16]; /* the day of the row before: rows come by due date */
	int left;
	gint64 rows;
} List;

static int
days_left(List *list, const char *due_on)
{
	if (strcmp(list->due_on, due_on) != 0) {
		list->left = queue_days_left(list->program, due_on);
		g_strlcpy(list->due_on, due_on, sizeof(list->due_on));
	}
	return list->left;
}

static gboolean
print_row(const CaseRow *row, gpointer data)
{
	List *list = data;
	int left = days_left(list, row->due_on);

	if (queue_options.json) {
		line_print_json("number", 't', row->number, "due", 't', row->due_on,
		    "days_left", 'i', (gint64)left, "state", 't', row->state, "topic",
		    't', row->topic, "official", 't', row->official, "registered", 't',
		    row->registered_on, "letter", 'i', row->letter, "confidential", 'b',
		    row->confidential, NULL);
		return !ferror(stdout);
	}
	if (list->rows++ == 0)
		line_print("%-12s %-10s %5s  %-9s %-15s %s", "NUMBER", "DUE", "DAYS",
		    "STATE", "TOPIC", "OFFICIAL");
	line_print("%-12s %s %5d  %-9s %-15s %s%s", row->number, row->due_on, left,
	    row->state, row->topic, row->official,
	    row->confidential ? " (confidential)" : "");
	return !ferror(stdout);
}

static gboolean
is_one_of(const char *option, const char *value, const char *const *names, GError **error)
{
	g_autofree char *all = g_strjoinv(", ", (char **)names);

	if (value == NULL || g_strv_contains(names, value))
		return TRUE;
	g_set_error(
	    error, FAULT, FAULT_SETUP, "--%s %s: expected one of %s", option, value, all);
	return FALSE;
}

static gboolean
check_wishes(GError **error)
{
	static const char *const states[] = { "open", "extended", "answered", "closed",
		NULL };
	const QueueOptions *given = &queue_options;
	GDate day;

	if (given->tasks ? given->state != NULL || given->topic != NULL ||
		    given->official != NULL || given->due_by != NULL
			 : given->personal) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    given->tasks ? "list --tasks takes only --personal, --limit, --json"
				 : "list takes --personal only with --tasks");
		return FALSE;
	}
	if (!is_one_of("state", queue_options.state, states, error) ||
	    !is_one_of("topic", queue_options.topic, topic_names, error))
		return FALSE;
	if (queue_options.due_by == NULL || queue_day(queue_options.due_by, &day))
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "--due-by %s: expected a day, as 2026-12-11", queue_options.due_by);
	return FALSE;
}

gboolean
queue_list(Program *program, char **argv, GError **error)
{
	const CaseFilter filter = { queue_options.state, queue_options.official,
		queue_options.topic, queue_options.due_by, queue_options.limit };
	List list = { .program = program };

	if (!check_wishes(error))
		return FALSE;
	if (queue_options.tasks)
		return tasks_list(program, queue_options.limit, error);
	if (!view_cases(program->store, &filter, print_row, &list, error))
		return FALSE;
	if (list.rows == 0 && !queue_options.json)
		line_print("no cases");
	return TRUE;
}
