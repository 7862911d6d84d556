/* Does a letter complain of this official?  Such a letter never goes to him (SPEC 3);
 * naming, thanking, greeting or asking him is no complaint.
 *
 * Made to err on one side: a doubtful letter costs the moderator a minute, a missed one
 * lays a complaint on the desk of whom it is about.  The words are in complaint.txt. */
#pragma once

#include "official.h"
#include "reading.h"

typedef struct Complaint Complaint;

/* Reads the words and learns what the officials are called.  A mistake reads
 * "file:line: what"; FAULT_SETUP. */
Complaint *complaint_load(const char *file, GPtrArray *officials, GError **error);
void complaint_free(Complaint *complaint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Complaint, complaint_free)

/* How the letter complains of this official: "against" him, of a "deed" of his, of his
 * "silence", or with him as its "subject"; NULL when it does not.  The author's own
 * surname names nobody else. */
const char *complaint_of(
    const Complaint *complaint, const Official *official, const Reading *reading);
