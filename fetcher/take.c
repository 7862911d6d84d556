#include "take.h"

#include <string.h>
#include <time.h>

/* What libetpan tells while one FETCH answer comes in.  It hands over a body's bytes
 * before it says whose they are, so a letter is judged when its line is complete. */
typedef struct {
	Spool *spool;
	const Wanted *wanted;
	guint n;
	gboolean whole;
	GArray *arrivals;
	guint first_arrival; /* the arrivals of this command begin here */
	const void *section; /* of the body that is coming in */
	gboolean open;       /* the spool has an item under way */
	gboolean bad;        /* so is the line that is coming in */
	gboolean strange;    /* so was one of this command */
	GError *failure;     /* the spool's */
} Take;

/* What one FETCH line holds. */
typedef struct {
	guint32 uid;
	gint64 size;   /* -1: none */
	gint64 date;   /* -1: none */
	gboolean body; /* BODY[] is there, and not NIL */
} Line;

static void
no_progress(size_t now, size_t all, void *context)
{
}

gint64
take_date(const struct mailimap_date_time *date)
{
	struct tm fields = { .tm_sec = date->dt_sec,
		.tm_min = date->dt_min,
		.tm_hour = date->dt_hour,
		.tm_mday = date->dt_day,
		.tm_mon = date->dt_month - 1,
		.tm_year = date->dt_year - 1900 };
	int zone = date->dt_zone; /* ±hhmm, as a number */

	if (date->dt_year < 1970 || date->dt_year > 9999 || date->dt_month < 1 ||
	    date->dt_month > 12 || date->dt_day < 1 || date->dt_day > 31 ||
	    date->dt_hour < 0 || date->dt_hour > 23 || date->dt_min < 0 ||
	    date->dt_min > 59 || date->dt_sec < 0 || date->dt_sec > 60 || zone < -1459 ||
	    zone > 1459)
		return -1;
	return (gint64)timegm(&fields) - (zone / 100 * 3600 + zone % 100 * 60);
}

static gboolean
is_whole_body(const struct mailimap_msg_att_body_section *body)
{
	return (body->sec_section == NULL || body->sec_section->sec_spec == NULL) &&
	    body->sec_origin_octet == 0;
}

static void
read_static(const struct mailimap_msg_att_static *item, Line *line)
{
	switch (item->att_type) {
	case MAILIMAP_MSG_ATT_UID:
		line->uid = item->att_data.att_uid;
		break;
	case MAILIMAP_MSG_ATT_RFC822_SIZE:
		line->size = item->att_data.att_rfc822_size;
		break;
	case MAILIMAP_MSG_ATT_INTERNALDATE:
		if (item->att_data.att_internal_date != NULL)
			line->date = take_date(item->att_data.att_internal_date);
		break;
	case MAILIMAP_MSG_ATT_BODY_SECTION:
		line->body = item->att_data.att_body_section != NULL &&
		    item->att_data.att_body_section->sec_body_part != NULL &&
		    is_whole_body(item->att_data.att_body_section);
		break;
	}
}

static Line
read_line(const struct mailimap_msg_att *att)
{
	Line line = { 0, -1, -1, FALSE };

	for (clistiter *i = clist_begin(att->att_list); i != NULL; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
			read_static(item->att_data.att_static, &line);
	}
	return line;
}

/* --- sizes --- */

static int
compare_wanted(gconstpointer a, gconstpointer b)
{
	const Wanted *one = a, *other = b;

	return (one->uid > other->uid) - (one->uid < other->uid);
}

static void
take_size(struct mailimap_msg_att *att, void *context)
{
	GArray *wanted = context;
	Line line = read_line(att);
	Wanted key = { line.uid, 0 };
	guint at;

	if (line.uid != 0 && line.size >= 0 &&
	    g_array_binary_search(wanted, &key, compare_wanted, &at))
		g_array_index(wanted, Wanted, at).size = line.size;
}

struct mailimap_set *
take_set(const Wanted *wanted, guint n, guint32 gap)
{
	struct mailimap_set *set = mailimap_set_new_empty();

	for (guint i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (wanted[end].uid - wanted[end - 1].uid > gap + 1)
				break;
		mailimap_set_add_interval(set, wanted[i].uid, wanted[end - 1].uid);
	}
	return set;
}

/* The message handler works only beside a progress function, and keeps libetpan from
 * piling the whole answer up. */
static int
run(Session *session, struct mailimap_set *set, struct mailimap_fetch_type *what,
    mailimap_msg_att_handler *line, mailimap_msg_body_handler *body, void *context)
{
	mailimap *imap = session->imap;
	clist *none = NULL;
	int code;

	mailimap_set_progress_callback(imap, no_progress, no_progress, NULL);
	mailimap_set_msg_att_handler(imap, line, context);
	mailimap_set_msg_body_handler(imap, body, context);
	code = mailimap_uid_fetch(imap, set, what, &none);
	mailimap_set_msg_body_handler(imap, NULL, NULL);
	mailimap_set_msg_att_handler(imap, NULL, NULL);
	mailimap_set_progress_callback(imap, NULL, NULL, NULL);
	if (code == MAILIMAP_NO_ERROR && none != NULL)
		mailimap_fetch_list_free(none);
	mailimap_set_free(set);
	mailimap_fetch_type_free(what);
	if (code != MAILIMAP_NO_ERROR && code != MAILIMAP_ERROR_UID_FETCH)
		session->broken = TRUE;
	return code;
}

gboolean
take_sizes(Session *session, GArray *wanted, GError **error)
{
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att_list_empty();
	int code;

	mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(
	    what, mailimap_fetch_att_new_rfc822_size());
	session_begin(session, (gint64)wanted->len * 256);
	code =
	    run(session, take_set((Wanted *)(void *)wanted->data, wanted->len, TAKE_GAP),
		what, take_size, NULL, wanted);
	return code == MAILIMAP_ERROR_UID_FETCH || code == MAILIMAP_ERROR_PARSE ||
	    session_end(session, code, "sizes", error);
}

/* --- letters --- */

static bool
take_bytes(int type, struct mailimap_msg_att_body_section *section, const char *bytes,
    size_t length, void *context)
{
	Take *take = context;

	if (type != MAILIMAP_MSG_ATT_BODY_SECTION || !is_whole_body(section) ||
	    (take->open && take->section != section)) {
		take->bad = TRUE;
		return true;
	}
	if (!take->open) {
		if (!spool_begin(take->spool, &take->failure))
			return false;
		take->open = TRUE;
		take->section = section;
	}
	return spool_write(take->spool, bytes, length, &take->failure);
}

static void
abandon(Take *take)
{
	if (take->open)
		spool_abandon(take->spool);
	take->open = FALSE;
}

static const Wanted *
find_wanted(const Take *take, guint32 uid)
{
	Wanted key = { uid, 0 };

	return bsearch(&key, take->wanted, take->n, sizeof(Wanted), compare_wanted);
}

static gboolean
is_taken(const Take *take, guint32 uid)
{
	for (guint i = take->arrivals->len; i > take->first_arrival; i--)
		if (g_array_index(take->arrivals, Arrival, i - 1).uid == uid)
			return TRUE;
	return FALSE;
}

static void
keep(Take *take, const Line *line, const Wanted *wanted)
{
	Arrival arrival = {
		.uid = line->uid, .received_at = line->date, .whole = take->whole
	};

	if (!take->open && !spool_begin(take->spool, &take->failure))
		return;
	take->open = FALSE;
	if (!spool_end(take->spool, &arrival.place, arrival.digest, &take->failure))
		return;
	arrival.size = wanted->size >= 0 ? wanted->size : arrival.place.length;
	g_array_append_val(take->arrivals, arrival);
}

/* An empty body is a letter only when the server had called it empty. */
static gboolean
is_good(const Take *take, const Line *line, const Wanted *wanted)
{
	return !take->bad && wanted != NULL && line->body && line->date >= 0 &&
	    (take->open || wanted->size == 0) && !is_taken(take, line->uid);
}

/* A line without a body is the server's news of flags. */
static void
take_line(struct mailimap_msg_att *att, void *context)
{
	Take *take = context;
	Line line = read_line(att);
	const Wanted *wanted = line.uid != 0 ? find_wanted(take, line.uid) : NULL;

	if (take->failure != NULL || (!take->open && !take->bad && !line.body))
		return;
	if (!is_good(take, &line, wanted))
		take->strange = TRUE;
	else
		keep(take, &line, wanted);
	take->bad = FALSE;
	abandon(take);
}

static struct mailimap_fetch_type *
body_wish(const Session *session, gboolean whole)
{
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_section *all = mailimap_section_new(NULL);

	mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(
	    what, mailimap_fetch_att_new_internaldate());
	mailimap_fetch_type_new_fetch_att_list_add(what,
	    whole ? mailimap_fetch_att_new_body_peek_section(all)
		  : mailimap_fetch_att_new_body_peek_section_partial(
			all, 0, (guint32)session->setup->first));
	return what;
}

static gint64
expected_bytes(const Session *session, const Wanted *wanted, guint n, gboolean whole)
{
	gint64 bytes = (gint64)n * 512;

	for (guint i = 0; i < n; i++)
		bytes += !whole           ? session->setup->first
		    : wanted[i].size >= 0 ? wanted[i].size
					  : session->setup->max_size;
	return bytes;
}

TakeResult
take_letters(Session *session, Spool *spool, const Wanted *wanted, guint n,
    gboolean whole, GArray *arrivals, GError **error)
{
	Take take = { .spool = spool,
		.wanted = wanted,
		.n = n,
		.whole = whole,
		.arrivals = arrivals,
		.first_arrival = arrivals->len };
	int code;

	session_begin(session, expected_bytes(session, wanted, n, whole));
	code = run(session, take_set(wanted, n, 0), body_wish(session, whole), take_line,
	    take_bytes, &take);
	abandon(&take);
	if (take.failure != NULL) {
		session->broken = TRUE;
		g_propagate_error(error, take.failure);
		return TAKE_STOPPED;
	}
	/* "NO" after the bytes: the server takes them back. */
	if (code == MAILIMAP_ERROR_UID_FETCH)
		g_array_set_size(arrivals, take.first_arrival);
	if (code == MAILIMAP_NO_ERROR && !take.strange &&
	    arrivals->len - take.first_arrival == n)
		return TAKE_ALL;
	g_info("fetch of %u letters: %u came, code %d%s", n,
	    arrivals->len - take.first_arrival, code,
	    take.strange ? ", strange answers" : "");
	return TAKE_PARTLY;
}

/* libetpan has no two commands under way: it writes this one twice, and the second time
 * the stream knows that it is sent. */
void
take_early(Session *session, const Wanted *wanted, guint n)
{
	mailimap *imap = session->imap;
	struct mailimap_set *set;
	struct mailimap_fetch_type *what;
	clist *none = NULL;

	if (session->broken || imap->imap_stream->read_buffer_len > 0 ||
	    stream_has_input(session->stream))
		return;
	set = take_set(wanted, n, 0);
	what = body_wish(session, TRUE);
	session_begin(session, 0);
	stream_rehearse(session->stream, TRUE);
	mailimap_uid_fetch(imap, set, what, &none);
	stream_rehearse(session->stream, FALSE);
	imap->imap_tag--;
	mailimap_set_free(set);
	mailimap_fetch_type_free(what);
}
