/* The sum of a rule's evidence.  Finds of one signal count with falling weight (w, w/2,
 * w/4 …) up to the signal's `most`; a find inside quotation marks keeps the signal's
 * `quoted` share, since what is quoted is mostly what the author complains of. */
#include "judge-private.h"

#include <math.h>
#include <string.h>

typedef struct {
	guint signal;
	guint first, last; /* words; last < first: a remark */
	gboolean quoted;
	char *remark, *where;
} Item;

struct Weigh {
	const Scene *scene;
	const Sheet *sheet;
	GArray *items; /* of Item */
	guint64 found; /* a bit a signal that is said, not only quoted */
};

static void
clear_item(gpointer data)
{
	Item *item = data;

	g_free(item->remark);
	g_free(item->where);
}

static void
add_item(Weigh *weigh, Item item)
{
	const Signal *signal = weigh->sheet->signals->pdata[item.signal];

	if (!item.quoted || signal->quoted > 0)
		weigh->found |= (guint64)1 << item.signal;
	g_array_append_val(weigh->items, item);
}

Weigh *
weigh_new(const Scene *scene, const Sheet *sheet)
{
	Weigh *weigh = g_new0(Weigh, 1);
	const Find *finds;
	guint n;

	weigh->scene = scene;
	weigh->sheet = sheet;
	weigh->items = g_array_new(FALSE, FALSE, sizeof(Item));
	g_array_set_clear_func(weigh->items, clear_item);
	finds = finds_of_sheet(scene->finds, sheet, &n);
	for (guint i = 0; i < n; i++)
		add_item(weigh,
		    (Item){ finds[i].signal, finds[i].first, finds[i].last,
			finds[i].quoted });
	return weigh;
}

void
weigh_free(Weigh *weigh)
{
	if (weigh == NULL)
		return;
	g_array_unref(weigh->items);
	g_free(weigh);
}

const Sheet *
weigh_sheet(const Weigh *weigh)
{
	return weigh->sheet;
}

static guint
signal_index(const Weigh *weigh, const char *name)
{
	const Signal *signal = sheet_signal(weigh->sheet, name);

	/* judge_load() has made sure that every signal that code adds is in its sheet. */
	g_assert(signal != NULL);
	return signal->index;
}

void
weigh_add(Weigh *weigh, const char *signal, guint first, guint last)
{
	add_item(weigh,
	    (Item){ signal_index(weigh, signal), first, last,
		weigh->scene->text->words[first].quoted });
}

void
weigh_remark(Weigh *weigh, const char *signal, const char *remark, const char *where)
{
	add_item(weigh,
	    (Item){ signal_index(weigh, signal), 1, 0, FALSE, g_strdup(remark),
		g_strdup(where) });
}

#define NEAR_SENTENCES 2

/* Whether a find of one of the signals stands in this sentence or not far from it. */
static gboolean
is_near(const Weigh *weigh, const Item *item, guint64 signals)
{
	const TextWord *words = weigh->scene->text->words;
	gint64 sentence;

	if (item->last < item->first)
		return TRUE;
	sentence = words[item->first].sentence;
	for (guint i = 0; i < weigh->items->len; i++) {
		const Item *other = &g_array_index(weigh->items, Item, i);

		if (other->last < other->first || other == item ||
		    (signals >> other->signal & 1) == 0)
			continue;
		if (ABS((gint64)words[other->first].sentence - sentence) <=
		    NEAR_SENTENCES)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_allowed(const Weigh *weigh, const Signal *signal)
{
	for (guint i = 0; i < signal->with->len; i++)
		if ((g_array_index(signal->with, guint64, i) & weigh->found) == 0)
			return FALSE;
	return (signal->without & weigh->found) == 0;
}

static void
report(const Weigh *weigh, Verdict *verdict, Rule rule, const Item *item, double score)
{
	const Signal *signal = weigh->sheet->signals->pdata[item->signal];
	const Text *text = weigh->scene->text;
	g_autofree char *words = NULL, *where = NULL;

	if (item->last < item->first) {
		verdict_add_finding(verdict, rule, signal->test, score, item->remark,
		    item->where, signal->why);
		return;
	}
	words = text_copy_words(text, item->first, item->last + 1);
	where = text_where(text->words[item->first].line);
	verdict_add_finding(
	    verdict, rule, signal->test, score, words, where, signal->why);
}

double
weigh_finish(Weigh *weigh, Verdict *verdict, Rule rule)
{
	double left[MOST_SIGNALS], next[MOST_SIGNALS], total = 0;

	for (guint i = 0; i < weigh->sheet->signals->len; i++) {
		const Signal *signal = weigh->sheet->signals->pdata[i];

		left[i] = is_allowed(weigh, signal) ? fabs(signal->most) : 0;
		next[i] = fabs(signal->weight);
	}
	for (guint i = 0; i < weigh->items->len; i++) {
		const Item *item = &g_array_index(weigh->items, Item, i);
		const Signal *signal = weigh->sheet->signals->pdata[item->signal];
		double score = MIN(next[item->signal], left[item->signal]);

		score *= item->quoted ? signal->quoted : 1;
		if (score <= 0 ||
		    (signal->near != 0 && !is_near(weigh, item, signal->near)))
			continue;
		left[item->signal] -= score;
		next[item->signal] /= 2;
		score = copysign(score, signal->weight);
		total += score;
		report(weigh, verdict, rule, item, score);
	}
	return total;
}
