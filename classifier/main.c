/* rector-classifier: says of each letter what it is, who wrote it, and a verdict. */
#include "classify.h"
#include "fault.h"
#include "program.h"

static gboolean explain, as_json, replay;
static char *data;

static const GOptionEntry options[] = {
	{ "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
	    "Say what becomes of the letters in FILE… (-: standard input), and leave",
	    NULL },
	{ "json", 0, 0, G_OPTION_ARG_NONE, &as_json,
	    "With --explain: one JSON object a line", NULL },
	{ "replay", 0, 0, G_OPTION_ARG_NONE, &replay,
	    "Judge again the stored letters whose ids stand on standard input, say what "
	    "becomes of them, change nothing (see rector-queue replay)",
	    NULL },
	{ "data", 0, 0, G_OPTION_ARG_FILENAME, &data,
	    "With --explain, --replay or --check: the data files of this folder", "DIR" },
	{ NULL },
};

static gboolean
configure(Program *program, GError **error)
{
	ClassifierSettings settings = { 0 };

	if (settings_group(
		program->settings, "classifier", classifier_settings, &settings, error)) {
		if (data != NULL) {
			g_free(settings.data);
			settings.data = g_steal_pointer(&data);
		}
		program->state =
		    classifier_new(&settings, program->university.address, error);
	}
	settings_group_clear(classifier_settings, &settings);
	return program->state != NULL;
}

/* What ends the program is said; TRUE, since nothing is left to do. */
static gboolean
refuse(const char *what, GError **error)
{
	g_set_error(error, FAULT, FAULT_SETUP, "%s (see --help)", what);
	return TRUE;
}

static gboolean
standalone(Program *program, GError **error)
{
	const ClassifierSettings settings = { .data = data };

	if (explain + replay + program->watching > 1 ||
	    (data != NULL && !explain && !replay && !program->check))
		return refuse("these options do not go together", error);
	if (!explain)
		return FALSE;
	if (program->arguments[0] == NULL)
		return refuse("--explain needs a FILE", error);
	program->state = classifier_new(&settings, NULL, error);
	if (program->state != NULL)
		classify_explain(program->state, program->arguments, as_json, error);
	return TRUE;
}

static gboolean
pass(Program *program, GError **error)
{
	if (replay)
		return classify_replay(program->state, program->store, stdin, error);
	return store_hold_room(program->store, error) &&
	    classify_pass(program->state, program->store, program_now(program), error);
}

static void
finish(Program *program)
{
	classifier_free(program->state);
	g_free(data);
}

int
main(int argc, char **argv)
{
	Program program = {
		.name = "rector-classifier",
		.summary = "Reads and judges the letters that have arrived.",
		.usage = "[FILE…]",
		.room = ROOM_CLASSIFIER,
		.options = options,
		.configure = configure,
		.standalone = standalone,
		.pass = pass,
		.finish = finish,
	};

	return program_run(&program, argc, argv);
}
