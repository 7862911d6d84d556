#include "linear.h"

#include "fault.h"
#include <math.h>
#include <string.h>

#define UNIT 100.0
#define MOST_FEATURES 5 /* of one word */

typedef struct {
	guint64 hash;
	guint word;
} Feature;

struct Seen {
	Feature *features; /* each once, where it stands first */
	guint n_features;
	guint bits;
	guint *places; /* in features, by open addressing; from 1, 0: free */
	double length; /* the Euclidean one */
};

typedef struct {
	guint64 key;   /* 0: free */
	guint32 first; /* of its weights */
} Place;

struct Linear {
	guint n_outputs, n_features;
	guint bits;
	Place *places;   /* open addressing */
	GArray *weights; /* of gint16 */
	double *bias;
};

static guint64
hash(const char *text, gsize length)
{
	guint64 h = 0xcbf29ce484222325u;

	for (gsize i = 0; i < length; i++)
		h = (h ^ (guchar)text[i]) * 0x100000001b3u;
	h ^= h >> 29;
	return h == 0 ? 1 : h;
}

/* --- features --- */

/* The bytes of the first `letters` code points, or 0 when the word is not longer. */
static gsize
prefix(const char *word, gsize length, guint letters)
{
	gsize at = 0;
	guint step;

	while (letters > 0 && at < length) {
		fold_next(word + at, &step);
		at += step;
		letters--;
	}
	return at < length ? at : 0;
}

typedef struct {
	char bytes[192];
	gsize length;
} Buffer;

static void
put(Buffer *buffer, const char *bytes, gsize length)
{
	g_assert(buffer->length + length <= sizeof buffer->bytes);
	memcpy(buffer->bytes + buffer->length, bytes, length);
	buffer->length += length;
}

static void
tell(FeatureTaker taker, gpointer data, const char *tag, const char *bytes, gsize length,
    guint word)
{
	Buffer buffer = { .length = 0 };

	put(&buffer, tag, 2);
	put(&buffer, bytes, MIN(length, 80));
	taker(data, buffer.bytes, buffer.length, word);
}

static const char *
spelling(const TextWord *word, gsize *ret_length)
{
	if (word->second != NULL && word->second_length > 0) {
		*ret_length = word->second_length;
		return word->second;
	}
	*ret_length = word->folded_length;
	return word->folded;
}

static void
tell_pair(FeatureTaker taker, gpointer data, const TextWord *word, guint place)
{
	Buffer buffer = { .length = 0 };
	gsize length, cut;
	const char *bytes = spelling(word, &length);

	put(&buffer, "b:", 2);
	cut = prefix(bytes, length, 5);
	put(&buffer, bytes, MIN(cut != 0 ? cut : length, 40));
	put(&buffer, "_", 1);
	bytes = spelling(word + 1, &length);
	cut = prefix(bytes, length, 5);
	put(&buffer, bytes, MIN(cut != 0 ? cut : length, 40));
	taker(data, buffer.bytes, buffer.length, place);
}

/* Links and hosts say where something stands, not what it is about. */
static gboolean
is_of_host(const Text *text, const TextWord *word)
{
	const char *bytes = text->bytes;

	return word->linked ||
	    (word->start > 1 && bytes[word->start - 1] == '.' &&
		bytes[word->start - 2] != ' ') ||
	    (bytes[word->end] == '.' && g_ascii_isalnum(bytes[word->end + 1]));
}

/* A capital inside a sentence: a name, which says nothing of the next letter. */
static gboolean
is_name(const Text *text, guint word)
{
	const TextWord *this = &text->words[word];

	return this->letter_case == CASE_TITLE && word > 0 &&
	    (text->words[word - 1].sentence == this->sentence ||
		text->lines[this->line].kind == LINE_SIGNATURE);
}

void
linear_features(const Text *text, FeatureTaker taker, gpointer data)
{
	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];
		gsize length, cut;
		const char *bytes = spelling(word, &length);

		if (word->script == SCRIPT_DIGIT || word->letters < 2 ||
		    is_name(text, i) || is_of_host(text, word))
			continue;
		/* Short words are of every letter. */
		if (word->letters > 3)
			tell(taker, data, "w:", bytes, length, i);
		if ((cut = prefix(bytes, length, 4)) != 0)
			tell(taker, data, "p:", bytes, cut, i);
		if ((cut = prefix(bytes, length, 6)) != 0)
			tell(taker, data, "p:", bytes, cut, i);
		if (word->line == 0)
			tell(taker, data, "s:", bytes,
			    (cut = prefix(bytes, length, 5)) != 0 ? cut : length, i);
		if (i + 1 < text->n_words && word[1].sentence == word->sentence &&
		    word[1].script != SCRIPT_DIGIT)
			tell_pair(taker, data, word, i);
	}
}

static void
see(gpointer data, const char *feature, gsize length, guint word)
{
	Seen *seen = data;
	Feature item = { hash(feature, length), word };
	guint mask = (1u << seen->bits) - 1, slot = (guint)item.hash & mask;

	for (; seen->places[slot] != 0; slot = (slot + 1) & mask)
		if (seen->features[seen->places[slot] - 1].hash == item.hash)
			return;
	seen->features[seen->n_features++] = item;
	seen->places[slot] = seen->n_features;
}

Seen *
seen_new(const Text *text)
{
	Seen *seen = g_new0(Seen, 1);
	guint most = text->n_words * MOST_FEATURES;

	seen->features = g_new(Feature, most);
	seen->bits = g_bit_storage(most) + 1;
	seen->places = g_new0(guint, 1u << seen->bits);
	linear_features(text, see, seen);
	g_clear_pointer(&seen->places, g_free);
	seen->length = sqrt(MAX(seen->n_features, 1));
	return seen;
}

void
seen_free(Seen *seen)
{
	if (seen == NULL)
		return;
	g_free(seen->features);
	g_free(seen);
}

/* --- weights --- */

static guint
slot_of(const Linear *linear, guint64 key)
{
	guint mask = (1u << linear->bits) - 1, slot = (guint)key & mask;

	while (linear->places[slot].key != 0 && linear->places[slot].key != key)
		slot = (slot + 1) & mask;
	return slot;
}

static const gint16 *
weights_of(const Linear *linear, guint64 key)
{
	const Place *place = &linear->places[slot_of(linear, key)];

	return place->key == 0 ? NULL
			       : (const gint16 *)linear->weights->data + place->first;
}

static gboolean
expected(const char *file, guint line, const char *what, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP, "%s:%u: expected %s", file, line, what);
	return FALSE;
}

/* Reads one number for each output from `at` on. */
static gboolean
read_weights(const Linear *linear, const char *at, gint16 *ret_weights)
{
	for (guint i = 0; i < linear->n_outputs; i++) {
		gboolean negative;
		gint value = 0;

		if (*at++ != ' ')
			return FALSE;
		negative = *at == '-';
		at += negative;
		if (!g_ascii_isdigit(*at))
			return FALSE;
		for (; g_ascii_isdigit(*at) && value <= G_MAXINT16; at++)
			value = value * 10 + (*at - '0');
		if (value > G_MAXINT16)
			return FALSE;
		ret_weights[i] = (gint16)(negative ? -value : value);
	}
	return *at == '\0' || *at == '\n';
}

static gboolean
check_outputs(const char *line, const char *const *names)
{
	g_auto(GStrv) found = g_strsplit(line, " ", -1);

	return found[0] != NULL && g_str_equal(found[0], "outputs") &&
	    g_strv_equal((const char *const *)found + 1, names);
}

static gboolean
read_feature(Linear *linear, const char *line, gint16 *weights)
{
	const char *blank = strchr(line, ' ');
	guint64 key;
	guint slot;

	if (blank == NULL || blank - line < 3 || line[1] != ':' ||
	    !read_weights(linear, blank, weights))
		return FALSE;
	key = hash(line, (gsize)(blank - line));
	slot = slot_of(linear, key);
	linear->places[slot] = (Place){ key, linear->weights->len };
	g_array_append_vals(linear->weights, weights, linear->n_outputs);
	return TRUE;
}

static gboolean
read_lines(Linear *linear, const char *file, char *text, const char *const *names,
    GError **error)
{
	guint line = 0;
	gboolean outputs = FALSE, bias = FALSE;
	g_autofree gint16 *weights = g_new0(gint16, linear->n_outputs);

	for (char *at = text, *next; at != NULL; at = next) {
		next = strchr(at, '\n');
		if (next != NULL)
			*next++ = '\0';
		line++;
		if (*at == '#' || *at == '\0')
			continue;
		if (!outputs) {
			if (!(outputs = check_outputs(at, names)))
				return expected(file, line,
				    "\"outputs\" with the names in their order", error);
		} else if (!bias) {
			if (!g_str_has_prefix(at, "bias ") ||
			    !read_weights(linear, at + 4, weights))
				return expected(file, line,
				    "\"bias\" with a number an output", error);
			for (guint i = 0; i < linear->n_outputs; i++)
				linear->bias[i] = weights[i] / UNIT;
			bias = TRUE;
		} else if (!read_feature(linear, at, weights)) {
			return expected(
			    file, line, "a feature with a number an output", error);
		}
	}
	return bias || expected(file, line, "\"outputs\" and \"bias\"", error);
}

Linear *
linear_load(const char *file, const char *const *names, GError **error)
{
	g_autoptr(Linear) linear = g_new0(Linear, 1);
	g_autoptr(GError) local = NULL;
	g_autofree char *text = NULL;
	guint lines = 1;

	if (!g_file_get_contents(file, &text, NULL, &local)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, local->message);
		return NULL;
	}
	linear->n_outputs = g_strv_length((char **)names);
	for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	for (linear->bits = 8; 1u << linear->bits < lines * 2; linear->bits++)
		;
	linear->places = g_new0(Place, 1u << linear->bits);
	linear->weights = g_array_new(FALSE, FALSE, sizeof(gint16));
	linear->bias = g_new0(double, linear->n_outputs);
	if (!read_lines(linear, file, text, names, error))
		return NULL;
	return g_steal_pointer(&linear);
}

void
linear_free(Linear *linear)
{
	if (linear == NULL)
		return;
	g_free(linear->places);
	g_clear_pointer(&linear->weights, g_array_unref);
	g_free(linear->bias);
	g_free(linear);
}

void
linear_score(const Linear *linear, const Seen *seen, double *ret_scores)
{
	for (guint i = 0; i < linear->n_outputs; i++)
		ret_scores[i] = 0;
	for (guint i = 0; i < seen->n_features; i++) {
		const gint16 *weights = weights_of(linear, seen->features[i].hash);

		for (guint j = 0; weights != NULL && j < linear->n_outputs; j++)
			ret_scores[j] += weights[j];
	}
	for (guint i = 0; i < linear->n_outputs; i++)
		ret_scores[i] = linear->bias[i] + ret_scores[i] / UNIT / seen->length;
}

char *
linear_explain(
    const Linear *linear, const Seen *seen, const Text *text, guint output, guint most)
{
	g_autofree int *sums = g_new0(int, text->n_words + 1);
	GString *told = g_string_new(NULL);

	for (guint i = 0; i < seen->n_features; i++) {
		const Feature *feature = &seen->features[i];
		const gint16 *weights = weights_of(linear, feature->hash);

		if (weights != NULL)
			sums[feature->word] += weights[output];
	}
	for (guint n = 0; n < most; n++) {
		guint best = 0;
		g_autofree char *word = NULL;

		for (guint i = 1; i < text->n_words; i++)
			if (sums[i] > sums[best])
				best = i;
		if (text->n_words == 0 || sums[best] <= 0)
			break;
		word = text_copy_words(text, best, best + 1);
		g_string_append_printf(told, "%s%s %+.1f", n > 0 ? ", " : "", word,
		    sums[best] / UNIT / seen->length);
		sums[best] = 0;
	}
	return g_string_free(told, told->len == 0);
}
