#include "task-person.h"

#include "case.h"
#include "letter.h"

#include <gmime/gmime.h>
#include <string.h>

/* The text of a mail that our notifier wrote: its first part, however deep; NULL when it
 * has none. */
static char *
text_of(GBytes *mail)
{
	gsize length;
	const char *bytes = g_bytes_get_data(mail, &length);
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *message;
	GMimeObject *body;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	g_mime_init();
	stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	body = message != NULL ? g_mime_message_get_mime_part(message) : NULL;
	while (GMIME_IS_MULTIPART(body) &&
	    g_mime_multipart_get_count(GMIME_MULTIPART(body)) > 0)
		body = g_mime_multipart_get_part(GMIME_MULTIPART(body), 0);
	if (GMIME_IS_TEXT_PART(body))
		text = g_mime_text_part_get_text(GMIME_TEXT_PART(body));
	g_clear_object(&message);
	g_object_unref(parser);
	g_object_unref(stream);
	lines = text != NULL ? g_strsplit(text, "\r\n", -1) : NULL;
	return lines != NULL ? g_strjoinv("\n", lines) : NULL;
}

/* The citizen's telephone stands in the letter that he wrote; an official's we don't
 * know. */
static gboolean
find_phone(Store *store, const Notice *notice, char **ret_phone, GError **error)
{
	g_autoptr(Case) item = NULL;
	g_autoptr(Letter) letter = NULL;
	gint64 id = notice->letter;

	if (strcmp(notice->role, "citizen") != 0)
		return TRUE;
	if (notice->case_id != 0) {
		item = store_case_get(store, notice->case_id, error);
		if (item == NULL)
			return FALSE;
		id = item->letter;
	}
	letter = store_letter_get(store, id, error);
	if (letter != NULL && letter->reading != NULL)
		*ret_phone = g_strdup(letter->reading->phone);
	return letter != NULL;
}

gboolean
task_person_read(
    Store *store, const Notice *notice, TaskPerson *ret_person, GError **error)
{
	g_autoptr(GBytes) mail = NULL;

	*ret_person = (TaskPerson){ .name = g_strdup(notice->recipient_name),
		.recipient = g_strdup(notice->recipient) };
	if (!find_phone(store, notice, &ret_person->phone, error))
		return FALSE;
	if (notice->mail.length < 0) /* it never got as far */
		return TRUE;
	mail = spool_read(store_spool(store), &notice->mail, error);
	if (mail == NULL)
		return FALSE;
	ret_person->text = text_of(mail);
	return TRUE;
}

void
task_person_clear(TaskPerson *person)
{
	g_free(person->name);
	g_free(person->recipient);
	g_free(person->phone);
	g_free(person->text);
}
