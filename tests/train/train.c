/* Learns the weights of classifier/data/{topics,learned}.weights from labelled letters.
 *
 *     train topics|rules TOPICS.txt OUT FILE…
 *
 * One linear support vector machine an output (L2 loss, dual coordinate descent), over
 * the features of classifier/linear.h weighted by their rarity.  Two runs give the same
 * bytes. */
#include "judge-private.h"

#include "regulation.h"
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define COST 2.0
#define ROUNDS 60
#define RARE 2
/* A feature whose every weight is smaller is left out. */
#define LEAST 0.06

typedef struct {
	GArray *features;  /* of guint, each once */
	guint32 labels;    /* a bit an output */
	double offset[32]; /* what is known before learning, an output */
} Example;

static GHashTable *numbers; /* feature → its number + 1 */
static GPtrArray *names;    /* number → feature */
static GArray *documents;   /* number → how many letters have it */
static GPtrArray *examples;
static Lexicon *lexicon; /* of topics.txt */
static const Sheet *concepts;

static void
take(gpointer data, const char *feature, gsize length, guint word)
{
	Example *example = data;
	g_autofree char *name = g_strndup(feature, length);
	guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, name));

	if (number == 0) {
		guint none = 0;

		g_ptr_array_add(names, g_strdup(name));
		g_array_append_val(documents, none);
		number = names->len;
		g_hash_table_insert(numbers, g_strdup(name), GUINT_TO_POINTER(number));
	}
	number--;
	for (guint i = 0; i < example->features->len; i++)
		if (g_array_index(example->features, guint, i) == number)
			return;
	g_array_append_val(example->features, number);
}

static gboolean
label_letter(JsonObject *letter, gboolean topics, guint32 *ret_labels)
{
	const char *outcome = json_object_get_string_member(letter, "outcome");
	JsonArray *rules = json_object_get_array_member(letter, "rules");
	int topic =
	    name_index(topic_names, json_object_get_string_member(letter, "topic"));

	*ret_labels = 0;
	if (topics) {
		if (!g_str_equal(outcome, "accept") || topic < 0)
			return FALSE;
		*ret_labels = 1u << topic;
		return TRUE;
	}
	for (guint i = 0; i < json_array_get_length(rules); i++) {
		int rule =
		    name_index(rule_names, json_array_get_string_element(rules, i));

		if (rule < 0)
			g_error("letter %s: no such rule: %s",
			    json_object_get_string_member(letter, "id"),
			    json_array_get_string_element(rules, i));
		if (rule == RULE_FLOOD)
			return FALSE;
		*ret_labels |= 1u << rule;
	}
	return !g_str_equal(outcome, "ignore");
}

/* What the concepts already say. */
static void
add_concepts(const Text *text, Example *example)
{
	g_autoptr(Numbers) numbers_found = numbers_find(text, NULL);
	g_autoptr(GArray) finds = lexicon_match(lexicon, text, numbers_found->kinds);

	topic_concepts(concepts, text, finds, example->offset);
}

static Example *
add_example(const char *subject, const char *body, gboolean topics)
{
	g_autoptr(Text) text = text_parse(subject, body);
	Example *example = g_new0(Example, 1);

	example->features = g_array_new(FALSE, FALSE, sizeof(guint));
	linear_features(text, take, example);
	if (topics)
		add_concepts(text, example);
	g_ptr_array_add(examples, example);
	return example;
}

/* "topic TAB subject TAB text" for topics; for rules a rule in place of the topic, where
 * every other word says that the letter is fair. */
static void
read_short(const char *line, gboolean topics)
{
	g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
	int label;

	if (*line == '#' || g_strv_length(fields) != 3)
		return;
	label = name_index(topics ? topic_names : rule_names, fields[0]);
	if (topics && label < 0)
		return;
	add_example(fields[1], fields[2], topics)->labels = label < 0 ? 0 : 1u << label;
}

static void
read_file(const char *file, gboolean topics)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_file_get_contents(file, &text, NULL, &error))
		g_error("%s", error->message);
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL && g_str_has_suffix(file, ".tsv"); i++)
		read_short(lines[i], topics);
	for (guint i = 0; lines[i] != NULL && !g_str_has_suffix(file, ".tsv"); i++) {
		g_autoptr(JsonParser) parser = json_parser_new();
		JsonObject *letter;
		guint32 labels;

		if (*lines[i] == '\0')
			continue;
		if (!json_parser_load_from_data(parser, lines[i], -1, &error))
			g_error("%s:%u: %s", file, i + 1, error->message);
		letter = json_node_get_object(json_parser_get_root(parser));
		if (!label_letter(letter, topics, &labels))
			continue;
		add_example(json_object_get_string_member(letter, "subject"),
		    json_object_get_string_member(letter, "body"), topics)
		    ->labels = labels;
	}
}

static double *idf;

static void
weigh_features(void)
{
	for (guint i = 0; i < examples->len; i++) {
		const Example *example = examples->pdata[i];

		for (guint j = 0; j < example->features->len; j++)
			g_array_index(documents, guint,
			    g_array_index(example->features, guint, j))++;
	}
	idf = g_new0(double, names->len);
	for (guint i = 0; i < names->len; i++) {
		guint n = g_array_index(documents, guint, i);

		idf[i] = n < RARE ? 0 : log((1.0 + examples->len) / (1.0 + n)) / 3;
	}
}

static double
product(const Example *example, const double *w)
{
	double sum = 0, length = sqrt(MAX(example->features->len, 1));

	for (guint i = 0; i < example->features->len; i++) {
		guint number = g_array_index(example->features, guint, i);

		sum += w[number] * idf[number];
	}
	return sum / length;
}

/* Dual coordinate descent; the last weight is the bias. */
static void
learn(guint output, double *w, double cost, double positive)
{
	g_autofree double *alpha = g_new0(double, examples->len);

	for (guint round = 0; round < ROUNDS; round++)
		for (guint k = 0; k < examples->len; k++) {
			/* A fixed stride visits all in a mixed order. */
			guint i =
			    (guint)(((guint64)k * 7919 + round * 104729) % examples->len);
			const Example *example = examples->pdata[i];
			double y = (example->labels >> output & 1) ? 1 : -1;
			double c = cost * (y > 0 ? positive : 1), length, q, gradient,
			       step;

			length = sqrt(MAX(example->features->len, 1));
			q = 1 + 0.5 / c;
			for (guint j = 0; j < example->features->len; j++) {
				double value =
				    idf[g_array_index(example->features, guint, j)] /
				    length;

				q += value * value;
			}
			gradient = y *
				(product(example, w) + w[names->len] +
				    example->offset[output]) -
			    1 + alpha[i] * 0.5 / c;
			step = MAX(alpha[i] - gradient / q, 0) - alpha[i];
			alpha[i] += step;
			w[names->len] += y * step;
			for (guint j = 0; j < example->features->len; j++) {
				guint number = g_array_index(example->features, guint, j);

				w[number] += y * step * idf[number] / length;
			}
		}
}

static void
write_weights(const char *file, const char *const *outputs, double *const *w, guint n)
{
	GString *out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_string_append_printf(out,
	    "# Learned weights in hundredths; made by tests/train/run, see there.\n"
	    "# w: a word, p: its beginning, s: the same in the subject, b: two "
	    "words.\noutputs");
	for (guint j = 0; j < n; j++)
		g_string_append_printf(out, " %s", outputs[j]);
	g_string_append(out, "\nbias");
	for (guint j = 0; j < n; j++)
		g_string_append_printf(out, " %ld", lrint(100 * w[j][names->len]));
	g_string_append_c(out, '\n');
	for (guint i = 0; i < names->len; i++) {
		double most = 0;

		for (guint j = 0; j < n; j++)
			most = MAX(most, fabs(w[j][i] * idf[i]));
		if (most < LEAST)
			continue;
		g_string_append(out, names->pdata[i]);
		for (guint j = 0; j < n; j++)
			g_string_append_printf(
			    out, " %ld", lrint(100 * w[j][i] * idf[i]));
		g_string_append_c(out, '\n');
	}
	if (!g_file_set_contents(file, out->str, (gssize)out->len, &error))
		g_error("%s", error->message);
	g_string_free(out, TRUE);
}

int
main(int argc, char **argv)
{
	gboolean topics = argc > 1 && g_str_equal(argv[1], "topics");
	guint n = topics ? N_TOPICS : N_RULES;
	g_autofree double **w = g_new0(double *, n);
	g_autoptr(GError) error = NULL;

	if (argc < 5) {
		g_printerr("usage: train topics|rules TOPICS.txt OUT FILE…\n");
		return 64;
	}
	lexicon = lexicon_new();
	concepts = lexicon_load(lexicon, argv[2], &error);
	if (concepts == NULL)
		g_error("%s", error->message);
	numbers = g_hash_table_new(g_str_hash, g_str_equal);
	names = g_ptr_array_new();
	documents = g_array_new(FALSE, FALSE, sizeof(guint));
	examples = g_ptr_array_new();
	for (int i = 4; i < argc; i++)
		read_file(argv[i], topics);
	weigh_features();
	for (guint j = 0; j < n; j++) {
		w[j] = g_new0(double, names->len + 1);
		learn(j, w[j], topics ? COST : 1, topics ? 1 : 4);
	}
	write_weights(argv[3], topics ? topic_names : rule_names, w, n);
	return 0;
}
