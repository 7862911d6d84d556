/* Tasks: what a person must do by hand, since mail could not. */
#pragma once

#include "store.h"

typedef struct {
	gint64 id;
	char *kind;                     /* "bounced", "undelivered", "extension-notice" */
	gint64 letter, case_id, notice; /* 0 for none */
	char *number;                   /* the case's, or NULL */
	char *detail;                   /* a code: "5.1.1" */
	gint64 created_at;
	gint64 done_at; /* 0: still to do */
	char *done_by, *done_reason;
} Task;
void task_free(Task *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Task, task_free)

/* Adds a task about a notice unless one is open about it; *ret_new says which. */
gboolean store_task_add(Store *store, const char *kind, gint64 letter, gint64 case_id,
    gint64 notice, const char *detail, gint64 now, gboolean *ret_new, GError **error);
/* Open tasks, oldest first; and those about a letter and its case. */
GPtrArray *store_tasks(Store *store, GError **error);
GPtrArray *store_tasks_of_letter(Store *store, gint64 letter, GError **error);
/* The open task about a notice; NULL without an error for none. */
Task *store_task_of_notice(Store *store, gint64 notice, GError **error);
/* Was there a task about this notice, and is it done? */
gboolean store_task_settled(
    Store *store, gint64 notice, gboolean *ret_settled, GError **error);
/* FAULT_LETTER when there is no such task, or it is done: the text says by whom. */
gboolean store_task_done(Store *store, gint64 id, const char *who, const char *reason,
    gint64 now, GError **error);
