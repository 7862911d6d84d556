#include "official.h"

#include "fault.h"

#include <string.h>

/* As the settings give it, before the topics are understood. */
typedef struct {
	char *name, *address, *deputy, *deputy_from, *deputy_until;
	char **topics, **post;
	int language;
} Group;

static const Setting official_settings[] = { { "name", SETTING_STRING, SETTING_REQUIRED,
						 offsetof(Group, name) },
	{ "post", SETTING_LIST, NULL, offsetof(Group, post) },
	{ "address", SETTING_ADDRESS, SETTING_REQUIRED, offsetof(Group, address) },
	{ "language", SETTING_CHOICE, "kk", offsetof(Group, language), 0, 0,
	    language_names },
	{ "topics", SETTING_LIST, NULL, offsetof(Group, topics) },
	{ "deputy", SETTING_STRING, NULL, offsetof(Group, deputy) },
	{ "deputy_from", SETTING_DATE, NULL, offsetof(Group, deputy_from) },
	{ "deputy_until", SETTING_DATE, NULL, offsetof(Group, deputy_until) }, { NULL } };

static void
official_free(gpointer data)
{
	Official *official = data;

	g_free(official->key);
	g_free(official->name);
	g_strfreev(official->posts);
	g_free(official->address);
	g_free(official->deputy);
	g_free(official->deputy_from);
	g_free(official->deputy_until);
	g_free(official);
}

const Official *
officials_find(GPtrArray *officials, const char *key)
{
	for (guint i = 0; i < officials->len; i++) {
		const Official *official = officials->pdata[i];

		if (g_strcmp0(official->key, key) == 0)
			return official;
	}
	return NULL;
}

static gboolean
set_topics(Official *official, char **topics, const Settings *settings, const char *group,
    GError **error)
{
	for (int i = 0; topics != NULL && topics[i] != NULL; i++) {
		int topic = name_index(topic_names, topics[i]);

		if (topic < 0)
			return settings_refuse(settings, group, "topics", error,
			    "\"%s\" is no topic", topics[i]);
		official->topics |= 1u << topic;
	}
	return TRUE;
}

static gboolean
load_one(const Settings *settings, const char *key, GPtrArray *officials, GError **error)
{
	g_autofree char *group = g_strconcat("official ", key, NULL);
	Official *official = g_new0(Official, 1);
	Group raw = { 0 };
	gboolean done;

	g_ptr_array_add(officials, official);
	official->key = g_strdup(key);
	done = settings_group(settings, group, official_settings, &raw, error) &&
	    set_topics(official, raw.topics, settings, group, error);
	official->language = (Language)raw.language;
	official->name = g_steal_pointer(&raw.name);
	official->posts = g_steal_pointer(&raw.post);
	official->address = g_steal_pointer(&raw.address);
	official->deputy = g_steal_pointer(&raw.deputy);
	official->deputy_from = g_steal_pointer(&raw.deputy_from);
	official->deputy_until = g_steal_pointer(&raw.deputy_until);
	settings_group_clear(official_settings, &raw);
	return done;
}

static gboolean
check_deputy(const Settings *settings, GPtrArray *officials, const Official *official,
    GError **error)
{
	g_autofree char *group = g_strconcat("official ", official->key, NULL);

	if (official->deputy == NULL)
		return official->deputy_from == NULL ||
		    settings_refuse(settings, group, "deputy_from", error,
			"needs a deputy beside it");
	if (strcmp(official->deputy, official->key) == 0)
		return settings_refuse(
		    settings, group, "deputy", error, "nobody stands in for himself");
	if (officials_find(officials, official->deputy) == NULL)
		return settings_refuse(settings, group, "deputy", error,
		    "there is no [official %s]", official->deputy);
	if (official->deputy_from == NULL || official->deputy_until == NULL ||
	    strcmp(official->deputy_from, official->deputy_until) > 0)
		return settings_refuse(settings, group, "deputy", error,
		    "needs deputy_from and deputy_until, the first not after the second");
	return TRUE;
}

static gboolean
check_topics(const Settings *settings, GPtrArray *officials, GError **error)
{
	for (int topic = 0; topic < N_TOPICS; topic++) {
		int count = 0;

		for (guint i = 0; i < officials->len; i++)
			count += (((const Official *)officials->pdata[i])->topics &
				     1u << topic) != 0;
		if (count != 1)
			return settings_refuse(settings, "official *", "topics", error,
			    "%s belongs to %d officials; expected one",
			    topic_names[topic], count);
	}
	return TRUE;
}

GPtrArray *
officials_load(const Settings *settings, GError **error)
{
	g_autoptr(GPtrArray) officials = g_ptr_array_new_with_free_func(official_free);
	g_auto(GStrv) keys = settings_groups(settings, "official");

	for (int i = 0; keys[i] != NULL; i++)
		if (!load_one(settings, keys[i], officials, error))
			return NULL;
	for (guint i = 0; i < officials->len; i++)
		if (!check_deputy(settings, officials, officials->pdata[i], error))
			return NULL;
	return check_topics(settings, officials, error) ? g_steal_pointer(&officials)
							: NULL;
}

const Official *
officials_for(GPtrArray *officials, Topic topic, const char *day)
{
	const Official *official = NULL;

	for (guint i = 0; i < officials->len && official == NULL; i++)
		if ((((const Official *)officials->pdata[i])->topics & 1u << topic) != 0)
			official = officials->pdata[i];
	for (guint steps = 0; official != NULL && steps <= officials->len; steps++) {
		if (official->deputy == NULL || strcmp(day, official->deputy_from) < 0 ||
		    strcmp(day, official->deputy_until) > 0)
			return official;
		official = officials_find(officials, official->deputy);
	}
	return NULL;
}
