#include "material-private.h"

#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "fault.h"
#include "gate.h"
#include "redact.h"

#define MOST_LINE 200
#define MOST_LIST 12

void
material_clear(Material *material)
{
	for (Field field = 0; field < N_FIELDS; field++)
		g_clear_pointer(&material->values[field], g_free);
}

const char *
material_university(const University *university, Language language)
{
	const char *const names[] = { university->name_kk, university->name_ru,
		university->name_en };

	return names[language];
}

gboolean
filler_is_confidential(const About *about)
{
	if (about->item != NULL)
		return about->item->confidential;
	return about->letter != NULL && about->letter->reading != NULL &&
	    about->letter->reading->confidential;
}

gboolean
material_attaches(const Wording *wording, const About *about)
{
	const Letter *letter = about->letter;

	if (letter == NULL || !letter->whole || letter->place.length <= 0 ||
	    letter->place.length > wording->attach_most)
		return FALSE;
	if (strcmp(about->notice->kind, "held") == 0)
		return TRUE;
	return strcmp(about->notice->kind, "forward") == 0 &&
	    !filler_is_confidential(about);
}

const char *
filler_fact(const Filler *filler, const char *name)
{
	JsonNode *node =
	    filler->facts != NULL ? json_object_get_member(filler->facts, name) : NULL;

	return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
		json_node_get_value_type(node) == G_TYPE_STRING
	    ? json_node_get_string(node)
	    : NULL;
}

static gint64
fact_number(const Filler *filler, const char *name)
{
	JsonNode *node =
	    filler->facts != NULL ? json_object_get_member(filler->facts, name) : NULL;

	return node != NULL && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_int(node) : 0;
}

/* Gives a field its value, through the gate; takes `value`. */
void
filler_set(Filler *filler, Field field, char *value)
{
	g_autofree char *owned = value;

	g_free(filler->values[field]);
	filler->values[field] = gate_line(owned, MOST_LINE);
}

void
filler_set_copy(Filler *filler, Field field, const char *value)
{
	filler_set(filler, field, g_strdup(value));
}

void
filler_mark(Filler *filler, Field field)
{
	filler_set_copy(filler, field, words_find(filler->words, "marks", "yes"));
}

static void
set_moment(Filler *filler, Field field, gint64 at)
{
	g_autoptr(GDateTime) utc = at != 0 ? g_date_time_new_from_unix_utc(at) : NULL;
	g_autoptr(GDateTime) local =
	    utc != NULL ? g_date_time_to_timezone(utc, filler->wording->zone) : NULL;

	filler_set(filler, field,
	    local != NULL ? g_date_time_format(local, "%Y-%m-%dT%H:%M") : NULL);
}

/* A list's items come one by one; each is one line. */
void
filler_add_item(GString *list, const char *item)
{
	g_autofree char *line = gate_line(item, MOST_LINE);
	guint lines = 1;

	for (const char *at = list->str; *at != '\0'; at++)
		lines += *at == '\n';
	if (line == NULL || lines > MOST_LIST)
		return;
	if (list->len > 0)
		g_string_append_c(list, '\n');
	g_string_append(list, line);
}

void
filler_set_list(Filler *filler, Field field, GString *list)
{
	g_free(filler->values[field]);
	filler->values[field] = g_string_free(list, list->len == 0);
}

const char *
filler_word_or(
    const Filler *filler, const char *group, const char *name, const char *otherwise)
{
	const char *word = name != NULL ? words_find(filler->words, group, name) : NULL;

	return word != NULL ? word : words_find(filler->words, group, otherwise);
}

static void
fill_house(Filler *filler)
{
	const University *university = filler->wording->university;

	filler_set_copy(filler, FIELD_UNIVERSITY,
	    material_university(university, filler->about->notice->language));
	filler_set_copy(filler, FIELD_MAILBOX, university->address);
	filler_set_copy(filler, FIELD_OFFICE,
	    university->office != NULL ? university->office : university->moderator);
	filler_set_copy(filler, FIELD_MODERATOR, university->moderator);
	filler_set_copy(filler, FIELD_SITE, university->site);
	filler_set_copy(filler, FIELD_NAME, filler->about->notice->recipient_name);
}

static void
add_phrase(
    Filler *filler, GString *list, const char *name, const char *place, const char *value)
{
	g_autofree char *text = words_phrase(
	    filler->words, "evidence", name, place, value != NULL ? value : "", NULL);

	filler_add_item(list, text);
}

/* Why this official: never with the words of a confidential letter. */
static void
fill_why(Filler *filler)
{
	const Letter *letter = filler->about->letter;
	const Verdict *verdict = letter->verdict;
	GString *list = g_string_new(NULL);
	g_autofree char *found = verdict != NULL && !filler_is_confidential(filler->about)
	    ? filler_topic_words(filler)
	    : NULL;

	if (letter->decided_by != NULL)
		add_phrase(filler, list, "decided", "topic", NULL);
	else if (found != NULL)
		add_phrase(filler, list, "weighed", "words", found);
	if (letter->decided_by == NULL && verdict != NULL &&
	    verdict->second_topic != verdict->topic)
		add_phrase(filler, list, "second", "topic",
		    words_find(
			filler->words, "topics", topic_names[verdict->second_topic]));
	if (filler_fact(filler, "deputy_for") != NULL) {
		const char *until = filler_fact(filler, "deputy_until");
		g_autofree char *date =
		    until != NULL ? words_date(filler->words, "date", until) : NULL;
		add_phrase(filler, list, "deputy", "until", date);
	}
	filler_set_list(filler, FIELD_WHY, list);
}

/* What takes work is only made where it may be told. */
static gboolean
wants(const Filler *filler, Field field)
{
	return (filler->kind->may & FIELD_BIT(field)) != 0;
}

static void
fill_case(Filler *filler)
{
	const Case *item = filler->about->item;

	filler_set_copy(filler, FIELD_NUMBER, item->number);
	filler_set_copy(filler, FIELD_REGISTERED, item->registered_on);
	filler_set_copy(filler, FIELD_DAY1, item->day1);
	filler_set_copy(filler, FIELD_DUE, item->due_on);
	set_moment(filler, FIELD_RECEIVED, item->received_at);
	if (wants(filler, FIELD_COUNTED))
		filler->values[FIELD_COUNTED] =
		    counted_lines(filler->words, item->due_why);
	filler_set_copy(filler, FIELD_TOPIC,
	    words_find(filler->words, "topics", topic_names[item->topic]));
}

/* What a moderator or an official reads of the letter itself. */
void
filler_author(Filler *filler)
{
	const Reading *reading = filler->about->letter->reading;
	gboolean cut = FALSE;

	if (reading == NULL)
		return;
	filler_set_copy(filler, FIELD_APPLICANT,
	    reading->name != NULL ? reading->name : reading->from_name);
	if (filler->values[FIELD_APPLICANT] == NULL)
		filler_set_copy(filler, FIELD_APPLICANT,
		    words_find(filler->words, "marks", "no-name"));
	filler_set_copy(filler, FIELD_EMAIL,
	    reading->email != NULL ? reading->email : reading->from_address);
	filler_set_copy(filler, FIELD_PHONE, reading->phone);
	filler_set_copy(filler, FIELD_SUBJECT, reading->subject);
	filler->values[FIELD_TEXT] =
	    gate_text(reading->text, (gsize)filler->wording->quote_most, &cut);
	if (cut || !filler->about->letter->whole)
		filler_mark(filler, FIELD_CUT);
}

/* Takes the author out of a value, which is shortened only then: half a name is no longer
 * recognised.  What lies far behind the end that is shown need not be looked at. */
static void
hide_in(Filler *filler, const Redactor *redactor, Field field, const char *clear)
{
	gsize most = (gsize)filler->wording->quote_most;
	gboolean cut;
	g_autofree char *gated = gate_text(clear, 4 * most, &cut);
	g_autofree char *hidden = redactor_apply(redactor, gated);

	g_free(filler->values[field]);
	filler->values[field] = field == FIELD_SUBJECT ? gate_line(hidden, MOST_LINE)
						       : gate_text(hidden, most, &cut);
}

static char *
spell_size(const Filler *filler, gint64 bytes)
{
	g_autofree char *number =
	    g_strdup_printf("%" G_GINT64_FORMAT, MAX((bytes + 1023) / 1024, (gint64)1));

	return words_phrase(filler->words, "sizes", "size", "size", number, NULL);
}

void
filler_attachments(Filler *filler, gboolean names)
{
	const Reading *reading = filler->about->letter->reading;
	GString *list = g_string_new(NULL);

	for (guint i = 0; reading != NULL && i < reading->attachments->len; i++) {
		const Attachment *attachment = g_ptr_array_index(reading->attachments, i);
		g_autofree char *size = spell_size(filler, attachment->size);
		g_autofree char *item = g_strdup_printf("%s (%s)",
		    names && attachment->name != NULL ? attachment->name
						      : attachment->type,
		    size);
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_ATTACHMENTS, list);
}

/* 5.5, 5.6: nothing of him but his words, and those without his name. */
static void
hide_author(Filler *filler)
{
	const Reading *reading = filler->about->letter->reading;
	g_autoptr(Redactor) redactor = NULL;

	filler_set(filler, FIELD_APPLICANT,
	    words_phrase(filler->words, "marks", "applicant", "number",
		filler->values[FIELD_NUMBER], NULL));
	filler_set(filler, FIELD_EMAIL, NULL);
	filler_set(filler, FIELD_PHONE, NULL);
	filler_mark(filler, FIELD_CONFIDENTIAL);
	if (reading == NULL)
		return;
	redactor = redactor_new(reading, filler->wording->hidden,
	    words_find(filler->words, "marks", "removed"));
	hide_in(filler, redactor, FIELD_SUBJECT, reading->subject);
	hide_in(filler, redactor, FIELD_TEXT, reading->text);
}

static void
fill_forward(Filler *filler)
{
	gboolean confidential = filler_is_confidential(filler->about);

	filler_author(filler);
	fill_why(filler);
	filler_attachments(filler, !confidential);
	if (confidential)
		hide_author(filler);
	if (material_attaches(filler->wording, filler->about))
		filler_mark(filler, FIELD_ATTACHED);
}

static void
fill_alarm(Filler *filler)
{
	const char *kind = filler_fact(filler, "alarm") != NULL
	    ? filler_fact(filler, "alarm")
	    : filler_fact(filler, "kind");

	filler_set_copy(
	    filler, FIELD_ALARM, filler_word_or(filler, "alarms", kind, "other"));
	filler_set_copy(filler, FIELD_DETAIL, filler_fact(filler, "detail"));
	if (filler->values[FIELD_DETAIL] == NULL)
		filler_set_copy(filler, FIELD_DETAIL, kind != NULL ? kind : "-");
	set_moment(filler, FIELD_RAISED, fact_number(filler, "raised_at"));
	if (filler->values[FIELD_RAISED] == NULL)
		set_moment(filler, FIELD_RAISED, filler->about->notice->created_at);
	set_moment(filler, FIELD_CLEARED, fact_number(filler, "cleared_at"));
}

static void
fill_letter(Filler *filler)
{
	const Letter *letter = filler->about->letter;

	if (filler->about->item == NULL)
		set_moment(filler, FIELD_RECEIVED, letter->received_at);
	if (!wants(filler, FIELD_LETTER))
		return;
	filler_set(
	    filler, FIELD_LETTER, g_strdup_printf("%" G_GINT64_FORMAT, letter->id));
	filler_set(filler, FIELD_ATTEMPTS,
	    g_strdup_printf("%" G_GINT64_FORMAT, letter->attempts));
	filler_set(filler, FIELD_SIZE, spell_size(filler, letter->size));
}

static gboolean
fill_kind(Filler *filler, GError **error)
{
	const char *kind = filler->about->notice->kind;

	if (filler->about->item != NULL)
		fill_case(filler);
	if (strcmp(kind, "alarm") == 0)
		fill_alarm(filler);
	if (filler->about->letter == NULL)
		return TRUE;
	fill_letter(filler);
	if (strcmp(kind, "forward") == 0)
		fill_forward(filler);
	else if (strcmp(kind, "held") == 0)
		filler_held(filler);
	else if (strcmp(kind, "stuck") == 0)
		filler_set_copy(
		    filler, FIELD_REASON, words_find(filler->words, "reasons", "stuck"));
	else if (strcmp(kind, "rejection") == 0)
		return filler_refusal(filler, error);
	else if (filler_is_confidential(filler->about))
		filler_set_copy(filler, FIELD_CONFIDENTIAL,
		    words_find(filler->words, "marks", "yes"));
	return TRUE;
}

static JsonParser *
read_facts(const Notice *notice)
{
	g_autoptr(JsonParser) parser = json_parser_new();

	if (notice->facts == NULL || strcmp(notice->facts, "{}") == 0 ||
	    !json_parser_load_from_data(parser, notice->facts, -1, NULL) ||
	    !JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser)))
		return NULL;
	return g_steal_pointer(&parser);
}

/* Every field that stands outside of a block has its value. */
static gboolean
check_filled(const Filler *filler, GError **error)
{
	const KindInfo *kind = filler->kind;

	for (Field field = 0; field < N_FIELDS; field++)
		if ((kind->may & ~kind->optional & FIELD_BIT(field)) != 0 &&
		    filler->values[field] == NULL) {
			g_set_error(error, FAULT, FAULT_LETTER,
			    "a mail of the kind %s needs a value for {%s}", kind->name,
			    field_table[field].name);
			return FALSE;
		}
	return TRUE;
}

gboolean
material_fill(
    Material *material, const Wording *wording, const About *about, GError **error)
{
	g_autoptr(JsonParser) parser = read_facts(about->notice);
	int kind = kind_index(about->notice->kind);
	Filler filler = { wording, about,
		texts_words(wording->texts, about->notice->language),
		kind >= 0 ? &kind_table[kind] : NULL,
		parser != NULL ? json_node_get_object(json_parser_get_root(parser))
			       : NULL,
		material->values };

	if (kind < 0) {
		g_set_error(error, FAULT, FAULT_LETTER,
		    "no template for a notice of the kind %s", about->notice->kind);
		return FALSE;
	}
	fill_house(&filler);
	return fill_kind(&filler, error) && check_filled(&filler, error);
}
