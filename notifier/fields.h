/* The fields that templates may name, and the kinds of mail with the fields each may, may
 * not leave out, and must name. */
#pragma once

#include <glib.h>

typedef enum {
	FIELD_LINE,   /* one line of text */
	FIELD_DATE,   /* an ISO day */
	FIELD_MOMENT, /* local time, "2026-11-22T14:35" */
	FIELD_LIST,   /* lines, each an item */
	FIELD_QUOTE,  /* text of a letter, shown as a quotation */
	FIELD_BLOCK,  /* paragraphs of ours, from another template */
} FieldType;

typedef enum {
	FIELD_UNIVERSITY, /* its name in the reader's language */
	FIELD_MAILBOX,    /* where citizens write */
	FIELD_OFFICE,     /* where one objects */
	FIELD_MODERATOR,
	FIELD_SITE,   /* where the regulation can be read */
	FIELD_NAME,   /* the recipient's */
	FIELD_NUMBER, /* the case's */
	FIELD_RECEIVED,
	FIELD_REGISTERED,
	FIELD_DAY1,
	FIELD_DUE,
	FIELD_COUNTED, /* how the due date was counted */
	FIELD_TOPIC,
	FIELD_WHY,          /* why this topic and this official */
	FIELD_CONFIDENTIAL, /* set or not */
	FIELD_APPLICANT,    /* the citizen's name, or "Applicant 2026-000123" */
	FIELD_EMAIL,
	FIELD_PHONE,
	FIELD_SUBJECT,
	FIELD_TEXT,
	FIELD_ATTACHMENTS,
	FIELD_ATTACHED,  /* the original goes with the mail */
	FIELD_CUT,       /* the text shown here is not all of it */
	FIELD_LETTER,    /* the letter's id */
	FIELD_PARAGRAPH, /* of the main ground */
	FIELD_WORDING,   /* the regulation's own words */
	FIELD_GROUND,    /* what was found and how to mend it */
	FIELD_OTHERS,    /* the other paragraphs that are broken */
	FIELD_MISSING,   /* name, e-mail, phone */
	FIELD_REASON,    /* why: held, stuck, extended, refused, returned */
	FIELD_GUESS,     /* what the machine would do */
	FIELD_RULE,      /* its ground's code */
	FIELD_OFFICIAL,  /* held: the letter needs another than its topic's; else his name
			  */
	FIELD_EVIDENCE,  /* the words that count, and why */
	FIELD_URGENT,
	FIELD_ATTEMPTS,
	FIELD_SIZE,
	FIELD_ALARM, /* its kind, in words */
	FIELD_DETAIL,
	FIELD_RAISED,
	FIELD_CLEARED,
	FIELD_OLD_DUE,
	FIELD_STATE, /* how far the case is, a sentence */
	FIELD_ENDED,
	FIELD_DONE,    /* what a command did, or somebody decided, a sentence */
	FIELD_FORM,    /* the right form of the command, to copy */
	FIELD_EXAMPLE, /* a date as it may stand in a command */
	FIELD_TOPICS,  /* their codes, for commands */
	FIELD_RULES,   /* the same for grounds of refusal */
	FIELD_REMARK,  /* the moderator's, to the official */
	FIELD_LEAKS,   /* what an answer tells of others */
	FIELD_SINCE,
	FIELD_COUNT, /* of letters or days */
	FIELD_TASK,  /* its id */
	FIELD_KIND,  /* which mail came back */
	FIELD_DAY,
	FIELD_FIGURES, /* "Received: 12" */
	FIELD_GROUNDS, /* "5.3 (11): 2" */
	FIELD_WAITING, /* for the moderator */
	FIELD_SOON,    /* cases due soon */
	FIELD_OVERDUE,
	FIELD_REPLY, /* the mail may be answered with a command */
	N_FIELDS
} Field;

typedef struct {
	const char *name;
	FieldType type;
} FieldInfo;
extern const FieldInfo field_table[N_FIELDS];

#define FIELD_BIT(field) (G_GUINT64_CONSTANT(1) << (field))

/* What one kind of template is made of: a bit per Field.  A kind that tells another role
 * other things has a row of its own for it, "KIND-ROLE". */
typedef struct {
	const char *name;
	guint64 may;      /* it may name these */
	guint64 optional; /* of these, they may be empty: only within {?field}…{/field} */
	guint64 must;     /* of these, the law or common sense wants them told */
	const char *const
	    *headers; /* the lines of its head, all of them, NULL-terminated */
} KindInfo;

/* The kinds of mail, ended by a NULL name, and what each ground of refusal is made of. */
extern const KindInfo kind_table[];
extern const KindInfo ground_info;

/* The place in kind_table of what is told of a kind to a role, or -1. */
int kind_index(const char *kind, const char *role);
