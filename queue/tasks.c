#include "tasks.h"

#include "line.h"
#include "queue.h"
#include "task-person.h"

#include <stdio.h>
#include <string.h>

/* A task with the mail that it is about. */
typedef struct {
	const Program *program;
	const Task *task;
	Notice *notice; /* NULL: it is about none */
	TaskPerson person;
} Row;

static void
row_clear(Row *row)
{
	notice_free(row->notice);
	task_person_clear(&row->person);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Row, row_clear)

static gboolean
row_read(Row *row, GError **error)
{
	Store *store = row->program->store;

	if (row->task->notice == 0)
		return TRUE;
	row->notice = store_notice_get(store, row->task->notice, error);
	return row->notice != NULL &&
	    (!queue_options.personal ||
		task_person_read(store, row->notice, &row->person, error));
}

/* --- text --- */

static void
print_person(const TaskPerson *person)
{
	g_auto(GStrv) lines =
	    g_strsplit(person->text != NULL ? person->text : "", "\n", -1);

	line_print_field("name", person->name);
	line_print_field("telephone", person->phone);
	line_print_field("address", person->recipient);
	for (char **line = lines; *line != NULL; line++)
		line_print("  | %s", *line);
}

static void
print_row(const Row *row)
{
	const Task *task = row->task;
	g_autofree char *letter =
	    g_strdup_printf("letter %" G_GINT64_FORMAT, task->letter);
	char time[QUEUE_TIME_SIZE];

	line_print("%-6" G_GINT64_FORMAT " %.16s  %-16s %-12s %-15s %s", task->id,
	    queue_time(row->program, task->created_at, time), task->kind,
	    task->number != NULL ? task->number : letter,
	    row->notice != NULL ? row->notice->kind : "", task->detail);
	if (queue_options.personal)
		print_person(&row->person);
}

static void
print_heading(void)
{
	line_print("%-6s %-16s  %-16s %-12s %-15s %s", "TASK", "SINCE", "WHAT", "ABOUT",
	    "MAIL", "CODE");
}

/* --- JSON --- */

static void
add_pairs(GString *json, const Row *row)
{
	const Task *task = row->task;
	char time[QUEUE_TIME_SIZE];

	line_json_add(json, "task", 'i', task->id, "what", 't', task->kind, "since", 't',
	    queue_time(row->program, task->created_at, time), "code", 't', task->detail,
	    "number", 't', task->number, NULL);
	if (task->letter != 0)
		line_json_add(json, "letter", 'i', task->letter, NULL);
	if (row->notice != NULL)
		line_json_add(json, "notice", 'i', row->notice->id, "mail", 't',
		    row->notice->kind, "role", 't', row->notice->role, NULL);
	if (queue_options.personal)
		line_json_add(json, "name", 't', row->person.name, "phone", 't',
		    row->person.phone, "recipient", 't', row->person.recipient, "text",
		    't', row->person.text, NULL);
}

/* --- all of them --- */

gboolean
tasks_list(Program *program, gint64 limit, GError **error)
{
	g_autoptr(GPtrArray) tasks = store_tasks(program->store, error);

	for (guint i = 0; tasks != NULL && i < tasks->len && (limit == 0 || i < limit);
	     i++) {
		g_auto(Row) row = { .program = program, .task = tasks->pdata[i] };

		if (!row_read(&row, error))
			return FALSE;
		if (queue_options.json) {
			g_autoptr(GString) json = g_string_new(NULL);

			line_json_begin(json, NULL, '{');
			add_pairs(json, &row);
			line_json_end(json, '}');
			line_print("%s", json->str);
		} else {
			if (i == 0)
				print_heading();
			print_row(&row);
		}
		if (!line_is_read())
			return TRUE;
	}
	if (tasks != NULL && tasks->len == 0 && !queue_options.json)
		line_print("no tasks");
	return tasks != NULL;
}

gboolean
tasks_print(const Program *program, gint64 letter, GError **error)
{
	g_autoptr(GPtrArray) tasks = store_tasks_of_letter(program->store, letter, error);

	for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
		g_auto(Row) row = { .program = program, .task = tasks->pdata[i] };

		if (!row_read(&row, error))
			return FALSE;
		if (i == 0)
			line_print("tasks");
		print_row(&row);
	}
	return tasks != NULL;
}

gboolean
tasks_add_json(const Program *program, gint64 letter, GString *json, GError **error)
{
	g_autoptr(GPtrArray) tasks = store_tasks_of_letter(program->store, letter, error);

	line_json_begin(json, "tasks", '[');
	for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
		g_auto(Row) row = { .program = program, .task = tasks->pdata[i] };

		if (!row_read(&row, error))
			return FALSE;
		line_json_begin(json, NULL, '{');
		add_pairs(json, &row);
		line_json_end(json, '}');
	}
	line_json_end(json, ']');
	return tasks != NULL;
}

/* --- done --- */

static gboolean
read_task(const char *text, gint64 *ret_task, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, ret_task, &reason))
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "\"%s\": expected a task's number; list --tasks shows them", text);
	return FALSE;
}

gboolean
queue_done(Program *program, char **argv, GError **error)
{
	gint64 task;

	if (!queue_has_reason(error) || !read_task(argv[1], &task, error) ||
	    !store_task_done(program->store, task, queue_who(), queue_options.reason,
		program_now(program), error))
		return FALSE;
	if (queue_options.json)
		line_print_json(
		    "task", 'i', task, "done", 'b', TRUE, "by", 't', queue_who(), NULL);
	else
		line_print("task %" G_GINT64_FORMAT ": done by %s", task, queue_who());
	return TRUE;
}
