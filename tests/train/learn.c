#include "learn.h"

#include "linear.h"

#include <math.h>
#include <string.h>

#define ROUNDS 60
#define RARE 2
/* A feature whose every weight is smaller is left out. */
#define LEAST 0.03
/* The value of a signal; a text's features together have about 1. */
#define SIGNAL 0.1

/* Features and signals are numbered each in their own table. */
typedef struct {
	GHashTable *numbers; /* name → its number + 1 */
	GPtrArray *names;
} Names;

static Names features, signals;
static GArray *documents;   /* a feature's number → how many examples have it */
static GPtrArray *examples; /* of Example */
static double *idf;

static guint
number_of(Names *table, const char *name)
{
	guint number;

	if (table->names == NULL) {
		table->numbers = g_hash_table_new(g_str_hash, g_str_equal);
		table->names = g_ptr_array_new();
	}
	number = GPOINTER_TO_UINT(g_hash_table_lookup(table->numbers, name));
	if (number == 0) {
		char *copy = g_strdup(name);

		g_ptr_array_add(table->names, copy);
		number = table->names->len;
		g_hash_table_insert(table->numbers, copy, GUINT_TO_POINTER(number));
	}
	return number - 1;
}

/* Adds it unless it is there. */
static gboolean
add_once(GArray *numbers, guint number)
{
	for (guint i = 0; i < numbers->len; i++)
		if (g_array_index(numbers, guint, i) == number)
			return FALSE;
	g_array_append_val(numbers, number);
	return TRUE;
}

static void
take(gpointer data, const char *feature, gsize length, guint word)
{
	Example *example = data;
	g_autofree char *name = g_strndup(feature, length);

	add_once(example->features, number_of(&features, name));
}

Example *
learn_example(const Text *text)
{
	Example *example = g_new0(Example, 1);

	example->features = g_array_new(FALSE, FALSE, sizeof(guint));
	example->signals = g_array_new(FALSE, FALSE, sizeof(guint));
	example->weight = 1;
	linear_features(text, take, example);
	if (examples == NULL)
		examples = g_ptr_array_new();
	g_ptr_array_add(examples, example);
	return example;
}

void
learn_signal(Example *example, const char *name)
{
	add_once(example->signals, number_of(&signals, name));
}

void
learn_balance(guint n)
{
	guint count[MOST_OUTPUTS] = { 0 };

	for (guint i = 0; i < examples->len; i++)
		for (guint j = 0; j < n; j++)
			count[j] += ((Example *)examples->pdata[i])->labels >> j & 1;
	for (guint i = 0; i < examples->len; i++) {
		Example *example = examples->pdata[i];

		example->weight = 0;
		for (guint j = 0; j < n; j++)
			if ((example->labels >> j & 1) != 0)
				example->weight = MAX(example->weight,
				    (double)examples->len / n / count[j]);
	}
}

static void
weigh_features(void)
{
	documents = g_array_new(FALSE, TRUE, sizeof(guint));
	g_array_set_size(documents, features.names->len);
	for (guint i = 0; i < examples->len; i++) {
		const Example *example = examples->pdata[i];

		for (guint j = 0; j < example->features->len; j++)
			g_array_index(documents, guint,
			    g_array_index(example->features, guint, j))++;
	}
	idf = g_new0(double, features.names->len);
	for (guint i = 0; i < features.names->len; i++) {
		guint n = g_array_index(documents, guint, i);

		idf[i] = n < RARE ? 0 : log((1.0 + examples->len) / (1.0 + n)) / 3;
	}
}

/* The weights of one output: of the features, of the signals, and the bias. */
typedef struct {
	double *features, *signals, bias;
} Weights;

static double
length_of(const Example *example)
{
	return sqrt(MAX(example->features->len, 1));
}

static double
product(const Example *example, const Weights *weights)
{
	double sum = 0, told = 0;

	for (guint i = 0; i < example->features->len; i++) {
		guint number = g_array_index(example->features, guint, i);

		sum += weights->features[number] * idf[number];
	}
	for (guint i = 0; i < example->signals->len; i++)
		told += weights->signals[g_array_index(example->signals, guint, i)];
	return sum / length_of(example) + told * SIGNAL + weights->bias;
}

/* The square of the example's own length, the bias among it. */
static double
square(const Example *example)
{
	double sum = 0;

	for (guint i = 0; i < example->features->len; i++) {
		double value = idf[g_array_index(example->features, guint, i)];

		sum += value * value;
	}
	return sum / MAX(example->features->len, 1) +
	    example->signals->len * SIGNAL * SIGNAL + 1;
}

static void
move(const Example *example, double step, Weights *weights)
{
	double length = length_of(example);

	weights->bias += step;
	for (guint i = 0; i < example->features->len; i++) {
		guint number = g_array_index(example->features, guint, i);

		weights->features[number] += step * idf[number] / length;
	}
	for (guint i = 0; i < example->signals->len; i++)
		weights->signals[g_array_index(example->signals, guint, i)] +=
		    step * SIGNAL;
}

static void
learn(guint output, Weights *weights, double cost, double positive)
{
	g_autofree double *alpha = g_new0(double, examples->len);

	for (guint round = 0; round < ROUNDS; round++)
		for (guint k = 0; k < examples->len; k++) {
			/* A fixed stride visits all in a mixed order. */
			guint i =
			    (guint)(((guint64)k * 7919 + round * 104729) % examples->len);
			const Example *example = examples->pdata[i];
			double y = (example->labels >> output & 1) ? 1 : -1;
			double c = cost * example->weight * (y > 0 ? positive : 1);
			double gradient =
			    y * (product(example, weights) + example->offset[output]) -
			    1 + alpha[i] * 0.5 / c;
			double step =
			    MAX(alpha[i] - gradient / (square(example) + 0.5 / c), 0) -
			    alpha[i];

			alpha[i] += step;
			move(example, y * step, weights);
		}
}

static void
write_row(GString *out, const char *prefix, const char *name, const double *row, guint n,
    double least)
{
	double most = 0;

	for (guint j = 0; j < n; j++)
		most = MAX(most, fabs(row[j]));
	if (most < least)
		return;
	g_string_append_printf(out, "%s%s", prefix, name);
	for (guint j = 0; j < n; j++)
		g_string_append_printf(out, " %ld", lrint(100 * row[j]));
	g_string_append_c(out, '\n');
}

static void
write_weights(
    const char *file, const char *const *outputs, const Weights *weights, guint n)
{
	g_autoptr(GString) out = g_string_new(
	    "# Learned weights in hundredths; made by tests/train/run, see there.\n"
	    "# w: a word, p: its beginning, s: the same in the subject, b: two words,\n"
	    "# t: what a test found.\noutputs");
	g_autoptr(GError) error = NULL;
	double row[MOST_OUTPUTS];

	for (guint j = 0; j < n; j++) {
		g_string_append_printf(out, " %s", outputs[j]);
		row[j] = weights[j].bias;
	}
	g_string_append_c(out, '\n');
	write_row(out, "", "bias", row, n, 0);
	for (guint i = 0; signals.names != NULL && i < signals.names->len; i++) {
		for (guint j = 0; j < n; j++)
			row[j] = weights[j].signals[i] * SIGNAL;
		write_row(out, "t:", signals.names->pdata[i], row, n, 0);
	}
	for (guint i = 0; i < features.names->len; i++) {
		for (guint j = 0; j < n; j++)
			row[j] = weights[j].features[i] * idf[i];
		write_row(out, "", features.names->pdata[i], row, n, LEAST);
	}
	if (!g_file_set_contents(file, out->str, (gssize)out->len, &error))
		g_error("%s", error->message);
}

void
learn_write(const char *file, const char *const *outputs, double cost, double positive)
{
	Weights weights[MOST_OUTPUTS] = { 0 };
	guint n = g_strv_length((char **)outputs);

	g_assert(n <= MOST_OUTPUTS && examples != NULL);
	weigh_features();
	for (guint j = 0; j < n; j++) {
		weights[j].features = g_new0(double, features.names->len);
		weights[j].signals =
		    g_new0(double, signals.names != NULL ? signals.names->len : 0);
		learn(j, &weights[j], cost, positive);
	}
	write_weights(file, outputs, weights, n);
}
