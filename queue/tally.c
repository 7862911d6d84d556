/* The table and the counts of a replay. */
#include "replay.h"

#include "line.h"
#include "queue.h"

#include <string.h>

#define MOST_OUTCOMES (N_OUTCOMES + 1) /* the last: not read */

struct Tally {
	Program *program;
	gint64 letters, damaged;
	gint64 changed[3]; /* verdicts, rules, topics */
	gint64 verdicts[MOST_OUTCOMES][MOST_OUTCOMES], topics[N_TOPICS][N_TOPICS];
	gint64 gained[N_RULES], lost[N_RULES];
	gint64 decided, agreed, would_agree; /* of letters that a person decided */
	gint64 printed;
	char *version; /* of the data files that judged now */
};

static const char *const change_names[] = { "verdict", "rules", "topic" };

Tally *
tally_new(Program *program)
{
	Tally *tally = g_new0(Tally, 1);

	tally->program = program;
	return tally;
}

void
tally_free(Tally *tally)
{
	if (tally == NULL)
		return;
	g_free(tally->version);
	g_free(tally);
}

void
tally_damaged(Tally *tally)
{
	tally->letters++;
	tally->damaged++;
}

gint64
tally_count(const Tally *tally)
{
	return tally->letters;
}

/* --- one letter --- */

static guint
outcome_index(const Judgement *judgement)
{
	return judgement->outcome < 0 ? N_OUTCOMES : (guint)judgement->outcome;
}

static const char *
outcome_name(guint index)
{
	return index == N_OUTCOMES ? "stuck" : outcome_names[index];
}

static void
count(Tally *tally, const Judgement *stored, const Judgement *now, guint changes)
{
	for (guint i = 0; i < G_N_ELEMENTS(tally->changed); i++)
		tally->changed[i] += (changes >> i & 1) != 0;
	if ((changes & JUDGED_VERDICT) != 0)
		tally->verdicts[outcome_index(stored)][outcome_index(now)]++;
	if ((changes & JUDGED_TOPIC) != 0)
		tally->topics[stored->topic][now->topic]++;
	for (guint rule = 0; rule < N_RULES; rule++) {
		gboolean was = (stored->rules >> rule & 1) != 0;
		gboolean is = (now->rules >> rule & 1) != 0;

		tally->gained[rule] += is && !was;
		tally->lost[rule] += was && !is;
	}
}

/* The verdict, the rules or the topic of a judgement, by the place of its bit. */
static char *
text_of(const Judgement *judgement, guint what)
{
	switch (1u << what) {
	case JUDGED_VERDICT:
		return judgement_verdict_text(judgement);
	case JUDGED_RULES:
		return judgement_rules_text(judgement);
	default:
		return g_strdup(judgement_topic_text(judgement));
	}
}

static void
print_line(
    Tally *tally, const char *head, const char *what, const char *from, const char *to)
{
	g_autofree char *fitted = line_fit(from, 24);

	if (tally->printed++ == 0)
		line_print("%-7s %-10s  %-8s %-24s %s", "LETTER", "RECEIVED", "WHAT",
		    "STORED", "NOW");
	line_print("%-18s  %-8s %s %s", head, what, fitted, to);
}

/* A line for each thing that changes, and one for the person who decided. */
static void
print_text(Tally *tally, const Letter *letter, const Judgement *stored,
    const Judgement *now, guint changes)
{
	char time[QUEUE_TIME_SIZE];
	g_autofree char *head = g_strdup_printf("%-7" G_GINT64_FORMAT " %.10s",
	    letter->id, queue_time(tally->program, letter->received_at, time));
	const char *name = head;

	for (guint i = 0; i < G_N_ELEMENTS(change_names); i++) {
		g_autofree char *from = text_of(stored, i), *to = text_of(now, i);

		if ((changes >> i & 1) == 0)
			continue;
		print_line(tally, name, change_names[i], from, to);
		name = "";
	}
	if (letter->decided_by != NULL)
		print_line(tally, "", "decided",
		    "by a person:", outcome_names[letter->verdict->outcome]);
}

static void
add_judgement(GString *json, const char *name, const Judgement *judgement)
{
	g_autofree char *rules = judgement_rules_text(judgement);

	line_json_begin(json, name, '{');
	line_json_add(json, "verdict", 't', outcome_name(outcome_index(judgement)),
	    "failure", 't', judgement->failure, "rules", 't',
	    judgement->rules != 0 ? rules : "", "topic", 't',
	    judgement->topic >= 0 ? topic_names[judgement->topic] : NULL, "version", 't',
	    judgement->version, NULL);
	line_json_end(json, '}');
}

static void
print_json(Tally *tally, const Letter *letter, const Judgement *stored,
    const Judgement *now, guint changes)
{
	g_autoptr(GString) json = g_string_new("{");
	char time[QUEUE_TIME_SIZE];

	line_json_add(json, "letter", 'i', letter->id, "received", 't',
	    queue_time(tally->program, letter->received_at, time), NULL);
	for (guint i = 0; i < G_N_ELEMENTS(change_names); i++)
		line_json_add(
		    json, change_names[i], 'b', (gboolean)(changes >> i & 1), NULL);
	add_judgement(json, "stored", stored);
	add_judgement(json, "now", now);
	line_json_add(json, "decided", 't',
	    letter->decided_by != NULL ? outcome_names[letter->verdict->outcome] : NULL,
	    NULL);
	line_json_end(json, '}');
	line_print("%s", json->str);
}

void
tally_letter(
    Tally *tally, const Letter *letter, const Judgement *stored, const Judgement *now)
{
	guint changes = judgement_compare(stored, now);

	tally->letters++;
	if (now->version != NULL && tally->version == NULL)
		tally->version = g_strdup(now->version);
	if (letter->decided_by != NULL) {
		int outcome = (int)letter->verdict->outcome;

		tally->decided++;
		tally->agreed += stored->outcome == outcome;
		tally->would_agree += now->outcome == outcome;
	}
	if (changes == 0)
		return;
	count(tally, stored, now, changes);
	(queue_options.json ? print_json : print_text)(
	    tally, letter, stored, now, changes);
}

/* --- all of them --- */

static void print_count(gint64 letters, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
print_count(gint64 letters, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list values;

	if (letters == 0)
		return;
	va_start(values, format);
	text = g_strdup_vprintf(format, values);
	va_end(values);
	line_print("  %7" G_GINT64_FORMAT "  %s", letters, text);
}

static void
print_counts(const Tally *tally)
{
	for (guint i = 0; i < MOST_OUTCOMES; i++)
		for (guint j = 0; j < MOST_OUTCOMES; j++)
			print_count(tally->verdicts[i][j], "verdict %s, now %s",
			    outcome_name(i), outcome_name(j));
	for (guint rule = 0; rule < N_RULES; rule++) {
		print_count(tally->gained[rule], "now break %s", rule_names[rule]);
		print_count(
		    tally->lost[rule], "do not break %s any more", rule_names[rule]);
	}
	for (guint i = 0; i < N_TOPICS; i++)
		for (guint j = 0; j < N_TOPICS; j++)
			print_count(tally->topics[i][j], "topic %s, now %s",
			    topic_names[i], topic_names[j]);
}

static void
print_sum(const Tally *tally)
{
	if (tally->printed > 0)
		line_print("%s", "");
	line_print("%" G_GINT64_FORMAT " letters judged again, data version %s",
	    tally->letters, tally->version != NULL ? tally->version : "-");
	line_print("would change: verdicts %" G_GINT64_FORMAT ", rules %" G_GINT64_FORMAT
		   ", topics %" G_GINT64_FORMAT,
	    tally->changed[0], tally->changed[1], tally->changed[2]);
	print_counts(tally);
	if (tally->damaged > 0)
		line_print("not compared, their reading is damaged: %" G_GINT64_FORMAT,
		    tally->damaged);
	if (tally->decided > 0)
		line_print("decided by a person: %" G_GINT64_FORMAT
			   "; the verdict was his in %" G_GINT64_FORMAT
			   ", would be in %" G_GINT64_FORMAT,
		    tally->decided, tally->agreed, tally->would_agree);
}

static void
add_move(GString *json, const char *from, const char *to, gint64 letters)
{
	if (letters == 0)
		return;
	line_json_begin(json, NULL, '{');
	line_json_add(
	    json, "from", 't', from, "to", 't', to, "letters", 'i', letters, NULL);
	line_json_end(json, '}');
}

static void
add_counts(GString *json, const Tally *tally)
{
	line_json_begin(json, "verdict_changes", '[');
	for (guint i = 0; i < MOST_OUTCOMES; i++)
		for (guint j = 0; j < MOST_OUTCOMES; j++)
			add_move(json, outcome_name(i), outcome_name(j),
			    tally->verdicts[i][j]);
	line_json_end(json, ']');
	line_json_begin(json, "rule_changes", '[');
	for (guint rule = 0; rule < N_RULES; rule++) {
		if (tally->gained[rule] + tally->lost[rule] == 0)
			continue;
		line_json_begin(json, NULL, '{');
		line_json_add(json, "rule", 't', rule_names[rule], "gained", 'i',
		    tally->gained[rule], "lost", 'i', tally->lost[rule], NULL);
		line_json_end(json, '}');
	}
	line_json_end(json, ']');
	line_json_begin(json, "topic_changes", '[');
	for (guint i = 0; i < N_TOPICS; i++)
		for (guint j = 0; j < N_TOPICS; j++)
			add_move(
			    json, topic_names[i], topic_names[j], tally->topics[i][j]);
	line_json_end(json, ']');
}

static void
print_sum_json(const Tally *tally)
{
	g_autoptr(GString) json = g_string_new("{");

	line_json_add(json, "letters", 'i', tally->letters, "damaged", 'i',
	    tally->damaged, "version", 't', tally->version, "verdicts", 'i',
	    tally->changed[0], "rules", 'i', tally->changed[1], "topics", 'i',
	    tally->changed[2], NULL);
	add_counts(json, tally);
	line_json_add(json, "decided", 'i', tally->decided, "agreed", 'i', tally->agreed,
	    "would_agree", 'i', tally->would_agree, NULL);
	line_json_end(json, '}');
	line_print("%s", json->str);
}

void
tally_print(const Tally *tally)
{
	(queue_options.json ? print_sum_json : print_sum)(tally);
}
