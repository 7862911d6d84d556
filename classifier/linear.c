#include "linear.h"

#include "fault.h"
#include <math.h>
#include <string.h>

#define UNIT 100.0
#define MOST_FEATURES 5 /* of one word */
#define MOST_BYTES 80   /* of a word as a feature */

/* The files' outputs lie side by side in a row of weights, a row a feature. */
struct Linear {
	guint n_files;
	guint *first_output; /* of each file, and behind the last */
	guint bits;
	guint64 *keys; /* hashes of features by open addressing; 0: free */
	guint32 *rows; /* beside them: where a feature's weights begin */
	guint n_keys;
	GArray *weights; /* of gint16 */
	double *bias;    /* an output */
};

/* --- features --- */

/* A kind of feature, and the bytes of one word or of two that make it. */
typedef struct {
	char kind;
	const char *first, *second;
	gsize first_length, second_length;
} Feature;

typedef void (*PieceTaker)(gpointer data, const Feature *feature, guint word);

/* A word in the spelling that counts, and the bytes of its first letters: all of them
 * when it has no more. */
typedef struct {
	const char *bytes;
	gsize length, three, five;
} Spelled;

static Spelled
spell(const TextWord *word)
{
	gboolean second = word->second != NULL && word->second_length > 0;
	Spelled spelled = { second ? word->second : word->folded,
		second ? word->second_length : word->folded_length, 0, 0 };
	gsize ends[6] = { 0 }, at = 0;
	guint step;

	for (guint n = 1; n <= 5; n++) {
		if (at < spelled.length) {
			fold_next(spelled.bytes + at, &step);
			at += step;
		}
		ends[n] = MIN(at, spelled.length);
	}
	spelled.three = ends[3];
	spelled.five = ends[5];
	return spelled;
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

static void
tell(PieceTaker taker, gpointer data, char kind, const char *bytes, gsize length,
    guint word)
{
	Feature feature = { kind, bytes, NULL, length, 0 };

	taker(data, &feature, word);
}

/* Each feature may come more than once. */
static void
find_features(const Text *text, PieceTaker taker, gpointer data)
{
	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];
		Spelled this, next;

		if (word->script == SCRIPT_DIGIT || word->letters < 2 ||
		    is_name(text, i) || is_of_host(text, word))
			continue;
		this = spell(word);
		/* Short words are of every letter. */
		if (word->letters > 3)
			tell(taker, data, 'w', this.bytes, MIN(this.length, MOST_BYTES),
			    i);
		if (this.three < this.length)
			tell(taker, data, 'p', this.bytes, this.three, i);
		if (this.five < this.length)
			tell(taker, data, 'p', this.bytes, this.five, i);
		if (word->line == 0)
			tell(taker, data, 's', this.bytes, this.five, i);
		if (i + 1 < text->n_words && word[1].sentence == word->sentence &&
		    word[1].script != SCRIPT_DIGIT) {
			next = spell(word + 1);
			taker(data,
			    &(Feature){
				'b', this.bytes, next.bytes, this.five, next.five },
			    i);
		}
	}
}

/* --- features as the files have them --- */

typedef struct {
	FeatureTaker taker;
	gpointer data;
} Teller;

static void
tell_whole(gpointer data, const Feature *feature, guint word)
{
	const Teller *teller = data;
	char bytes[2 * MOST_BYTES + 8];
	gsize length = 2;

	bytes[0] = feature->kind;
	bytes[1] = ':';
	memcpy(bytes + length, feature->first, feature->first_length);
	length += feature->first_length;
	if (feature->second != NULL) {
		bytes[length++] = '_';
		memcpy(bytes + length, feature->second, feature->second_length);
		length += feature->second_length;
	}
	teller->taker(teller->data, bytes, length, word);
}

void
linear_features(const Text *text, FeatureTaker taker, gpointer data)
{
	Teller teller = { taker, data };

	find_features(text, tell_whole, &teller);
}

/* "w:слово", "b:один_друго" */
static Feature
read_pieces(const char *text, gsize length)
{
	const char *bytes = text + 2, *line = memchr(bytes, '_', length - 2);

	if (line == NULL || *text != 'b')
		return (Feature){ *text, bytes, NULL, length - 2, 0 };
	return (Feature){ *text, bytes, line + 1, (gsize)(line - bytes),
		(gsize)(text + length - line - 1) };
}

static inline guint64
mix(guint64 hash, guint64 bytes)
{
	hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static guint64
mix_bytes(guint64 hash, const char *bytes, gsize length)
{
	guint64 eight, rest = length;

	for (; length >= sizeof eight; bytes += sizeof eight, length -= sizeof eight) {
		memcpy(&eight, bytes, sizeof eight);
		hash = mix(hash, eight);
	}
	for (gsize i = 0; i < length; i++)
		rest = rest << 8 | (guchar)bytes[i];
	return mix(hash, rest);
}

/* Never 0. */
static guint64
hash_of(const Feature *feature)
{
	guint64 hash =
	    mix_bytes((guchar)feature->kind, feature->first, feature->first_length);

	if (feature->second != NULL)
		hash = mix_bytes(hash, feature->second, feature->second_length);
	return hash == 0 ? 1 : hash;
}

/* --- the table --- */

/* The slot of a feature, or the free one where it belongs. */
static inline guint
slot_of(const Linear *linear, guint64 key)
{
	guint mask = (1u << linear->bits) - 1, slot = (guint)key & mask;

	while (linear->keys[slot] != 0 && linear->keys[slot] != key)
		slot = (slot + 1) & mask;
	return slot;
}

static void
grow_table(Linear *linear)
{
	g_autofree guint64 *keys = g_steal_pointer(&linear->keys);
	g_autofree guint32 *rows = g_steal_pointer(&linear->rows);
	guint n = keys == NULL ? 0 : 1u << linear->bits;

	linear->bits = keys == NULL ? 12 : linear->bits + 1;
	linear->keys = g_new0(guint64, 1u << linear->bits);
	linear->rows = g_new0(guint32, 1u << linear->bits);
	for (guint i = 0; i < n; i++)
		if (keys[i] != 0) {
			guint slot = slot_of(linear, keys[i]);

			linear->keys[slot] = keys[i];
			linear->rows[slot] = rows[i];
		}
}

static guint
n_outputs(const Linear *linear)
{
	return linear->first_output[linear->n_files];
}

/* The row of a feature; a new one is all zeros. */
static gint16 *
row_of(Linear *linear, const Feature *feature)
{
	guint64 key = hash_of(feature);
	guint slot;

	if (linear->keys == NULL || linear->n_keys * 8 >= 5u << linear->bits)
		grow_table(linear);
	slot = slot_of(linear, key);
	if (linear->keys[slot] == 0) {
		linear->keys[slot] = key;
		linear->rows[slot] = linear->weights->len;
		linear->n_keys++;
		g_array_set_size(
		    linear->weights, linear->weights->len + n_outputs(linear));
	}
	return &g_array_index(linear->weights, gint16, linear->rows[slot]);
}

/* --- loading --- */

typedef struct {
	Linear *linear;
	const WeightFile *file;
	guint first, n; /* its outputs */
	guint line;
	GError **error;
} Reader;

static gboolean
expected(const Reader *reader, const char *what)
{
	g_set_error(reader->error, FAULT, FAULT_SETUP, "%s:%u: expected %s",
	    reader->file->path, reader->line, what);
	return FALSE;
}

/* Reads one number for each output from `at` on. */
static gboolean
read_weights(const Reader *reader, const char *at, gint16 *ret_weights)
{
	for (guint i = 0; i < reader->n; i++) {
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
	return *at == '\0';
}

static gboolean
has_outputs(const Reader *reader, const char *line)
{
	g_auto(GStrv) found = g_strsplit(line, " ", -1);

	return found[0] != NULL && g_str_equal(found[0], "outputs") &&
	    g_strv_equal((const char *const *)found + 1, reader->file->outputs);
}

static gboolean
read_bias(const Reader *reader, const char *line)
{
	g_autofree gint16 *weights = g_new(gint16, reader->n);

	if (!g_str_has_prefix(line, "bias ") || !read_weights(reader, line + 4, weights))
		return FALSE;
	for (guint i = 0; i < reader->n; i++)
		reader->linear->bias[reader->first + i] = weights[i] / UNIT;
	return TRUE;
}

static gboolean
read_feature(const Reader *reader, const char *line)
{
	const char *blank = strchr(line, ' ');
	Feature feature;

	if (blank == NULL || blank - line < 3 || line[1] != ':')
		return FALSE;
	feature = read_pieces(line, (gsize)(blank - line));
	return read_weights(
	    reader, blank, row_of(reader->linear, &feature) + reader->first);
}

static gboolean
read_lines(Reader *reader, char *text)
{
	gboolean outputs = FALSE, bias = FALSE;

	for (char *at = text, *next; at != NULL; at = next) {
		next = strchr(at, '\n');
		if (next != NULL)
			*next++ = '\0';
		reader->line++;
		if (*at == '#' || *at == '\0')
			continue;
		if (!outputs) {
			if (!(outputs = has_outputs(reader, at)))
				return expected(
				    reader, "\"outputs\" with the names in their order");
		} else if (!bias) {
			if (!(bias = read_bias(reader, at)))
				return expected(
				    reader, "\"bias\" with a number an output");
		} else if (!read_feature(reader, at)) {
			return expected(reader, "a feature with a number an output");
		}
	}
	return bias || expected(reader, "\"outputs\" and \"bias\"");
}

static gboolean
load_file(Reader *reader)
{
	g_autoptr(GError) local = NULL;
	g_autofree char *text = NULL;

	if (g_file_get_contents(reader->file->path, &text, NULL, &local))
		return read_lines(reader, text);
	g_set_error(reader->error, FAULT, FAULT_SETUP, "%s: %s", reader->file->path,
	    local->message);
	return FALSE;
}

Linear *
linear_load(const WeightFile *files, guint n_files, GError **error)
{
	g_autoptr(Linear) linear = g_new0(Linear, 1);

	linear->n_files = n_files;
	linear->first_output = g_new0(guint, n_files + 1);
	for (guint i = 0; i < n_files; i++)
		linear->first_output[i + 1] =
		    linear->first_output[i] + g_strv_length((char **)files[i].outputs);
	linear->bias = g_new0(double, n_outputs(linear));
	linear->weights = g_array_new(FALSE, TRUE, sizeof(gint16));
	grow_table(linear);
	for (guint i = 0; i < n_files; i++) {
		guint first = linear->first_output[i];
		Reader reader = { linear, &files[i], first,
			linear->first_output[i + 1] - first, 0, error };

		if (!load_file(&reader))
			return NULL;
	}
	return g_steal_pointer(&linear);
}

void
linear_free(Linear *linear)
{
	if (linear == NULL)
		return;
	g_free(linear->first_output);
	g_free(linear->keys);
	g_free(linear->rows);
	g_clear_pointer(&linear->weights, g_array_unref);
	g_free(linear->bias);
	g_free(linear);
}

/* --- a letter --- */

typedef struct {
	guint32 row;
	guint32 word;
} Known;

struct Seen {
	const Linear *linear;
	Known *known;
	guint n_known;
	guint n_features; /* all of them */
	gint *sums;       /* an output */
	double length;    /* the Euclidean one */
	guint bits;
	guint64 *hashes; /* seen already, by open addressing; 0: free */
};

static void
see(gpointer data, const Feature *feature, guint word)
{
	Seen *seen = data;
	const Linear *linear = seen->linear;
	guint64 hash = hash_of(feature);
	guint mask = (1u << seen->bits) - 1, slot = (guint)(hash >> 32) & mask;

	for (; seen->hashes[slot] != 0; slot = (slot + 1) & mask)
		if (seen->hashes[slot] == hash)
			return;
	seen->hashes[slot] = hash;
	seen->n_features++;
	slot = slot_of(linear, hash);
	if (linear->keys[slot] != 0)
		seen->known[seen->n_known++] = (Known){ linear->rows[slot], word };
}

static const gint16 *
weights_of(const Seen *seen, const Known *known)
{
	return &g_array_index(seen->linear->weights, gint16, known->row);
}

Seen *
seen_new(const Linear *linear, const Text *text)
{
	Seen *seen = g_new0(Seen, 1);
	guint most = text->n_words * MOST_FEATURES, n = n_outputs(linear);

	seen->linear = linear;
	seen->known = g_new(Known, most);
	seen->bits = g_bit_storage(most) + 1;
	seen->hashes = g_new0(guint64, 1u << seen->bits);
	find_features(text, see, seen);
	g_clear_pointer(&seen->hashes, g_free);
	seen->length = sqrt(MAX(seen->n_features, 1));
	seen->sums = g_new0(gint, n);
	for (guint i = 0; i < seen->n_known; i++) {
		const gint16 *weights = weights_of(seen, &seen->known[i]);

		for (guint j = 0; j < n; j++)
			seen->sums[j] += weights[j];
	}
	return seen;
}

void
seen_free(Seen *seen)
{
	if (seen == NULL)
		return;
	g_free(seen->known);
	g_free(seen->sums);
	g_free(seen);
}

void
seen_score(const Seen *seen, guint file, double *ret_scores)
{
	const Linear *linear = seen->linear;
	guint first = linear->first_output[file], end = linear->first_output[file + 1];

	for (guint i = first; i < end; i++)
		ret_scores[i - first] =
		    linear->bias[i] + seen->sums[i] / UNIT / seen->length;
}

char *
seen_explain(const Seen *seen, guint file, guint output, const Text *text, guint most)
{
	guint column = seen->linear->first_output[file] + output;
	g_autofree int *sums = g_new0(int, text->n_words + 1);
	GString *told = g_string_new(NULL);

	for (guint i = 0; i < seen->n_known; i++)
		sums[seen->known[i].word] += weights_of(seen, &seen->known[i])[column];
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

void
linear_add_signal(const Linear *linear, guint file, const char *name, double *scores)
{
	const Feature feature = { 't', name, NULL, strlen(name), 0 };
	guint slot = slot_of(linear, hash_of(&feature));
	guint first = linear->first_output[file], end = linear->first_output[file + 1];
	const gint16 *weights;

	if (linear->keys[slot] == 0)
		return;
	weights = &g_array_index(linear->weights, gint16, linear->rows[slot]);
	for (guint i = first; i < end; i++)
		scores[i - first] += weights[i] / UNIT;
}
