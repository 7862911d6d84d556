/* An official as letters name him: by surname in any case of Kazakh or Russian, with
 * given name, patronymic or initials before or after it, by given name and patronymic, or
 * by his post. */
#pragma once

#include "words.h"

typedef struct Person Person;

/* `name` is "Ахметов Серик Болатович", "Серік Ахметов" or "Serik Akhmetov"; `posts` are
 * what his post is called ("проректор по учебной работе"), or NULL. */
Person *person_new(const char *name, char *const *posts);
void person_free(Person *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Person, person_free)

typedef enum {
	MENTION_NONE,
	MENTION_SURNAME, /* nothing but the surname */
	MENTION_NAME,    /* with a name or initials that fit */
	MENTION_POST,
} Mention;

/* Is he named from word `at` on?  *ret_end is the word behind it.  A surname with another
 * given name or other initials is another person. */
Mention person_named_at(const Person *person, GArray *words, guint at, guint *ret_end);
Mention person_post_at(const Person *person, GArray *words, guint at, guint *ret_end);

/* Does this full name bear his surname? */
gboolean person_shares_surname(const Person *person, const char *name);
/* Is this word of his name written as in a list of names: not "Ахметовым"? */
gboolean person_is_nominative(const Person *person, const char *fold);
