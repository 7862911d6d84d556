/* stats: how many of what. */
#include "line.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>

static gboolean
print_count(const char *group, const char *name, gint64 count, gpointer data)
{
	char **shown = data; /* the group whose heading is printed */

	if (queue_options.json) {
		line_print_json(
		    "group", 't', group, "name", 't', name, "count", 'i', count, NULL);
		return TRUE;
	}
	if (g_strcmp0(*shown, group) != 0) {
		printf("%s%s\n", *shown != NULL ? "\n" : "", group);
		g_free(*shown);
		*shown = g_strdup(group);
	}
	printf("  %-20s %10" G_GINT64_FORMAT "\n", name, count);
	return TRUE;
}

gboolean
queue_stats(Program *program, char **argv, GError **error)
{
	g_autofree char *group = NULL;

	return view_counts(program->store, print_count, &group, error);
}
