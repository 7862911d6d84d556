#include "material-private.h"

#include <string.h>

#include "counted.h"
#include "fault.h"
#include "gate.h"

void
material_clear(Material *material)
{
	for (Field field = 0; field < N_FIELDS; field++)
		g_clear_pointer(&material->values[field], g_free);
	g_clear_pointer(&material->reply_to, g_free);
	g_clear_pointer(&material->tag, g_free);
	g_clear_pointer(&material->invite, invite_free);
}

const char *
material_university(const University *university, Language language)
{
	const char *const names[] = { university->name_kk, university->name_ru,
		university->name_en };

	return names[language];
}

/* --- what goes along --- */

gboolean
material_attaches(const Wording *wording, const About *about)
{
	static const char *const to_moderator[] = { "held", "approval", NULL };
	static const char *const to_officials[] = { "forward", "addition", "objection",
		NULL };
	const char *kind = about->notice->kind;
	const Letter *letter = about->letter;

	if (letter == NULL || !letter->whole || letter->place.length <= 0 ||
	    letter->place.length > wording->attach_most)
		return FALSE;
	return g_strv_contains(to_moderator, kind) ||
	    (g_strv_contains(to_officials, kind) && !filler_hides(about));
}

gboolean
material_encloses(const Notice *notice)
{
	return strcmp(notice->kind, "answer") == 0;
}

/* --- the facts --- */

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

static JsonObject *
object_of(JsonParser *parser)
{
	return parser != NULL ? json_node_get_object(json_parser_get_root(parser)) : NULL;
}

char *
material_fact(const Notice *notice, const char *name)
{
	g_autoptr(JsonParser) parser = read_facts(notice);
	Filler filler = { .facts = object_of(parser) };

	return g_strdup(filler_fact(&filler, name));
}

gint64
material_fact_number(const Notice *notice, const char *name)
{
	g_autoptr(JsonParser) parser = read_facts(notice);
	Filler filler = { .facts = object_of(parser) };

	return filler_fact_number(&filler, name);
}

/* --- what all kinds tell --- */

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
	if (filler_fact(filler, "reply_to") != NULL || filler_fact(filler, "tag") != NULL)
		filler_mark(filler, FIELD_REPLY);
}

/* What takes work is only made where it may be told. */
static gboolean
wants(const Filler *filler, Field field)
{
	return (filler->kind->may & FIELD_BIT(field)) != 0;
}

/* A notice tells the due date it was owed for, should the case have moved on since. */
static void
fill_case(Filler *filler)
{
	const Case *item = filler->about->item;
	const char *due = filler_fact(filler, "due");

	filler_set_copy(filler, FIELD_NUMBER, item->number);
	filler_set_copy(filler, FIELD_REGISTERED, item->registered_on);
	filler_set_copy(filler, FIELD_DAY1, item->day1);
	filler_set_copy(filler, FIELD_DUE, due != NULL ? due : item->due_on);
	filler_set_copy(filler, FIELD_OLD_DUE, filler_fact(filler, "old_due"));
	filler_set_moment(filler, FIELD_RECEIVED, item->received_at);
	if (wants(filler, FIELD_COUNTED))
		filler->values[FIELD_COUNTED] =
		    counted_lines(filler->words, item->due_why);
	filler_set_copy(filler, FIELD_TOPIC,
	    words_find(filler->words, "topics", topic_names[item->topic]));
}

static void
fill_letter(Filler *filler)
{
	const Letter *letter = filler->about->letter;

	if (filler->about->item == NULL)
		filler_set_moment(filler, FIELD_RECEIVED, letter->received_at);
	if (!wants(filler, FIELD_LETTER))
		return;
	filler_set_number(filler, FIELD_LETTER, letter->id);
	filler_set_number(filler, FIELD_ATTEMPTS, letter->attempts);
	filler_set(filler, FIELD_SIZE, filler_spell_size(filler, letter->size));
}

/* --- kinds with little to tell --- */

static gboolean
fill_alarm(Filler *filler, GError **error)
{
	const char *kind = filler_fact(filler, "alarm") != NULL
	    ? filler_fact(filler, "alarm")
	    : filler_fact(filler, "kind");

	filler_set_copy(
	    filler, FIELD_ALARM, filler_word_or(filler, "alarms", kind, "other"));
	filler_set_copy(filler, FIELD_DETAIL, filler_fact(filler, "detail"));
	if (filler->values[FIELD_DETAIL] == NULL)
		filler_set_copy(filler, FIELD_DETAIL, kind != NULL ? kind : "-");
	filler_set_moment(filler, FIELD_RAISED, filler_fact_number(filler, "raised_at"));
	if (filler->values[FIELD_RAISED] == NULL)
		filler_set_moment(
		    filler, FIELD_RAISED, filler->about->notice->created_at);
	filler_set_moment(
	    filler, FIELD_CLEARED, filler_fact_number(filler, "cleared_at"));
	return TRUE;
}

static gboolean
fill_stuck(Filler *filler, GError **error)
{
	filler_set_copy(
	    filler, FIELD_REASON, words_find(filler->words, "reasons", "stuck"));
	return TRUE;
}

static gboolean
fill_acknowledgement(Filler *filler, GError **error)
{
	if (filler_is_confidential(filler->about))
		filler_mark(filler, FIELD_CONFIDENTIAL);
	return TRUE;
}

/* A mail that tells who the case's official is. */
static gboolean
fill_official(Filler *filler, GError **error)
{
	const char *to = filler_fact(filler, "to");

	filler_set_copy(
	    filler, FIELD_OFFICIAL, to != NULL ? to : filler->about->item->official_name);
	return TRUE;
}

static gboolean
fill_reminder(Filler *filler, GError **error)
{
	filler_example(filler);
	return TRUE;
}

/* --- the kinds --- */

static const struct {
	const char *kind;
	FillKind *fill;
	gboolean letter; /* needs one */
} kinds[] = {
	{ "acknowledgement", fill_acknowledgement, TRUE },
	{ "rejection", filler_refusal, TRUE },
	{ "forward", filler_forward, TRUE },
	{ "held", filler_held, TRUE },
	{ "stuck", fill_stuck, TRUE },
	{ "alarm", fill_alarm, FALSE },
	{ "extension", filler_extension, FALSE },
	{ "answer", filler_answer, TRUE },
	{ "status", filler_status, FALSE },
	{ "reminder", fill_reminder, FALSE },
	{ "overdue", fill_official, FALSE },
	{ "confirmation", filler_done, FALSE },
	{ "command-refused", filler_refused_command, FALSE },
	{ "answer-returned", filler_returned, FALSE },
	{ "addition", filler_addition, TRUE },
	{ "objection", filler_addition, TRUE },
	{ "taken-over", fill_official, FALSE },
	{ "approval", filler_approval, TRUE },
	{ "already-decided", filler_decided, FALSE },
	{ "remark", filler_remark, TRUE },
	{ "held-reminder", filler_held_reminder, FALSE },
	{ "escalation", filler_escalation, FALSE },
	{ "undelivered", filler_undelivered, FALSE },
	{ "digest", filler_digest, FALSE },
	{ "report", filler_digest, FALSE },
};

static gboolean
refuse_kind(const char *what, const char *kind, GError **error)
{
	g_set_error(error, FAULT, FAULT_LETTER, "%s %s", what, kind);
	return FALSE;
}

static gboolean
fill_kind(Filler *filler, GError **error)
{
	const About *about = filler->about;

	if (about->item == NULL &&
	    (filler->kind->may & ~filler->kind->optional & FIELD_BIT(FIELD_NUMBER)) != 0)
		return refuse_kind("no case is named by a notice of the kind",
		    about->notice->kind, error);
	if (about->item != NULL)
		fill_case(filler);
	if (about->letter != NULL)
		fill_letter(filler);
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(kinds[i].kind, about->notice->kind) != 0)
			continue;
		if (kinds[i].letter && about->letter == NULL)
			return refuse_kind("no letter is named by a notice of the kind",
			    about->notice->kind, error);
		return kinds[i].fill(filler, error);
	}
	return TRUE;
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

/* --- the head and the calendar --- */

static Invite *
new_invite(const Filler *filler, gint64 now)
{
	const Case *item = filler->about->item;
	const Notice *notice = filler->about->notice;
	const University *university = filler->wording->university;
	const char *wish = filler_fact(filler, "calendar");
	char *const *values = filler->values;
	const char *due = filler_fact(filler, "due");
	g_autofree char *summary = NULL, *description = NULL, *date = NULL;
	gboolean cancel;

	if (item == NULL || wish == NULL || filler->wording->calendar == INVITE_NONE)
		return NULL;
	cancel = strcmp(wish, "cancel") == 0;
	due = due != NULL ? due : item->due_on;
	date = words_date(filler->words, "date", due);
	summary = words_phrase(filler->words, "calendar", "summary", "number",
	    item->number, "topic",
	    words_find(filler->words, "topics", topic_names[item->topic]), NULL);
	description =
	    words_phrase(filler->words, "calendar", cancel ? "cancelled" : "description",
		"number", item->number, "due", date, NULL);
	Entry entry = { item->number, university->address, values[FIELD_UNIVERSITY],
		notice->recipient, due, filler_fact_number(filler, "sequence"), now,
		summary, description };
	return invite_new(&entry, (InviteUse)filler->wording->calendar, cancel);
}

gboolean
material_fill(Material *material, const Wording *wording, const About *about, gint64 now,
    GError **error)
{
	g_autoptr(JsonParser) parser = read_facts(about->notice);
	int kind = kind_index(about->notice->kind, about->notice->role);
	Filler filler = { wording, about,
		texts_words(wording->texts, about->notice->language),
		kind >= 0 ? &kind_table[kind] : NULL, object_of(parser),
		material->values };

	if (kind < 0)
		return refuse_kind(
		    "no template for a notice of the kind", about->notice->kind, error);
	fill_house(&filler);
	if (!fill_kind(&filler, error) || !check_filled(&filler, error))
		return FALSE;
	material->reply_to = g_strdup(filler_fact(&filler, "reply_to"));
	material->tag = gate_line(filler_fact(&filler, "tag"), FILLER_MOST_LINE);
	material->invite = new_invite(&filler, now);
	return TRUE;
}

/* --- the words --- */

static const Template *
template_of(const Wording *wording, const Notice *notice)
{
	return texts_kind(wording->texts, (guint)kind_index(notice->kind, notice->role),
	    notice->language);
}

char *
material_subject(const Material *material, const Wording *wording, const About *about)
{
	return template_head(template_of(wording, about->notice), "Subject",
	    material->values, texts_words(wording->texts, about->notice->language));
}

char *
material_body(const Material *material, const Wording *wording, const About *about)
{
	return template_body(template_of(wording, about->notice), material->values,
	    texts_words(wording->texts, about->notice->language));
}
