#include "fault.h"

#include <errno.h>
#include <stdarg.h>

G_DEFINE_QUARK(rector - fault, fault)

int
fault_exit_status(const GError *error)
{
	if (error == NULL)
		return 0;
	return error->domain == FAULT ? error->code : 1;
}

static gboolean
is_temporary(int number)
{
	switch (number) {
	case EAGAIN:
	case ECONNABORTED:
	case ECONNREFUSED:
	case ECONNRESET:
	case EDQUOT:
	case EHOSTUNREACH:
	case EINTR:
	case EIO:
	case EMFILE:
	case ENETDOWN:
	case ENETUNREACH:
	case ENFILE:
	case ENOBUFS:
	case ENOMEM:
	case ENOSPC:
	case EPIPE:
	case EROFS:
	case ETIMEDOUT:
		return TRUE;
	default:
		return FALSE;
	}
}

gboolean
fault_set_errno(GError **error, int number, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, FAULT, is_temporary(number) ? FAULT_RETRY : FAULT_SETUP,
	    "%s: %s", what, g_strerror(number));
	return FALSE;
}

gboolean
fault_hand_on(GError *failure, GError **error)
{
	if (failure != NULL)
		g_propagate_error(error, failure);
	return failure == NULL;
}
