/* 5.4: the telephone number or the address for the answer is missing. */
#include "judge-private.h"

void
test_incomplete(const Scene *scene, Weigh *weigh)
{
	if (scene->reading->phone == NULL)
		weigh_remark(weigh, "no-phone",
		    "no telephone number of the author was found", "subject, text");
	if (scene->reading->email == NULL)
		weigh_remark(weigh, "no-email", "no address for the answer was found",
		    "header From");
}
