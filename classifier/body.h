/* A body divided into what the author wrote now and what is quoted. */
#pragma once

#include "quotes.h"

typedef struct {
	char *text;   /* without the quotes; the signature stays */
	char *quoted; /* without the marks of quoting; NULL when there is none */
	gboolean
	    forwarded; /* a mark says that the quoted text is passed on, not replied to */
} Body;
void body_clear(Body *body);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Body, body_clear)

/* `text` is normal; quotes NULL means that only ">" marks count. */
void body_split(const char *text, const Quotes *quotes, Body *ret_body);
