#include "guard.h"

#include <string.h>

#include "alarm.h"
#include "fault.h"

#define DAY (24 * 3600)
#define HOUR 3600
/* Only this program sends, so its own count holds for a while; then the store is asked.
 */
#define ADDRESS_COUNT_SECONDS 600
#define TOTAL_COUNT_SECONDS 60
#define MOST_COUNTS 10000

typedef struct {
	gint64 asked_at;
	gint64 sent;
} Count;

struct Guard {
	const Post *post;
	GPtrArray *never;   /* of GPatternSpec */
	GPtrArray *own;     /* our addresses, in lower case */
	GHashTable *counts; /* address → Count */
	Count total;
	gboolean knows_state;
	gboolean stopped;
};

static gboolean
load_never(Guard *guard, const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;

	if (!g_file_get_contents(file, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return FALSE;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		if (*g_strstrip(*line) != '\0' && **line != '#')
			g_ptr_array_add(guard->never, g_pattern_spec_new(*line));
	return TRUE;
}

Guard *
guard_new(
    const Post *post, const University *university, const char *never, GError **error)
{
	g_autoptr(Guard) guard = g_new0(Guard, 1);

	guard->post = post;
	guard->never =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_pattern_spec_free);
	guard->own = g_ptr_array_new_with_free_func(g_free);
	guard->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_ptr_array_add(guard->own, g_utf8_strdown(university->address, -1));
	g_ptr_array_add(guard->own, g_utf8_strdown(post->envelope_from, -1));
	if (!load_never(guard, never, error))
		return NULL;
	return g_steal_pointer(&guard);
}

void
guard_free(Guard *guard)
{
	if (guard == NULL)
		return;
	g_ptr_array_unref(guard->never);
	g_ptr_array_unref(guard->own);
	g_hash_table_unref(guard->counts);
	g_free(guard);
}

/* Our own with a "+tag" are ours as well. */
static gboolean
is_own(const Guard *guard, const char *address)
{
	const char *domain = strrchr(address, '@');
	g_autofree char *plain = domain != NULL
	    ? g_strdup_printf("%.*s%s", (int)strcspn(address, "+@"), address, domain)
	    : g_strdup(address);

	return g_ptr_array_find_with_equal_func(guard->own, address, g_str_equal, NULL) ||
	    g_ptr_array_find_with_equal_func(guard->own, plain, g_str_equal, NULL);
}

static gboolean
is_machine(const Guard *guard, const char *address)
{
	for (guint i = 0; i < guard->never->len; i++)
		if (g_pattern_spec_match_string(
			g_ptr_array_index(guard->never, i), address))
			return TRUE;
	return FALSE;
}

static gboolean
is_same(const char *address, const char *folded)
{
	g_autofree char *low = address != NULL ? g_utf8_strdown(address, -1) : NULL;

	return g_strcmp0(low, folded) == 0;
}

static const char *
find_reason(
    const Guard *guard, const Notice *notice, const Letter *letter, const char *address)
{
	if (is_own(guard, address))
		return "own-address";
	/* A machine that answers for our moderator would be asked about its own answer.
	 */
	if (letter != NULL && letter->reading != NULL &&
	    strcmp(notice->kind, "held") == 0 &&
	    is_same(letter->reading->from_address, address))
		return "own-letter";
	if (strcmp(notice->role, "citizen") != 0)
		return NULL;
	if (is_machine(guard, address))
		return "machine-address";
	/* An answer is about the official's letter: that nobody answers him is meant so.
	 */
	if (letter != NULL && letter->reading != NULL &&
	    strcmp(notice->kind, "answer") != 0 && letter->reading->no_answer != NULL)
		return "no-answer";
	return NULL;
}

/* NULL when the store cannot be asked: a mail that nobody counted must not go. */
static Count *
count_for(Guard *guard, Store *store, const char *address, gint64 now, GError **error)
{
	Count *count = g_hash_table_lookup(guard->counts, address);
	g_autoptr(GError) cause = NULL;
	gint64 sent;

	if (count != NULL && now >= count->asked_at &&
	    now < count->asked_at + ADDRESS_COUNT_SECONDS)
		return count;
	sent = store_notices_sent_since(store, address, now - DAY, &cause);
	if (cause != NULL) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return NULL;
	}
	if (count == NULL) {
		if (g_hash_table_size(guard->counts) >= MOST_COUNTS)
			g_hash_table_remove_all(guard->counts);
		count = g_new0(Count, 1);
		g_hash_table_insert(guard->counts, g_strdup(address), count);
	}
	count->asked_at = now;
	count->sent = sent;
	return count;
}

/* Whether the breaker was open when the program ended last. */
static gboolean
learn_state(Guard *guard, Store *store, GError **error)
{
	g_autoptr(GPtrArray) alarms = store_alarms_on(store, error);

	if (alarms == NULL)
		return FALSE;
	for (guint i = 0; i < alarms->len; i++)
		if (strcmp(((Alarm *)g_ptr_array_index(alarms, i))->kind, "breaker") == 0)
			guard->stopped = TRUE;
	guard->knows_state = TRUE;
	return TRUE;
}

/* It opens at the limit and closes at half of it, so that it does not flutter. */
static gboolean
learn_breaker(Guard *guard, Store *store, gint64 now, GError **error)
{
	if (!guard->knows_state && !learn_state(guard, store, error))
		return FALSE;
	if (guard->total.asked_at == 0 || now < guard->total.asked_at ||
	    now >= guard->total.asked_at + TOTAL_COUNT_SECONDS) {
		g_autoptr(GError) cause = NULL;
		gint64 sent = store_notices_sent_since(store, NULL, now - HOUR, &cause);
		if (cause != NULL) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return FALSE;
		}
		guard->total.asked_at = now;
		guard->total.sent = sent;
	}
	guard->stopped = guard->total.sent >=
	    (guard->stopped ? (guard->post->breaker + 1) / 2 : guard->post->breaker);
	return TRUE;
}

gboolean
guard_is_exempt(const Notice *notice)
{
	return strcmp(notice->kind, "alarm") == 0;
}

gboolean
guard_is_stopped(const Guard *guard)
{
	return guard->stopped;
}

GuardWord
guard_ask(Guard *guard, Store *store, const Notice *notice, const Letter *letter,
    gint64 now, const char **ret_why, GError **error)
{
	g_autofree char *address = g_utf8_strdown(notice->recipient, -1);
	gboolean citizen = strcmp(notice->role, "citizen") == 0;
	Count *count;

	*ret_why = find_reason(guard, notice, letter, address);
	if (*ret_why != NULL)
		return GUARD_REFUSE;
	if (!learn_breaker(guard, store, now, error))
		return GUARD_FAULT;
	if (guard->stopped && !guard_is_exempt(notice))
		return GUARD_STOP;
	count = count_for(guard, store, address, now, error);
	if (count == NULL)
		return GUARD_FAULT;
	if (count->sent >=
		(citizen ? guard->post->cap_per_day : guard->post->cap_per_day_staff) &&
	    !guard_is_exempt(notice)) {
		*ret_why = "cap";
		return GUARD_POSTPONE;
	}
	count->sent++;
	guard->total.sent++;
	return GUARD_PASS;
}
