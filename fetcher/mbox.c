/* Works on lines, but a line may be of any length: only its head is held back until it is
 * known what it is, the rest passes straight through. */
#include "mbox.h"

#include <string.h>

#define HEAD 1024 /* more ">" than this before a "From " is text */

typedef enum {
	LINE_HEAD,      /* at a line's start, its head is being gathered */
	LINE_TEXT,      /* within a line that belongs to the message */
	LINE_SEPARATOR, /* within a "From " line */
} Where;

struct Mbox {
	const MboxSink *sink;
	gpointer context;
	Where where;
	GString *head;
	gboolean open;        /* a message is under way */
	gboolean after_empty; /* the line before was empty, or there is none */
	const char *held;     /* an empty line's end that is not written yet, or NULL */
};

Mbox *
mbox_new(const MboxSink *sink, gpointer context)
{
	Mbox *mbox = g_new0(Mbox, 1);

	mbox->sink = sink;
	mbox->context = context;
	mbox->head = g_string_new(NULL);
	mbox->after_empty = TRUE;
	return mbox;
}

void
mbox_free(Mbox *mbox)
{
	if (mbox == NULL)
		return;
	g_string_free(mbox->head, TRUE);
	g_free(mbox);
}

gboolean
mbox_looks_like(const char *bytes, gsize length)
{
	return length >= 5 && memcmp(bytes, "From ", 5) == 0;
}

/* What stands before the first separator belongs to no message. */
static gboolean
write_text(Mbox *mbox, const char *bytes, gsize length, GError **error)
{
	const char *held = g_steal_pointer(&mbox->held);

	if (!mbox->open)
		return TRUE;
	if (held != NULL && !mbox->sink->write(mbox->context, held, strlen(held), error))
		return FALSE;
	return length == 0 || mbox->sink->write(mbox->context, bytes, length, error);
}

static gboolean
end_message(Mbox *mbox, GError **error)
{
	gboolean was_open = mbox->open;

	mbox->held = NULL;
	mbox->open = FALSE;
	return !was_open || mbox->sink->end(mbox->context, error);
}

/* Could the head still become "From " or a quoted one? */
static gboolean
is_undecided(const GString *head)
{
	gsize quotes = strspn(head->str, ">");

	return head->len < HEAD && head->len - quotes < 5 &&
	    strncmp(head->str + quotes, "From ", head->len - quotes) == 0;
}

static gboolean
is_from(const GString *head, gsize *ret_quotes)
{
	*ret_quotes = strspn(head->str, ">");
	return head->len - *ret_quotes >= 5 &&
	    memcmp(head->str + *ret_quotes, "From ", 5) == 0;
}

/* The head is long enough, or the line is over. */
static gboolean
decide(Mbox *mbox, GError **error)
{
	gsize quotes;
	gboolean from = is_from(mbox->head, &quotes);
	gboolean done;

	if (from && quotes == 0 && mbox->after_empty) {
		mbox->where = LINE_SEPARATOR;
		done =
		    end_message(mbox, error) && mbox->sink->begin(mbox->context, error);
		mbox->open = done;
	} else {
		mbox->where = LINE_TEXT;
		done = write_text(mbox, mbox->head->str + (from && quotes > 0),
		    mbox->head->len - (from && quotes > 0), error);
	}
	mbox->after_empty = FALSE;
	g_string_truncate(mbox->head, 0);
	return done;
}

/* The first byte of a line's end has come while its head is still short. */
static gboolean
end_short_line(Mbox *mbox, GError **error)
{
	const char *end =
	    mbox->head->len > 0 && mbox->head->str[mbox->head->len - 1] == '\r' ? "\r\n"
										: "\n";

	if (mbox->head->len > strlen(end) - 1) {
		g_string_append_c(mbox->head, '\n');
		if (!decide(mbox, error))
			return FALSE;
	} else {
		if (!write_text(mbox, "", 0, error))
			return FALSE;
		mbox->held = end;
		mbox->after_empty = TRUE;
		g_string_truncate(mbox->head, 0);
	}
	mbox->where = LINE_HEAD;
	return TRUE;
}

/* Takes bytes into the head until it is decided; returns how many. */
static gsize
gather(Mbox *mbox, const char *bytes, gsize length, gboolean *ret_done, GError **error)
{
	for (gsize i = 0; i < length; i++) {
		if (bytes[i] == '\n') {
			*ret_done = end_short_line(mbox, error);
			return i + 1;
		}
		g_string_append_c(mbox->head, bytes[i]);
		if (!is_undecided(mbox->head) && strcmp(mbox->head->str, "\r") != 0) {
			*ret_done = decide(mbox, error);
			return i + 1;
		}
	}
	return length;
}

gboolean
mbox_feed(Mbox *mbox, const char *bytes, gsize length, GError **error)
{
	gboolean done = TRUE;

	while (length > 0 && done) {
		const char *end;
		gsize n;

		if (mbox->where == LINE_HEAD) {
			n = gather(mbox, bytes, length, &done, error);
		} else {
			end = memchr(bytes, '\n', length);
			n = end != NULL ? (gsize)(end - bytes) + 1 : length;
			done = mbox->where == LINE_SEPARATOR ||
			    write_text(mbox, bytes, n, error);
			if (end != NULL)
				mbox->where = LINE_HEAD;
		}
		bytes += n;
		length -= n;
	}
	return done;
}

gboolean
mbox_finish(Mbox *mbox, GError **error)
{
	if (mbox->head->len > 0 && !decide(mbox, error))
		return FALSE;
	return end_message(mbox, error);
}
