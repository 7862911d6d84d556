#include "maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"

/* An address as a folder's name: nothing that is a path, nothing hidden. */
static char *
folder_name(const char *recipient)
{
	g_autofree char *lower = g_utf8_strdown(recipient, -1);
	GString *name = g_string_new(NULL);

	for (const char *at = lower; *at != '\0'; at++)
		if (g_ascii_isalnum(*at) || strchr("@+-_", *at) != NULL ||
		    (*at == '.' && name->len > 0))
			g_string_append_c(name, *at);
		else
			g_string_append_printf(name, "%%%02X", (guchar)*at);
	return g_string_free(name, FALSE);
}

static char *
folder_for(const Post *post, const Parcel *parcel)
{
	g_autofree char *name = folder_name(parcel->recipient);

	return post->one_maildir ? g_strdup(post->maildir)
				 : g_build_filename(post->maildir, name, NULL);
}

static gboolean
make_folders(const char *folder)
{
	static const char *const parts[] = { "tmp", "new", "cur" };

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(folder, parts[i], NULL);
		if (g_mkdir_with_parents(path, 0700) < 0)
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_all(int fd, const char *bytes, gsize length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);
		if (written < 0 && errno != EINTR)
			return FALSE;
		if (written > 0) {
			bytes += written;
			length -= (gsize)written;
		}
	}
	return TRUE;
}

static gboolean
sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

static gboolean
write_file(const char *path, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	gboolean done = fd >= 0 && write_all(fd, data, length) && fsync(fd) == 0;
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
	return done;
}

static gboolean
put(const Post *post, const Parcel *parcel)
{
	g_autofree char *folder = folder_for(post, parcel);
	g_autofree char *temporary = g_build_filename(folder, "tmp", parcel->name, NULL);
	g_autofree char *new_folder = g_build_filename(folder, "new", NULL);
	g_autofree char *path = g_build_filename(new_folder, parcel->name, NULL);

	return make_folders(folder) && write_file(temporary, parcel->bytes) &&
	    g_rename(temporary, path) == 0 && sync_folder(new_folder);
}

void
maildir_put(const Post *post, const Parcel *parcel, Answer *ret_answer)
{
	g_autoptr(GError) error = NULL;

	*ret_answer = (Answer){ DELIVERY_SENT, REACH_MAIL };
	if (put(post, parcel))
		return;
	fault_set_errno(&error, errno, "the Maildir");
	ret_answer->outcome = DELIVERY_RETRY;
	ret_answer->reach = REACH_SERVER;
	if (g_error_matches(error, FAULT, FAULT_SETUP)) {
		ret_answer->reach = REACH_SETUP;
		ret_answer->alarm = "maildir";
	}
	g_strlcpy(ret_answer->text, error->message, sizeof ret_answer->text);
}

gboolean
maildir_check(const Post *post, GError **error)
{
	if (g_mkdir_with_parents(post->maildir, 0700) < 0 ||
	    access(post->maildir, W_OK) < 0) {
		g_set_error(error, FAULT, FAULT_SETUP, "[notifier] deliver: %s: %s",
		    post->maildir, g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}
