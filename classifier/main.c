/* rector-classifier: says of each letter what it is, who wrote it, and a verdict. */
#include "classify.h"
#include "fault.h"
#include "program.h"

static gboolean explain, as_json;

static const GOptionEntry options[] = {
	{ "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
	    "Say what becomes of the letters in FILE… (-: standard input), and leave",
	    NULL },
	{ "json", 0, 0, G_OPTION_ARG_NONE, &as_json,
	    "With --explain: one JSON object a line", NULL },
	{ NULL },
};

static gboolean
configure(Program *program, GError **error)
{
	ClassifierSettings settings = { 0 };

	if (settings_group(
		program->settings, "classifier", classifier_settings, &settings, error))
		program->state =
		    classifier_new(&settings, program->university.address, error);
	settings_group_clear(classifier_settings, &settings);
	return program->state != NULL;
}

static gboolean
standalone(Program *program, GError **error)
{
	if (!explain)
		return FALSE;
	if (program->arguments[0] == NULL) {
		g_set_error(
		    error, FAULT, FAULT_SETUP, "--explain needs a FILE (see --help)");
		return TRUE;
	}
	program->state = classifier_new(NULL, NULL, error);
	if (program->state != NULL)
		classify_explain(program->state, program->arguments, as_json, error);
	return TRUE;
}

static gboolean
pass(Program *program, GError **error)
{
	return store_hold_room(program->store, error) &&
	    classify_pass(program->state, program->store, program_now(program), error);
}

static void
finish(Program *program)
{
	classifier_free(program->state);
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
