#include "datafile.h"

#include "fault.h"

char *
datafile_read(const char *file, GError **error)
{
	g_autoptr(GError) unread = NULL;
	char *content = NULL;

	if (!g_file_get_contents(file, &content, NULL, &unread))
		datafile_refuse(error, file, 0, "%s", unread->message);
	return content;
}

gboolean
datafile_refuse(GError **error, const char *file, int line, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (line > 0)
		g_set_error(error, FAULT, FAULT_SETUP, "%s:%d: %s", file, line, what);
	else
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, what);
	return FALSE;
}
