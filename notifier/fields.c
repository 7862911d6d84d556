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
	[FIELD_OLD_DUE] = { "old_due", FIELD_DATE },
	[FIELD_STATE] = { "state", FIELD_LINE },
	[FIELD_ENDED] = { "ended", FIELD_DATE },
	[FIELD_DONE] = { "done", FIELD_LINE },
	[FIELD_FORM] = { "form", FIELD_BLOCK },
	[FIELD_EXAMPLE] = { "example", FIELD_LINE },
	[FIELD_TOPICS] = { "topics", FIELD_LIST },
	[FIELD_RULES] = { "rules", FIELD_LIST },
	[FIELD_REMARK] = { "remark", FIELD_QUOTE },
	[FIELD_LEAKS] = { "leaks", FIELD_LIST },
	[FIELD_SINCE] = { "since", FIELD_DATE },
	[FIELD_COUNT] = { "count", FIELD_LINE },
	[FIELD_TASK] = { "task", FIELD_LINE },
	[FIELD_KIND] = { "kind", FIELD_LINE },
	[FIELD_DAY] = { "day", FIELD_DATE },
	[FIELD_FIGURES] = { "figures", FIELD_LIST },
	[FIELD_GROUNDS] = { "grounds", FIELD_LIST },
	[FIELD_WAITING] = { "waiting", FIELD_LIST },
	[FIELD_SOON] = { "soon", FIELD_LIST },
	[FIELD_OVERDUE] = { "overdue", FIELD_LIST },
	[FIELD_REPLY] = { "reply", FIELD_LINE },
};

#define B(name) FIELD_BIT(FIELD_##name)
#define HOUSE (B(UNIVERSITY) | B(MAILBOX) | B(OFFICE) | B(MODERATOR) | B(SITE) | B(REPLY))
#define AUTHOR                                                                           \
	(B(APPLICANT) | B(EMAIL) | B(PHONE) | B(SUBJECT) | B(TEXT) | B(ATTACHMENTS) |    \
	    B(ATTACHED) | B(CUT))

#define CASE (B(NUMBER) | B(RECEIVED) | B(REGISTERED) | B(DUE) | B(TOPIC))
#define LISTS (B(FIGURES) | B(GROUNDS) | B(WAITING) | B(SOON) | B(OVERDUE))

/* Of every kind these may be empty. */
#define OPTIONAL                                                                         \
	(B(SITE) | B(NAME) | B(CONFIDENTIAL) | B(EMAIL) | B(PHONE) | B(SUBJECT) |        \
	    B(TEXT) | B(ATTACHMENTS) | B(ATTACHED) | B(CUT) | B(WHY) | B(OTHERS) |       \
	    B(MISSING) | B(GUESS) | B(RULE) | B(OFFICIAL) | B(EVIDENCE) | B(URGENT) |    \
	    B(CLEARED) | B(ENDED) | B(FORM) | B(REMARK) | B(LEAKS) | B(REPLY) | LISTS)

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
		B(TOPIC) | B(WHY) | B(CONFIDENTIAL) | B(EXAMPLE) | B(TOPICS),
	    OPTIONAL, B(NUMBER) | B(DUE) | B(APPLICANT) | B(TEXT) | B(TOPIC),
	    subject_only },
	{ "held",
	    HOUSE | AUTHOR | B(NAME) | B(LETTER) | B(RECEIVED) | B(REASON) | B(GUESS) |
		B(RULE) | B(OFFICIAL) | B(EVIDENCE) | B(URGENT) | B(TOPIC) |
		B(CONFIDENTIAL) | B(TOPICS) | B(RULES),
	    OPTIONAL | B(APPLICANT), B(LETTER) | B(RECEIVED) | B(REASON) | B(TEXT),
	    subject_only },
	{ "stuck",
	    HOUSE | B(NAME) | B(LETTER) | B(RECEIVED) | B(REASON) | B(ATTEMPTS) | B(SIZE),
	    OPTIONAL, B(LETTER) | B(RECEIVED), subject_only },
	{ "alarm", HOUSE | B(NAME) | B(ALARM) | B(DETAIL) | B(RAISED) | B(CLEARED),
	    OPTIONAL, B(ALARM) | B(DETAIL) | B(RAISED) | B(CLEARED), subject_only },
	/* to citizens */
	{ "extension", HOUSE | CASE | B(NAME) | B(OLD_DUE) | B(REASON), OPTIONAL,
	    B(NUMBER) | B(DUE) | B(OLD_DUE) | B(REASON), subject_only },
	{ "term-changed", HOUSE | CASE | B(NAME) | B(OLD_DUE), OPTIONAL,
	    B(NUMBER) | B(DUE) | B(OLD_DUE), subject_only },
	{ "answer",
	    HOUSE | CASE | B(NAME) | B(OFFICIAL) | B(TEXT) | B(ATTACHMENTS) | B(CUT),
	    OPTIONAL, B(NUMBER) | B(TEXT), subject_only },
	{ "status", HOUSE | CASE | B(NAME) | B(STATE) | B(ENDED), OPTIONAL,
	    B(NUMBER) | B(DUE) | B(STATE), subject_only },
	{ "status-unknown", HOUSE | B(NAME), OPTIONAL, B(MAILBOX), subject_only },
	{ "reopened", HOUSE | CASE | B(NAME), OPTIONAL, B(NUMBER) | B(DUE),
	    subject_only },
	{ "joined", HOUSE | CASE | B(NAME), OPTIONAL, B(NUMBER), subject_only },
	/* to officials */
	{ "reminder", HOUSE | CASE | B(NAME) | B(EXAMPLE), OPTIONAL, B(NUMBER) | B(DUE),
	    subject_only },
	{ "overdue", HOUSE | CASE | B(NAME), OPTIONAL, B(NUMBER) | B(DUE), subject_only },
	{ "confirmation", HOUSE | B(NAME) | B(NUMBER) | B(LETTER) | B(DONE),
	    OPTIONAL | B(NUMBER) | B(LETTER), B(DONE), subject_only },
	{ "command-refused",
	    HOUSE | B(NAME) | B(NUMBER) | B(LETTER) | B(REASON) | B(FORM) | B(TOPICS) |
		B(RULES),
	    OPTIONAL | B(NUMBER) | B(LETTER) | B(TOPICS) | B(RULES), B(REASON) | B(FORM),
	    subject_only },
	{ "answer-returned", HOUSE | CASE | B(NAME) | B(REASON) | B(REMARK), OPTIONAL,
	    B(NUMBER) | B(DUE) | B(REASON) | B(REMARK), subject_only },
	{ "addition", HOUSE | CASE | AUTHOR | B(NAME) | B(CONFIDENTIAL), OPTIONAL,
	    B(NUMBER) | B(TEXT), subject_only },
	{ "objection", HOUSE | CASE | AUTHOR | B(NAME) | B(CONFIDENTIAL) | B(OFFICIAL),
	    OPTIONAL, B(NUMBER) | B(DUE) | B(TEXT), subject_only },
	{ "term-changed-official", HOUSE | CASE | B(NAME) | B(OLD_DUE), OPTIONAL,
	    B(NUMBER) | B(DUE) | B(OLD_DUE), subject_only },
	{ "taken-over", HOUSE | CASE | B(NAME) | B(OFFICIAL), OPTIONAL, B(NUMBER),
	    subject_only },
	/* to the moderator and the rector's office */
	{ "approval",
	    HOUSE | CASE | B(NAME) | B(OFFICIAL) | B(TEXT) | B(ATTACHMENTS) |
		B(ATTACHED) | B(CUT) | B(LEAKS) | B(CONFIDENTIAL),
	    OPTIONAL, B(NUMBER) | B(DUE) | B(TEXT) | B(LEAKS), subject_only },
	{ "already-decided", HOUSE | B(NAME) | B(NUMBER) | B(LETTER) | B(DONE),
	    OPTIONAL | B(NUMBER) | B(LETTER), B(DONE), subject_only },
	{ "remark", HOUSE | CASE | B(NAME) | B(OFFICIAL) | B(TEXT) | B(CUT), OPTIONAL,
	    B(NUMBER) | B(TEXT), subject_only },
	{ "held-reminder", HOUSE | B(NAME) | B(COUNT) | B(URGENT) | B(SINCE) | B(LETTER),
	    OPTIONAL, B(COUNT) | B(SINCE), subject_only },
	{ "overdue-moderator", HOUSE | CASE | B(NAME) | B(OFFICIAL), OPTIONAL,
	    B(NUMBER) | B(DUE), subject_only },
	{ "escalation", HOUSE | CASE | B(NAME) | B(OFFICIAL) | B(COUNT),
	    OPTIONAL | B(COUNT), B(NUMBER) | B(DUE), subject_only },
	{ "undelivered",
	    HOUSE | B(NAME) | B(NUMBER) | B(LETTER) | B(TASK) | B(DETAIL) | B(KIND) |
		B(APPLICANT) | B(PHONE) | B(EMAIL) | B(TEXT),
	    OPTIONAL | B(NUMBER) | B(LETTER) | B(TASK) | B(DETAIL) | B(APPLICANT),
	    B(KIND) | B(PHONE) | B(TEXT), subject_only },
	{ "digest", HOUSE | B(NAME) | B(DAY) | LISTS, OPTIONAL,
	    B(DAY) | B(FIGURES) | B(WAITING) | B(SOON) | B(OVERDUE), subject_only },
	{ "report", HOUSE | B(NAME) | B(DAY) | LISTS, OPTIONAL,
	    B(DAY) | B(FIGURES) | B(GROUNDS) | B(OVERDUE), subject_only },
	{ NULL, 0, 0, 0, NULL },
};

const KindInfo ground_info = { "ground", HOUSE | B(MISSING), OPTIONAL, 0,
	ground_headers };

int
kind_index(const char *kind, const char *role)
{
	g_autofree char *own = g_strconcat(kind, "-", role, NULL);
	int common = -1;

	for (int i = 0; kind_table[i].name != NULL; i++) {
		if (strcmp(kind_table[i].name, own) == 0)
			return i;
		if (strcmp(kind_table[i].name, kind) == 0)
			common = i;
	}
	return common;
}
