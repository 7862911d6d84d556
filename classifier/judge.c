/* The verdict: fourteen tests, the topic, the danger, and one decision over them. */
#include "judge-private.h"

#include "fault.h"
#include "identity.h"
#include "joint.h"
#include <math.h>
#include <string.h>

/* Raised when the code judges differently with the same data files. */
#define RULES_VERSION "1"
/* A body up to so many words is what a telephone adds ("sent from my …"). */
#define FEWEST_WORDS 6

typedef struct {
	const char *sheet;
	Rule rule;
	void (*look)(const Scene *scene, Weigh *weigh); /* NULL: the sheet alone */
	const char
	    *signals; /* that the code finds, by blanks; they must be in the sheet */
} Test;

static const Test tests[N_TESTS] = {
	{ "anonymous", RULE_ANONYMOUS, test_anonymous, "no-name maybe-name" },
	{ "incomplete", RULE_ANONYMOUS, test_incomplete, "no-phone no-email" },
	{ "secret", RULE_SECRET, NULL, "" },
	{ "hate", RULE_HATE, NULL, "" },
	{ "personal-data", RULE_PERSONAL_DATA, test_personal_data,
	    "person own theirs office phone iin card account document address "
	    "own-address" },
	{ "commercial", RULE_COMMERCIAL, test_commercial, "emoji prices company" },
	{ "unlawful", RULE_UNLAWFUL, NULL, "" },
	{ "obscene", RULE_OBSCENE, test_obscene, "strong masked" },
	{ "private", RULE_PRIVATE, test_private, "university dorm outside" },
	{ "petition", RULE_PETITION, test_petition, "list" },
	{ "unintelligible", RULE_UNINTELLIGIBLE, test_unintelligible,
	    "garbled noise doubt machine empty" },
	{ "capitals", RULE_CAPITALS, test_capitals, "share" },
	{ "unsentenced", RULE_UNSENTENCED, test_unsentenced, "stretch" },
};

/* --- loading --- */

static gboolean
check_signals(const Sheet *sheet, const char *file, const char *names, GError **error)
{
	g_auto(GStrv) each = g_strsplit(names, " ", -1);

	for (guint i = 0; *names != '\0' && each[i] != NULL; i++)
		if (sheet_signal(sheet, each[i]) == NULL) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s: expected a signal \"%s\"", file, each[i]);
			return FALSE;
		}
	return TRUE;
}

static const Sheet *
load_sheet(Judge *judge, const char *folder, const char *name, const char *signals,
    GError **error)
{
	g_autofree char *base = g_strconcat(name, ".txt", NULL);
	g_autofree char *file = g_build_filename(folder, base, NULL);
	const Sheet *sheet = lexicon_load(judge->lexicon, file, error);

	return sheet != NULL && check_signals(sheet, file, signals, error) ? sheet : NULL;
}

static gboolean
load_sheets(Judge *judge, const char *folder, GError **error)
{
	for (guint i = 0; i < N_TESTS; i++) {
		judge->sheets[i] =
		    load_sheet(judge, folder, tests[i].sheet, tests[i].signals, error);
		if (judge->sheets[i] == NULL)
			return FALSE;
		if (tests[i].rule == RULE_OBSCENE)
			judge->stems = stems_new(judge->sheets[i]);
	}
	judge->flood =
	    load_sheet(judge, folder, "flood", "repeated low-content many", error);
	judge->urgent =
	    judge->flood == NULL ? NULL : load_sheet(judge, folder, "urgent", "", error);
	judge->joint =
	    judge->urgent == NULL ? NULL : load_sheet(judge, folder, "joint", "", error);
	judge->concepts =
	    judge->joint == NULL ? NULL : load_sheet(judge, folder, "topics", "", error);
	return judge->concepts != NULL &&
	    topic_check_sheet(judge->concepts, "topics.txt", error);
}

static gboolean
load_weights(Judge *judge, const char *folder, GError **error)
{
	g_autofree char *topics = g_build_filename(folder, "topics.weights", NULL);
	g_autofree char *learned = g_build_filename(folder, "learned.weights", NULL);
	g_autofree char *groups = g_build_filename(folder, "speech.groups", NULL);

	g_autofree char *kinds = g_build_filename(folder, "kind.weights", NULL);

	const WeightFile files[] = { [WEIGHTS_TOPICS] = { topics, topic_names },
		[WEIGHTS_RULES] = { learned, joint_names },
		[WEIGHTS_KINDS] = { kinds, kind_written_names } };

	judge->weights = linear_load(files, G_N_ELEMENTS(files), error);
	judge->speech = judge->weights == NULL ? NULL : speech_load(groups, error);
	return judge->speech != NULL;
}

/* A host a line. */
static char **
load_hosts(const char *folder, const char *name, GError **error)
{
	g_autofree char *file = g_build_filename(folder, name, NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GError) local = NULL;
	g_autoptr(GStrvBuilder) hosts = g_strv_builder_new();

	if (!g_file_get_contents(file, &text, NULL, &local)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, local->message);
		return NULL;
	}
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		if (*lines[i] == '\0' || *lines[i] == '#')
			continue;
		if (strpbrk(lines[i], " /:\t") != NULL || strchr(lines[i], '.') == NULL) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s:%u: expected a host, found \"%.60s\"", file, i + 1,
			    lines[i]);
			return NULL;
		}
		g_strv_builder_add(hosts, lines[i]);
	}
	return g_strv_builder_end(hosts);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One digest over the program's rules and every data file, by name. */
static gboolean
find_version(Judge *judge, const char *folder, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
	const char *name;

	if (dir == NULL)
		return FALSE;
	while ((name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	g_checksum_update(sum, (const guchar *)RULES_VERSION, -1);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *file = g_build_filename(folder, names->pdata[i], NULL);
		g_autofree char *text = NULL;
		gsize length;

		if (!g_file_get_contents(file, &text, &length, error))
			return FALSE;
		g_checksum_update(sum, names->pdata[i], -1);
		g_checksum_update(sum, (const guchar *)text, (gssize)length);
	}
	judge->version = g_strndup(g_checksum_get_string(sum), 16);
	return TRUE;
}

Judge *
judge_load(const char *folder, GError **error)
{
	g_autoptr(Judge) judge = g_new0(Judge, 1);
	g_autoptr(GError) local = NULL;

	judge->lexicon = lexicon_new();
	if (!load_sheets(judge, folder, error) || !load_weights(judge, folder, error))
		return NULL;
	judge->own_hosts = load_hosts(folder, "own-hosts.txt", error);
	if (judge->own_hosts == NULL)
		return NULL;
	judge->mail_hosts = load_hosts(folder, "mail-hosts.txt", error);
	if (judge->mail_hosts == NULL)
		return NULL;
	if (!find_version(judge, folder, &local)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", folder, local->message);
		return NULL;
	}
	judge->identity = identity_load(folder, judge->lexicon, error);
	return judge->identity == NULL ? NULL : g_steal_pointer(&judge);
}

void
judge_free(Judge *judge)
{
	if (judge == NULL)
		return;
	lexicon_free(judge->lexicon);
	linear_free(judge->weights);
	speech_free(judge->speech);
	stems_free(judge->stems);
	identity_free(judge->identity);
	g_strfreev(judge->own_hosts);
	g_strfreev(judge->mail_hosts);
	g_strfreev(judge->own_addresses);
	g_free(judge->version);
	g_free(judge);
}

void
judge_set_mode(Judge *judge, Rule rule, RuleMode mode)
{
	judge->modes[rule] = mode;
}

void
judge_set_own_addresses(Judge *judge, const char *const *addresses)
{
	g_strfreev(judge->own_addresses);
	judge->own_addresses = g_strdupv((char **)addresses);
}

const char *
judge_version(const Judge *judge)
{
	return judge->version;
}

/* --- one letter --- */

/* "rector"@… and rector+tag@… are rector@… too. */
static char *
plain_address(const char *address)
{
	const char *at = strrchr(address, '@');
	g_autofree char *local = NULL;

	if (at == NULL)
		return g_strdup(address);
	local = g_strndup(address, (gsize)(at - address));
	g_strdelimit(local, "\"", ' ');
	g_strstrip(local);
	if (strchr(local, '+') != NULL)
		*strchr(local, '+') = '\0';
	return g_strconcat(local, at, NULL);
}

static gboolean
is_own_address(const Judge *judge, const char *address)
{
	g_autofree char *plain = address != NULL ? plain_address(address) : NULL;

	for (guint i = 0; plain != NULL && judge->own_addresses != NULL &&
	     judge->own_addresses[i] != NULL;
	     i++)
		if (g_ascii_strcasecmp(judge->own_addresses[i], plain) == 0)
			return TRUE;
	return FALSE;
}

static State
state_of(const Judge *judge, Rule rule, const Sheet *sheet, double score)
{
	/* Sums of hundredths should not miss a threshold by rounding. */
	if (judge->modes[rule] == MODE_OFF || score < sheet->hold - 1e-9)
		return STATE_NONE;
	if (judge->modes[rule] == MODE_HOLD || score < sheet->reject - 1e-9)
		return STATE_HOLD;
	return STATE_REJECT;
}

static State
run_tests(const Scene *scene, Verdict *verdict)
{
	State strongest = STATE_NONE;

	for (guint i = 0; i < N_TESTS; i++) {
		const Sheet *sheet = scene->judge->sheets[i];
		Rule rule = tests[i].rule;
		g_autoptr(Weigh) weigh = weigh_new(scene, sheet);
		double score;
		State state;

		if (tests[i].look != NULL)
			tests[i].look(scene, weigh);
		score = weigh_finish(weigh, verdict, rule);
		state = state_of(scene->judge, rule, sheet, score);
		verdict->scores[rule] = MAX(verdict->scores[rule], MAX(score, 0));
		if (state == STATE_NONE)
			continue;
		verdict->rules |= 1u << rule;
		/* What refuses ranks before what only holds, then the weight. */
		if (state > strongest ||
		    (state == strongest && score > verdict->scores[verdict->rule])) {
			verdict->rule = rule;
			strongest = state;
		}
	}
	return strongest;
}

static char *
missing(const Reading *reading)
{
	g_autoptr(GString) list = g_string_new(reading->name == NULL ? ",name" : "");

	if (reading->phone == NULL)
		g_string_append(list, ",phone");
	if (reading->email == NULL)
		g_string_append(list, ",email");
	return list->len == 0 ? NULL : g_strdup(list->str + 1);
}

static gboolean
is_urgent(const Scene *scene, Verdict *verdict)
{
	const Sheet *sheet = scene->judge->urgent;
	g_autoptr(Weigh) weigh = weigh_new(scene, sheet);

	return weigh_finish(weigh, verdict, N_RULES) >= sheet->hold;
}

static int
compare_findings(gconstpointer a, gconstpointer b)
{
	const Finding *x = *(Finding *const *)a, *y = *(Finding *const *)b;
	double difference = fabs(y->score) - fabs(x->score);

	return difference > 0 ? 1 : difference < 0 ? -1 : strcmp(x->test, y->test);
}

static void
judge_scene(const Scene *scene, Verdict *verdict)
{
	State state = run_tests(scene, verdict);

	verdict->urgent = is_urgent(scene, verdict);
	state = joint_decide(scene, state, verdict);
	topic_find(scene, verdict);
	if (scene->text->n_words - scene->text->body_word <= FEWEST_WORDS &&
	    scene->reading->attachments->len > 0 && scene->reading->phone == NULL) {
		verdict_add_finding(verdict, N_RULES, "attachments-only", 0, "",
		    "attachment 1",
		    "nothing readable but attachments: a person must look");
		verdict->outcome = OUTCOME_HOLD;
	} else if (is_own_address(scene->judge, scene->reading->from_address)) {
		verdict_add_finding(verdict, N_RULES, "own-address", 0, "", "header From",
		    "sent from our own address, which nobody answers: a person must "
		    "look");
		verdict->outcome = OUTCOME_HOLD;
	} else if (state == STATE_REJECT) {
		verdict->outcome = verdict->urgent ? OUTCOME_HOLD : OUTCOME_REJECT;
	} else {
		verdict->outcome = state == STATE_HOLD ? OUTCOME_HOLD : OUTCOME_ACCEPT;
	}
}

/* A letter's text, and what was found in it. */
typedef struct {
	Text *text;
	Numbers *numbers;
	GArray *finds; /* of Find */
	Seen *seen;
} Looked;

static void
looked_clear(Looked *looked)
{
	seen_free(looked->seen);
	g_array_unref(looked->finds);
	numbers_free(looked->numbers);
	text_free(looked->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looked, looked_clear)

static Looked
look_at(const Judge *judge, const Reading *reading)
{
	Text *text = text_parse(reading->subject, reading->text);
	Numbers *numbers = numbers_find(text, (const char *const *)judge->own_hosts);

	return (Looked){ text, numbers,
		lexicon_match(judge->lexicon, text, numbers->kinds),
		seen_new(judge->weights, text) };
}

static Verdict *
judge_looked(const Judge *judge, const Reading *reading, const Looked *looked)
{
	Scene scene = { judge, reading, looked->text, looked->numbers, looked->finds,
		looked->seen };
	Verdict *verdict = verdict_new();

	verdict->version = g_strdup(judge->version);
	verdict->missing = missing(reading);
	judge_scene(&scene, verdict);
	if (reading->kind == KIND_AUTO || reading->kind == KIND_BOUNCE) {
		verdict->outcome = OUTCOME_IGNORE;
		verdict->rule = -1;
		verdict->rules = 0;
	}
	g_ptr_array_sort(verdict->findings, compare_findings);
	return verdict;
}

Verdict *
judge_letter(const Judge *judge, const Reading *reading)
{
	g_auto(Looked) looked = look_at(judge, reading);

	return judge_looked(judge, reading, &looked);
}

void
judge_identify(const Judge *judge, Reading *reading)
{
	g_auto(Looked) looked = look_at(judge, reading);

	judge_identify_text(judge, looked.text, looked.finds, looked.seen, reading);
}

Verdict *
judge_reading(const Judge *judge, Reading *reading)
{
	g_auto(Looked) looked = look_at(judge, reading);

	judge_identify_text(judge, looked.text, looked.finds, looked.seen, reading);
	return judge_looked(judge, reading, &looked);
}

void
judge_partial(Verdict *verdict)
{
	if (verdict->outcome == OUTCOME_IGNORE)
		return;
	verdict->outcome = OUTCOME_HOLD;
	verdict_add_finding(verdict, N_RULES, "partial", 0, "", "text",
	    "only the header and the first text are here: a person must look");
}
