/* The fourteen tests, as a moderator asks of them: what each weighs, and what it takes.
 */
#include "explain-private.h"

#include <string.h>

const char *const test_state_names[] = { "nothing found", "only what speaks against",
	"outweighed by what speaks against", "not enough", "a person must look",
	"enough to refuse", "not tested", NULL };

gboolean
explain_is_of(const Finding *finding, const char *test)
{
	gsize length = strlen(test);

	return strncmp(finding->test, test, length) == 0 &&
	    (finding->test[length] == '/' || finding->test[length] == '\0');
}

static TestState
state_of(const TestResult *result, guint finds, gboolean any_for)
{
	/* Sums of hundredths should not miss a threshold by rounding. */
	if (result->weight >= result->reject - 1e-6)
		return TEST_REJECT;
	if (result->weight >= result->hold - 1e-6)
		return TEST_HOLD;
	if (finds == 0)
		return TEST_SILENT;
	if (result->weight > 1e-6)
		return TEST_BELOW;
	return any_for ? TEST_OUTWEIGHED : TEST_AGAINST;
}

/* A rule of the regulation names each sheet but one, which shares the paragraph. */
static TestResult
result_of(const Sheet *sheet, const Verdict *verdict)
{
	int rule = name_index(rule_names, sheet->name);
	TestResult result = { .name = sheet->name,
		.rule = rule >= 0 ? (Rule)rule : RULE_ANONYMOUS,
		.hold = sheet->hold,
		.reject = sheet->reject };
	gboolean any_for = FALSE;
	guint finds = 0;

	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (!explain_is_of(finding, sheet->name))
			continue;
		finds++;
		any_for = any_for || finding->score > 0;
		result.weight += finding->score;
	}
	result.state = state_of(&result, finds, any_for);
	if (result.rule == RULE_FLOOD && finds == 0)
		result.state = TEST_UNTESTED;
	return result;
}

void
explain_tests(
    const Judge *judge, const Verdict *verdict, TestResult ret_results[N_RESULTS])
{
	guint n = 0;

	for (guint i = 0; i < N_TESTS; i++) {
		ret_results[n++] = result_of(judge->sheets[i], verdict);
		if (ret_results[n - 1].rule == RULE_FLOOD - 1)
			ret_results[n++] = result_of(judge->flood, verdict);
	}
}

const Finding *
explain_topic(const Verdict *verdict, Topic topic)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule == N_RULES &&
		    g_strcmp0(finding->test, topic_names[topic]) == 0)
			return finding;
	}
	return NULL;
}

double
explain_topic_margin(const Judge *judge)
{
	return sheet_limit(judge->concepts, "margin", 0.2);
}
