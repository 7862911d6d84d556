/* The settings: one key file, a group a room, each room's names in a typed table.
 *
 * A mistake reads "file: [group] name: what" and ends the start; so does a name or a
 * group that nobody knows.  A group of another room is left to that room, which checks it
 * itself. Secrets are never values, only paths or commands. */
#pragma once

#include "regulation.h"

#include <glib.h>

typedef struct Settings Settings;

typedef enum {
	SETTING_STRING,  /* char *, no control characters, owned by the struct */
	SETTING_PATH,    /* char *, absolute, or relative to the settings file's folder */
	SETTING_ADDRESS, /* char *, one bare e-mail address: local@domain */
	SETTING_LIST,    /* char **, values separated by ";" */
	SETTING_CHOICE,  /* int, the index in .choices */
	SETTING_BOOLEAN, /* gboolean: yes, no, true, false */
	SETTING_INTEGER, /* gint64, min..max */
	SETTING_SECONDS, /* gint64 seconds, min..max: "90 s", "15 min", "2 h", "5 d" */
	SETTING_BYTES,   /* gint64 bytes, min..max: "512 K", "25 M", "1 G" */
	SETTING_DATE,    /* char *, an ISO date */
	SETTING_TIME,    /* int, minutes after midnight, from "18:00" */
} SettingType;

/* One row of a room's table; the table ends with a row whose name is NULL.  A fallback of
 * NULL makes a string NULL (or a list empty); SETTING_REQUIRED refuses a file without the
 * name. */
#define SETTING_REQUIRED "\x01"
typedef struct {
	const char *name;
	SettingType type;
	const char *fallback;
	gsize offset; /* offsetof() in the room's struct */
	gint64 min, max;
	const char *const *choices; /* NULL-terminated, for SETTING_CHOICE */
} Setting;

/* Reads and parses the file; refuses a group that no room owns.  FAULT_SETUP. */
Settings *settings_load(const char *file, GError **error);
void settings_free(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

const char *settings_file(const Settings *settings);

/* Fills ret (a zeroed struct) from one group; refuses unknown names in it.  A missing
 * group is an empty one.  What it puts into ret is freed by settings_group_clear(). */
gboolean settings_group(const Settings *settings, const char *group, const Setting *table,
    gpointer ret, GError **error);
void settings_group_clear(const Setting *table, gpointer group);

/* The groups named "PREFIX something", in the order of the file: their "something". */
char **settings_groups(const Settings *settings, const char *prefix);

/* A refusal in the common form, for a check that a table can't express; returns FALSE. */
gboolean settings_refuse(const Settings *settings, const char *group, const char *name,
    GError **error, const char *format, ...) G_GNUC_PRINTF(5, 6);

/* --- the groups that all rooms read --- */

/* [university]: who writes, and to whom besides the officials. */
typedef struct {
	char *name_kk, *name_ru, *name_en;
	char *address;   /* the rector's mailbox: where citizens write, and our From */
	char *moderator; /* decides held letters (3.2) */
	char *administrator;    /* is told of alarms */
	char *office;           /* the rector's office; escalations */
	char *timezone;         /* "Asia/Almaty" */
	int moderator_language; /* a Language; also the administrator's */
	char *site;             /* where the regulation can be read */
} University;
extern const Setting university_settings[];

/* The rector's own mailbox can be nobody else's address: mail to it would come back as a
 * new letter, and is never sent. */
gboolean settings_check_university(
    const Settings *settings, const University *university, GError **error);
