/* What a word may be in a person's name, from the lists of names and of the words around
 * them.  The lists are data files; the spelling is folded much further than for other
 * tests, so that "Gulnar", "Гульнар" and "Гүлнар" are one name. */
#pragma once

#include "text.h"

typedef enum {
	NAME_GIVEN = 1 << 0,    /* a given name, in full */
	NAME_COMPOUND = 1 << 1, /* ends like a Kazakh given name */
	NAME_FAMILY = 1 << 2,   /* ends like a family name, or is a listed one */
	NAME_PATRONYMIC = 1 << 3,
	NAME_PATRONYMIC_WORD = 1 << 4, /* "ұлы" written apart */
	NAME_ROLE = 1 << 5,      /* what an author calls himself: "студент" */
	NAME_POST = 1 << 6,      /* "декан" */
	NAME_HONORIFIC = 1 << 7, /* "мырза" */
	NAME_OTHER = 1 << 8,     /* "қызым": somebody else follows */
	NAME_NEVER = 1 << 9,
	NAME_PARTICLE = 1 << 10, /* "van", "de", "бин" */
	NAME_SPOKEN_OF = 1 << 11, /* a name with the ending of an object: "Ерланға" */
	NAME_OBLIQUE = 1 << 12, /* a Russian given name in another case: "Ерлана" */
	NAME_LISTED = 1 << 13,  /* with NAME_FAMILY: a listed one */
	NAME_MINE = 1 << 14,    /* with NAME_OTHER: "қызым", "мой" */
	NAME_STUDY = 1 << 15,   /* where an author studies or works: "физмат" */
	NAME_SURE = 1 << 17,    /* with NAME_FAMILY: by an ending that few words have */
	NAME_FILIAL =
	    1 << 16, /* with NAME_PATRONYMIC: one that serves as a family name */
} NameClass;

#define NAME_ANY (NAME_GIVEN | NAME_COMPOUND | NAME_FAMILY | NAME_PATRONYMIC)

typedef struct Names Names;

/* Loads names-*.txt of a folder; a mistake reads "file:line: what was expected"
 * (FAULT_SETUP). */
Names *names_load(const char *folder, GError **error);
void names_free(Names *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Names, names_free)

/* The NameClass bits of a word. */
guint names_class(const Names *names, const TextWord *word);

/* Bytes of a Kazakh case or person ending that must come off to make the word a name
 * ("Тұрғанбектен", "Ермекқызымын"); 0 when it is a name as it stands. */
gsize names_case_ending(const Names *names, const TextWord *word);

/* The same of the "I am" alone, whatever is left: "Мен Айнамкөзбін". */
gsize names_person_ending(const Names *names, const TextWord *word);

/* Is a patronymic that serves as no family name ("Петрович", "Олеговна") surely one?  One
 * whose father is in no list may be a family name: "Гуревич". */
gboolean names_is_sure_patronymic(const Names *names, const TextWord *word);

/* Does the word look like a finite verb?  With one in it, words are a sentence. */
gboolean names_is_verb(const Names *names, const TextWord *word);

/* The furthest folding of a word, by which names are compared.  `key` has room for
 * NAME_KEY_SPACE bytes. */
#define NAME_KEY_SPACE 64 /* as WORD_KEY_SPACE */
void names_key(const TextWord *word, char *ret_key);
