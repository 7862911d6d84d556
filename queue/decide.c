/* accept, reject: a person's word over a letter that is held or stuck.  The router does
 * the rest, by the same moves as for the machine's verdict. */
#include "letter.h"
#include "official.h"
#include "queue.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Who decides: --by, or the person logged in, also behind sudo. */
static const char *
who(void)
{
	const char *sudo = g_getenv("SUDO_USER");
	const struct passwd *user = getpwuid(getuid());

	if (queue_options.by != NULL)
		return queue_options.by;
	if (sudo != NULL && *sudo != '\0')
		return sudo;
	return user != NULL ? user->pw_name : "unknown";
}

static gboolean
usage(const char *text, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP, "usage: rector-queue %s", text);
	return FALSE;
}

static gboolean
has_reason(GError **error)
{
	if (queue_options.reason != NULL && *g_strstrip(queue_options.reason) != '\0')
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "a decision needs a reason: --reason \"…\" (it stays in the log)");
	return FALSE;
}

static gboolean
find_topic(const char *name, int *ret_topic, GError **error)
{
	g_autofree char *names = g_strjoinv(", ", (char **)topic_names);

	*ret_topic = name_index(topic_names, name);
	if (name == NULL || *ret_topic >= 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP, "\"%s\" is no topic: expected one of %s",
	    name, names);
	return FALSE;
}

static gboolean
check_official(Program *program, GError **error)
{
	g_autoptr(GPtrArray) officials = NULL;

	if (queue_options.official == NULL)
		return TRUE;
	officials = officials_load(program->settings, error);
	if (officials == NULL)
		return FALSE;
	if (officials_find(officials, queue_options.official) != NULL)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP, "there is no [official %s] in %s",
	    queue_options.official, settings_file(program->settings));
	return FALSE;
}

static gboolean
decide(Program *program, const char *letter, Outcome outcome, int rule, int topic,
    GError **error)
{
	gint64 id;

	if (!queue_letter(program, letter, &id, error) ||
	    !store_letter_decide(program->store, id, outcome, rule, topic,
		queue_options.official, who(), queue_options.reason, program_now(program),
		error))
		return FALSE;
	printf("letter %" G_GINT64_FORMAT ": %s by %s; the router takes it from here\n",
	    id, outcome == OUTCOME_ACCEPT ? "accepted" : "rejected", who());
	return TRUE;
}

gboolean
queue_accept(Program *program, char **argv, GError **error)
{
	int topic;

	if (g_strv_length(argv) != 2)
		return usage(
		    "accept LETTER [--topic TOPIC] [--official KEY] --reason TEXT",
		    error);
	return has_reason(error) && find_topic(queue_options.topic, &topic, error) &&
	    check_official(program, error) &&
	    decide(program, argv[1], OUTCOME_ACCEPT, -1, topic, error);
}

gboolean
queue_reject(Program *program, char **argv, GError **error)
{
	g_autofree char *names = g_strjoinv(", ", (char **)rule_names);
	int rule;

	if (g_strv_length(argv) != 3)
		return usage("reject LETTER RULE --reason TEXT", error);
	rule = name_index(rule_names, argv[2]);
	if (rule < 0) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "\"%s\" is no ground of refusal: expected one of %s", argv[2], names);
		return FALSE;
	}
	return has_reason(error) &&
	    decide(program, argv[1], OUTCOME_REJECT, rule, -1, error);
}
