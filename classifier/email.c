/* Where to answer: From, unless the author says in the text that the answer should go
 * elsewhere.  A Reply-To is shown beside it and never taken by itself; nobody reads at a
 * no-reply address (a web form writes from one). */
#include "identity-private.h"

#include <string.h>

#define MOST_LINKS 50 /* looked at: a letter with more has no one to answer */

/* An address counts when the words before it in its line ask for the answer there, or
 * when it stands in a form or a signature as his own. */
static const TextLink *
asked_for(const Sight *sight)
{
	const Text *text = sight->text;
	const Sheet *sheet = sight->identity->author;

	for (guint i = 0; i < MIN(text->n_links, MOST_LINKS); i++) {
		const TextLink *link = &text->links[i];
		guint first = text->lines[link->line].first_word, end = first;
		LineKind kind = text->lines[link->line].kind;

		if (!link->email)
			continue;
		while (end < text->lines[link->line].end_word &&
		    text->words[end].start < link->start)
			end++;
		if (sight_find_within(sight, sheet, "answer", first, end) != NULL)
			return link;
		if ((kind == LINE_FIELD || kind == LINE_SIGNATURE) &&
		    sight_find_within(sight, sheet, "address", first, end) != NULL)
			return link;
	}
	return NULL;
}

void
email_fill(Sight *sight)
{
	Reading *reading = sight->reading;
	const TextLink *link = asked_for(sight);

	g_clear_pointer(&reading->email, g_free);
	g_clear_pointer(&reading->email_where, g_free);
	if (link != NULL) {
		reading->email = text_copy(sight->text, link->start, link->end);
		reading->email_where = text_where(link->line);
	} else if (reading->from_address != NULL &&
	    g_strcmp0(reading->no_answer, "noreply") != 0) {
		reading->email = g_strdup(reading->from_address);
		reading->email_where = g_strdup("from");
	}
}
