/* 5.2: no name at all.  The author's name is found in identity; a test that missed it
 * there would refuse a fair letter, so this one only looks at the result and at what the
 * author says of himself. */
#include "judge-private.h"

void
test_anonymous(const Scene *scene, Weigh *weigh)
{
	if (scene->reading->name == NULL)
		weigh_remark(weigh, "no-name", "no full name was found",
		    "text, signature, header From");
}
