/* What a task asks for, with personal data: whom to call, and what to read out to him. */
#pragma once

#include "notice.h"
#include "task.h"

typedef struct {
	char *name, *recipient, *phone; /* each may be NULL */
	char *text;                     /* the mail as it went out, or NULL */
} TaskPerson;

/* `notice` is the mail that did not arrive. */
gboolean task_person_read(
    Store *store, const Notice *notice, TaskPerson *ret_person, GError **error);
void task_person_clear(TaskPerson *person);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TaskPerson, task_person_clear)
