/* One way out: a connection to the server, or a folder.  Belongs to one thread. */
#pragma once

#include "notice.h"
#include "post.h"

/* Whom a failure concerns. */
typedef enum {
	REACH_MAIL,   /* this mail: the next one may go */
	REACH_SERVER, /* the server is away: the rest of the queue waits */
	REACH_SETUP,  /* a person must change something: nothing goes, nothing is lost */
} Reach;

typedef struct {
	DeliveryOutcome outcome; /* RETRY and UNKNOWN come without a time */
	Reach reach;
	int code;          /* the server's, 0 for none */
	char text[201];    /* its words without addresses */
	const char *alarm; /* REACH_SETUP: the alarm's kind */
	gboolean untried;  /* it came back without having been sent */
} Answer;

/* "550 5.1.1 no such user": the code, where there is one, and the words. */
char *answer_spell(const Answer *answer);

/* One mail to one recipient, on its way and back. */
typedef struct {
	Notice *notice; /* not for the carrier */
	gint64 delivery;
	GBytes *bytes;
	char *sender;    /* the envelope's, "" for the null sender */
	char *recipient; /* the envelope's, with A-labels */
	gboolean utf8;   /* the recipient needs SMTPUTF8 */
	char *name;      /* unique and the same at every try: a file's name */
	Answer answer;
} Parcel;
void parcel_free(Parcel *parcel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parcel, parcel_free)

typedef struct Carrier Carrier;

/* Once, before any thread. */
void carrier_init(void);

Carrier *carrier_new(const Post *post);
void carrier_free(Carrier *carrier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Carrier, carrier_free)

/* Sends it and fills its answer. */
void carrier_send(Carrier *carrier, Parcel *parcel);
/* Gives the connection back; the next mail opens another. */
void carrier_rest(Carrier *carrier);

/* For --check --login: connects, logs in, leaves. */
gboolean carrier_login(const Post *post, GError **error);
