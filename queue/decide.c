/* accept, reject: a person's word over a letter that is held or stuck.  The router does
 * the rest, by the same moves as for the machine's verdict. */
#include "letter.h"
#include "line.h"
#include "official.h"
#include "queue.h"
#include "view.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

const char *
queue_who(void)
{
	const char *sudo = g_getenv("SUDO_USER");
	const struct passwd *user = getpwuid(getuid());

	if (queue_options.by != NULL)
		return queue_options.by;
	if (sudo != NULL && *sudo != '\0')
		return sudo;
	return user != NULL ? user->pw_name : "unknown";
}

/* One line of text with something in it: it is shown to others later. */
static gboolean
is_said(const char *text)
{
	gboolean has_word = FALSE;

	if (text == NULL || !g_utf8_validate(text, -1, NULL))
		return FALSE;
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (!g_unichar_isprint(c))
			return FALSE;
		has_word = has_word || !g_unichar_isspace(c);
	}
	return has_word;
}

gboolean
queue_has_reason(GError **error)
{
	if (is_said(queue_options.reason) && is_said(queue_who()))
		return TRUE;
	g_set_error_literal(error, FAULT, FAULT_SETUP,
	    is_said(queue_options.reason)
		? "--by: expected the name of who decides, on one line"
		: "a decision needs a reason, on one line: --reason \"...\" (it is "
		  "kept)");
	return FALSE;
}

static gboolean
find_name(const char *const *names, const char *name, const char *what, int *ret_index,
    GError **error)
{
	g_autofree char *all = g_strjoinv(", ", (char **)names);

	*ret_index = name_index(names, name);
	if (name == NULL || *ret_index >= 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP, "\"%s\" is no %s: expected one of %s",
	    name, what, all);
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
	g_set_error(error, FAULT, FAULT_SETUP,
	    "--official %s: there is no [official %s] in %s", queue_options.official,
	    queue_options.official, settings_file(program->settings));
	return FALSE;
}

/* A complaint never goes to the official of whom it complains, and the router would hold
 * it again: better said now. */
static gboolean
check_complaint(Program *program, gint64 letter, GError **error)
{
	g_autofree char *why = NULL, *accused = NULL;

	if (!view_why(program->store, letter, &why, &accused, error))
		return FALSE;
	if (g_strcmp0(why, "complaint-of-official") != 0)
		return TRUE;
	if (queue_options.official != NULL &&
	    g_strcmp0(queue_options.official, accused) != 0)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "letter %" G_GINT64_FORMAT
	    " complains of %s%s%s; name the one who answers it "
	    "instead: --official KEY",
	    letter, accused != NULL ? "[official " : "the official whose topic it is",
	    accused != NULL ? accused : "", accused != NULL ? "]" : "");
	return FALSE;
}

static gboolean
decide(
    Program *program, gint64 letter, Outcome outcome, int rule, int topic, GError **error)
{
	if (!store_letter_decide(program->store, letter, outcome, rule, topic,
		queue_options.official, queue_who(), queue_options.reason,
		program_now(program), error))
		return FALSE;
	if (queue_options.json)
		line_print_json("letter", 'i', letter, "decision", 't',
		    outcome_names[outcome], "by", 't', queue_who(), NULL);
	else
		line_print("letter %" G_GINT64_FORMAT
			   ": %s by %s; the router takes it from here",
		    letter, outcome == OUTCOME_ACCEPT ? "accepted" : "rejected",
		    queue_who());
	return TRUE;
}

gboolean
queue_accept(Program *program, char **argv, GError **error)
{
	gint64 letter;
	int topic;

	return queue_has_reason(error) &&
	    find_name(topic_names, queue_options.topic, "topic", &topic, error) &&
	    check_official(program, error) &&
	    queue_letter(program, argv[1], &letter, error) &&
	    check_complaint(program, letter, error) &&
	    decide(program, letter, OUTCOME_ACCEPT, -1, topic, error);
}

gboolean
queue_reject(Program *program, char **argv, GError **error)
{
	gint64 letter;
	int rule;

	return find_name(rule_names, argv[2], "ground of refusal", &rule, error) &&
	    queue_has_reason(error) && queue_letter(program, argv[1], &letter, error) &&
	    decide(program, letter, OUTCOME_REJECT, rule, -1, error);
}
