/* 5.5, 5.6: does the author ask that his data be kept back?  The sheet says what counts;
 * a request that is only quoted is somebody else's. */
#include "identity-private.h"

void
confidential_fill(Sight *sight)
{
	const Sheet *sheet = sight->identity->confidential;
	double score = 0;

	for (guint i = 0; i < sight->finds->len; i++) {
		const Find *find = &g_array_index(sight->finds, Find, i);
		const Signal *signal;

		if (find->sheet != sheet->index)
			continue;
		signal = sheet->signals->pdata[find->signal];
		score += find->quoted ? signal->quoted : signal->weight;
	}
	sight->reading->confidential = score >= sheet->hold;
}
