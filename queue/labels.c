#include "labels.h"

#include "fault.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define LIST "labels.tsv"
#define COLUMNS                                                                          \
	"file\tlang\tkind\toutcome\trules\ttopic\tname\tphone\tconfidential\thard\twhy"  \
	"\n"

struct Labels {
	char *folder, *list;
	GHashTable *files; /* that have a line */
};

void
labels_close(Labels *labels)
{
	if (labels == NULL)
		return;
	g_free(labels->folder);
	g_free(labels->list);
	g_hash_table_unref(labels->files);
	g_free(labels);
}

static gboolean
refuse(GError **error, const Labels *labels, const char *name, const char *what)
{
	g_set_error(error, FAULT, FAULT_SETUP, "%s: %s %s; name a folder of its own",
	    labels->folder, name, what);
	return FALSE;
}

static gboolean
check_files(const Labels *labels, const char *prefix, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(GDir) folder = g_dir_open(labels->folder, 0, &failure);
	const char *name;

	if (folder == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
		return FALSE;
	}
	while ((name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *shown = g_filename_display_name(name);

		if (strcmp(name, LIST) != 0 &&
		    !(g_str_has_prefix(name, prefix) && g_str_has_suffix(name, ".eml")))
			return refuse(error, labels, shown, "is no letter of this kind");
	}
	return TRUE;
}

/* Takes away a last line that a crash has cut: its letter comes again. */
static gboolean
mend_list(const Labels *labels, const char *text, GError **error)
{
	const char *end = strrchr(text, '\n');
	g_autoptr(GError) failure = NULL;

	if (end == NULL || end[1] == '\0' ||
	    g_file_set_contents_full(labels->list, text, end + 1 - text,
		G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
		return TRUE;
	g_set_error(error, FAULT, FAULT_RETRY, "%s", failure->message);
	return FALSE;
}

static gboolean
read_list(Labels *labels, GError **error)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(labels->list, &text, NULL, NULL))
		text = g_strdup("");
	if (*text != '\0' && !g_str_has_prefix(text, COLUMNS))
		return refuse(error, labels, LIST, "has other columns");
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 1; lines[0] != NULL && lines[i] != NULL && lines[i + 1] != NULL;
	     i++)
		g_hash_table_add(
		    labels->files, g_strndup(lines[i], strcspn(lines[i], "\t")));
	return mend_list(labels, text, error);
}

Labels *
labels_open(const char *folder, const char *prefix, GError **error)
{
	g_autoptr(Labels) labels = g_new0(Labels, 1);

	labels->folder = g_strdup(folder);
	labels->list = g_build_filename(folder, LIST, NULL);
	labels->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (g_mkdir(folder, 0700) < 0 && errno != EEXIST) {
		fault_set_errno(error, errno, "%s", folder);
		return NULL;
	}
	if (!check_files(labels, prefix, error) || !read_list(labels, error))
		return NULL;
	return g_steal_pointer(&labels);
}

gboolean
labels_has(const Labels *labels, const char *file)
{
	return g_hash_table_contains(labels->files, file);
}

/* A field on one line, without what ends it. */
static void
append_field(GString *line, const char *text, char end)
{
	for (const char *p = text != NULL ? text : ""; *p != '\0';
	     p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		g_string_append_unichar(
		    line, g_unichar_isprint(c) && !g_unichar_isspace(c) ? c : ' ');
	}
	g_string_append_c(line, end);
}

static char *
line_of(const Label *label)
{
	const char *const fields[] = { label->file, label->lang, label->kind,
		label->outcome, label->rules, label->topic, label->name, label->phone,
		label->confidential, label->hard, label->why };
	GString *line = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
		append_field(line, fields[i], i + 1 < G_N_ELEMENTS(fields) ? '\t' : '\n');
	return g_string_free(line, FALSE);
}

static gboolean
append_line(const Labels *labels, const char *line, GError **error)
{
	FILE *list = fopen(labels->list, "ae");
	gboolean written = list != NULL && g_chmod(labels->list, 0600) == 0;

	if (written && ftell(list) == 0)
		written = fputs(COLUMNS, list) >= 0;
	written = written && fputs(line, list) >= 0;
	if (list != NULL)
		written = fclose(list) == 0 && written;
	return written || fault_set_errno(error, errno, "%s", labels->list);
}

gboolean
labels_add(
    Labels *labels, const Label *label, const char *bytes, gsize length, GError **error)
{
	g_autofree char *path = g_build_filename(labels->folder, label->file, NULL);
	g_autofree char *line = line_of(label);
	g_autoptr(GError) failure = NULL;

	if (!g_file_set_contents_full(path, bytes, (gssize)length,
		G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure)) {
		g_set_error(error, FAULT, FAULT_RETRY, "%s", failure->message);
		return FALSE;
	}
	if (!append_line(labels, line, error))
		return FALSE;
	g_hash_table_add(labels->files, g_strdup(label->file));
	return TRUE;
}
