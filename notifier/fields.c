#include "fields.h"

#include <string.h>

const FieldInfo field_table[N_FIELDS] = {
	[FIELD_UNIVERSITY] = { "university", FIELD_LINE },
	[FIELD_MAILBOX] = { "mailbox", FIELD_LINE },
	[FIELD_OFFICE] = { "office", FIELD_LINE },
	[FIELD_MODERATOR] = { "moderator", FIELD_LINE },
	[FIELD_SITE] = { "site", FIELD_LINE },
	[FIELD_NAME] = { "name", FIELD_LINE },
	[FIELD_NUMBER] = { "number", FIELD_LINE },
	[FIELD_RECEIVED] = { "received", FIELD_MOMENT },
	[FIELD_REGISTERED] = { "registered", FIELD_DATE },
	[FIELD_DAY1] = { "day1", FIELD_DATE },
	[FIELD_DUE] = { "due", FIELD_DATE },
	[FIELD_COUNTED] = { "counted", FIELD_LIST },
	[FIELD_TOPIC] = { "topic", FIELD_LINE },
	[FIELD_WHY] = { "why", FIELD_LIST },
	[FIELD_CONFIDENTIAL] = { "confidential", FIELD_LINE },
	[FIELD_APPLICANT] = { "applicant", FIELD_LINE },
	[FIELD_EMAIL] = { "email", FIELD_LINE },
	[FIELD_PHONE] = { "phone", FIELD_LINE },
	[FIELD_SUBJECT] = { "subject", FIELD_LINE },
	[FIELD_TEXT] = { "text", FIELD_QUOTE },
	[FIELD_ATTACHMENTS] = { "attachments", FIELD_LIST },
	[FIELD_ATTACHED] = { "attached", FIELD_LINE },
	[FIELD_CUT] = { "cut", FIELD_LINE },
	[FIELD_LETTER] = { "letter", FIELD_LINE },
	[FIELD_PARAGRAPH] = { "paragraph", FIELD_LINE },
	[FIELD_WORDING] = { "wording", FIELD_LINE },
	[FIELD_GROUND] = { "ground", FIELD_BLOCK },
	[FIELD_OTHERS] = { "others", FIELD_LIST },
	[FIELD_MISSING] = { "missing", FIELD_LIST },
	[FIELD_REASON] = { "reason", FIELD_LINE },
	[FIELD_GUESS] = { "guess", FIELD_LINE },
	[FIELD_RULE] = { "rule", FIELD_LINE },
	[FIELD_OFFICIAL] = { "official", FIELD_LINE },
	[FIELD_EVIDENCE] = { "evidence", FIELD_LIST },
	[FIELD_URGENT] = { "urgent", FIELD_LINE },
	[FIELD_ATTEMPTS] = { "attempts", FIELD_LINE },
	[FIELD_SIZE] = { "size", FIELD_LINE },
	[FIELD_ALARM] = { "alarm", FIELD_LINE },
	[FIELD_DETAIL] = { "detail", FIELD_LINE },
	[FIELD_RAISED] = { "raised", FIELD_MOMENT },
	[FIELD_CLEARED] = { "cleared", FIELD_MOMENT },
};

#define B(name) FIELD_BIT(FIELD_##name)
#define HOUSE (B(UNIVERSITY) | B(MAILBOX) | B(OFFICE) | B(MODERATOR) | B(SITE))
#define AUTHOR                                                                           \
	(B(APPLICANT) | B(EMAIL) | B(PHONE) | B(SUBJECT) | B(TEXT) | B(ATTACHMENTS) |    \
	    B(ATTACHED) | B(CUT))

/* Of every kind these may be empty. */
#define OPTIONAL                                                                         \
	(B(SITE) | B(NAME) | B(CONFIDENTIAL) | B(EMAIL) | B(PHONE) | B(SUBJECT) |        \
	    B(TEXT) | B(ATTACHMENTS) | B(ATTACHED) | B(CUT) | B(WHY) | B(OTHERS) |       \
	    B(MISSING) | B(GUESS) | B(RULE) | B(OFFICIAL) | B(EVIDENCE) | B(URGENT) |    \
	    B(CLEARED))

static const char *const subject_only[] = { "Subject", NULL };
static const char *const ground_headers[] = { "Paragraph", "Wording", NULL };

const KindInfo kind_table[] = {
	{ "acknowledgement",
	    HOUSE | B(NAME) | B(NUMBER) | B(RECEIVED) | B(REGISTERED) | B(DAY1) | B(DUE) |
		B(COUNTED) | B(CONFIDENTIAL),
	    OPTIONAL, B(NUMBER) | B(RECEIVED) | B(DUE) | B(COUNTED), subject_only },
	{ "rejection",
	    HOUSE | B(NAME) | B(RECEIVED) | B(PARAGRAPH) | B(WORDING) | B(GROUND) |
		B(OTHERS),
	    OPTIONAL, B(RECEIVED) | B(PARAGRAPH) | B(WORDING) | B(GROUND) | B(OFFICE),
	    subject_only },
	{ "forward",
	    HOUSE | AUTHOR | B(NAME) | B(NUMBER) | B(RECEIVED) | B(REGISTERED) | B(DUE) |
		B(TOPIC) | B(WHY) | B(CONFIDENTIAL),
	    OPTIONAL, B(NUMBER) | B(DUE) | B(APPLICANT) | B(TEXT) | B(TOPIC),
	    subject_only },
	{ "held",
	    HOUSE | AUTHOR | B(NAME) | B(LETTER) | B(RECEIVED) | B(REASON) | B(GUESS) |
		B(RULE) | B(OFFICIAL) | B(EVIDENCE) | B(URGENT) | B(TOPIC) |
		B(CONFIDENTIAL),
	    OPTIONAL | B(APPLICANT), B(LETTER) | B(RECEIVED) | B(REASON) | B(TEXT),
	    subject_only },
	{ "stuck",
	    HOUSE | B(NAME) | B(LETTER) | B(RECEIVED) | B(REASON) | B(ATTEMPTS) | B(SIZE),
	    OPTIONAL, B(LETTER) | B(RECEIVED), subject_only },
	{ "alarm", HOUSE | B(NAME) | B(ALARM) | B(DETAIL) | B(RAISED) | B(CLEARED),
	    OPTIONAL, B(ALARM) | B(DETAIL) | B(RAISED) | B(CLEARED), subject_only },
	{ NULL, 0, 0, 0, NULL },
};

const KindInfo ground_info = { "ground", HOUSE | B(MISSING), OPTIONAL, 0,
	ground_headers };

int
kind_index(const char *name)
{
	for (int i = 0; kind_table[i].name != NULL; i++)
		if (strcmp(kind_table[i].name, name) == 0)
			return i;
	return -1;
}
