/* 5.2: no name at all.  The author's name is found in identity; whoever has a name that
 * was not recognised as one must not be refused for it, so what could be a name where
 * names stand makes a person look instead. */
#include "identity.h"
#include "judge-private.h"

void
test_anonymous(const Scene *scene, Weigh *weigh)
{
	const Reading *reading = scene->reading;
	guint first, last;

	if (reading->name != NULL)
		return;
	weigh_remark(
	    weigh, "no-name", "no full name was found", "text, signature, header From");
	if (!identity_maybe_name(scene->judge->identity, scene->text, scene->finds,
		reading, &first, &last))
		return;
	if (first <= last)
		weigh_add(weigh, "maybe-name", first, last);
	else
		weigh_remark(weigh, "maybe-name",
		    reading->from_name != NULL ? reading->from_name
					       : reading->from_address,
		    "header From");
}
