/* list: the cases, by due date. */
#include "line.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	GDate today;
	char due_on[16]; /* the day of the row before: rows come by due date */
	int left;
	gint64 rows;
} List;

static void
read_day(const char *text, GDate *ret_day)
{
	int year = 1, month = 1, day = 1;

	sscanf(text, "%d-%d-%d", &year, &month, &day);
	g_date_clear(ret_day, 1);
	g_date_set_dmy(ret_day, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static int
days_left(List *list, const char *due_on)
{
	GDate due;

	if (strcmp(list->due_on, due_on) != 0) {
		read_day(due_on, &due);
		list->left = g_date_days_between(&list->today, &due);
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
		return TRUE;
	}
	if (list->rows++ == 0)
		printf("NUMBER       DUE         DAYS  STATE     TOPIC           "
		       "OFFICIAL\n");
	printf("%-12s %s %5d  %-9s %-15s %s%s\n", row->number, row->due_on, left,
	    row->state, row->topic, row->official,
	    row->confidential ? " (confidential)" : "");
	return TRUE;
}

gboolean
queue_list(Program *program, char **argv, GError **error)
{
	const CaseFilter filter = { queue_options.state, queue_options.official,
		queue_options.topic, queue_options.due_by, queue_options.limit };
	List list = { .rows = 0 };
	char today[QUEUE_TIME_SIZE];

	read_day(queue_time(program, program_now(program), today), &list.today);
	if (!view_cases(program->store, &filter, print_row, &list, error))
		return FALSE;
	if (list.rows == 0 && !queue_options.json)
		printf("no cases\n");
	return TRUE;
}
