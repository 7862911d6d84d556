/* stats: how many of what. */
#include "line.h"
#include "queue.h"
#include "view.h"

static gboolean
print_count(const char *group, const char *name, gint64 count, gpointer data)
{
	char **shown = data; /* the group whose heading is printed */
	g_autofree char *fitted = line_fit(name, 24);

	if (queue_options.json) {
		line_print_json(
		    "group", 't', group, "name", 't', name, "count", 'i', count, NULL);
		return TRUE;
	}
	if (g_strcmp0(*shown, group) != 0) {
		line_print("%s", group);
		g_free(*shown);
		*shown = g_strdup(group);
	}
	line_print("  %s %10" G_GINT64_FORMAT, fitted, count);
	return TRUE;
}

gboolean
queue_stats(Program *program, char **argv, GError **error)
{
	g_autofree char *group = NULL;

	if (!view_counts(program->store, print_count, &group, error))
		return FALSE;
	if (group == NULL && !queue_options.json)
		line_print("nothing has come yet");
	return TRUE;
}
