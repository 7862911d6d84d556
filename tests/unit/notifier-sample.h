/* A university, its texts, and one notice with its letter and case, for the notifier's
 * tests. */
#pragma once

#include "compose.h"
#include "fault.h"
#include "redact.h"
#include "texts.h"
#include <string.h>

#define SAMPLE_TEXTS TEST_SOURCE_ROOT "/notifier/data/templates"
#define SAMPLE_HIDDEN TEST_SOURCE_ROOT "/notifier/data/redact.txt"
#define SAMPLE_NOW 1795330000 /* 2026-11-22T11:46:40+05:00 */

/* What a calendar says of a letter of 20 November 2026. */
#define SAMPLE_WHY                                                                       \
	"2026-11-20 late 18:20:05\n"                                                     \
	"2026-11-21..2026-11-22 weekend\n"                                               \
	"2026-11-23 registered\n"                                                        \
	"2026-11-24..2026-11-27 day 1..4\n"                                              \
	"2026-11-28..2026-11-29 weekend\n"                                               \
	"2026-11-30..2026-12-04 day 5..9\n"                                              \
	"2026-12-05..2026-12-06 weekend\n"                                               \
	"2026-12-07..2026-12-11 day 10..14\n"                                            \
	"2026-12-12..2026-12-13 weekend\n"                                               \
	"2026-12-14 day 15"

typedef struct {
	University university;
	Texts *texts;
	RedactWords *hidden;
	GTimeZone *zone;
	Wording wording;
	Reading *reading;
	Verdict *verdict;
	Letter letter;
	Case item;
	Notice *notice;
} Sample;

static inline Sample *
sample_new(const char *kind, const char *role, Language language)
{
	static const char *const names[] = { "Ахметова Айгүл Серікқызы",
		"Иванов Пётр Сергеевич", "Daniyar Omarov" };
	static const char *const texts[] = {
		"Құрметті ректор!\n\nЖатақханада екі апта бойы жылу жоқ. Шара "
		"қолдануыңызды "
		"сұраймын.\n\nАхметова Айгүл, 8 701 111 22 33",
		"Уважаемый ректор!\n\nВ общежитии № 3 две недели нет тепла. Прошу "
		"принять меры.\n\n"
		"Иванов Пётр, +7 (701) 111-22-33, petr@student.example",
		"Dear Rector,\n\nThe dormitory has had no heating for two weeks. Please "
		"help.\n\n"
		"Daniyar Omarov, 87011112233",
	};
	static const char *const subjects[] = { "Жатақханадағы жылу",
		"Отопление в общежитии", "Heating in the dormitory" };
	Sample *sample = g_new0(Sample, 1);
	g_autoptr(GError) error = NULL;

	compose_init();
	sample->university =
	    (University){ .name_kk = (char *)"Үлгі педагогикалық университеті",
		    .name_ru = (char *)"Образцовый педагогический университет",
		    .name_en = (char *)"Sample Pedagogical University",
		    .address = (char *)"rector@univ.example",
		    .moderator = (char *)"moderator@univ.example",
		    .administrator = (char *)"admin@univ.example",
		    .office = (char *)"office@univ.example",
		    .timezone = (char *)"Asia/Almaty",
		    .site = (char *)"https://univ.example/rules" };
	sample->texts = texts_load(SAMPLE_TEXTS, &error);
	g_assert_no_error(error);
	sample->hidden = redact_words_load(SAMPLE_HIDDEN, &error);
	g_assert_no_error(error);
	sample->zone = g_time_zone_new_identifier("Asia/Almaty");
	sample->wording = (Wording){ sample->texts, &sample->university, sample->hidden,
		sample->zone, 20000, 1 << 20 };
	sample->reading = reading_new();
	sample->reading->name = g_strdup(names[language]);
	sample->reading->from_name = g_strdup(names[language]);
	sample->reading->from_address = g_strdup("petr1989@student.example");
	sample->reading->email = g_strdup("petr1989@student.example");
	sample->reading->phone = g_strdup("+7 701 111 22 33");
	sample->reading->subject = g_strdup(subjects[language]);
	sample->reading->text = g_strdup(texts[language]);
	sample->reading->language = language;
	reading_add_attachment(sample->reading, "foto.jpg", "image/jpeg", 123456);
	sample->verdict = verdict_new();
	sample->verdict->outcome = OUTCOME_ACCEPT;
	sample->verdict->rule = -1;
	sample->verdict->topic = TOPIC_INFRASTRUCTURE;
	sample->verdict->second_topic = TOPIC_SOCIAL;
	sample->verdict->topic_sure = TRUE;
	verdict_add_finding(sample->verdict, N_RULES, "infrastructure", 2.5,
	    language == LANGUAGE_EN ? "heating" : "жылу", "text line 3",
	    "speaks of infrastructure");
	sample->letter = (Letter){ .id = 17,
		.received_at = 1795180805,
		.size = 2048,
		.whole = TRUE,
		.attempts = 3,
		.state = (char *)"routed",
		.place = { 1, 0, 2048 },
		.reading = sample->reading,
		.verdict = sample->verdict };
	sample->item = (Case){ .id = 5,
		.number = (char *)"2026-000123",
		.letter = 17,
		.topic = TOPIC_INFRASTRUCTURE,
		.received_at = 1795180805,
		.registered_on = (char *)"2026-11-23",
		.day1 = (char *)"2026-11-24",
		.due_on = (char *)"2026-12-14",
		.due_why = (char *)SAMPLE_WHY,
		.official = (char *)"economy",
		.official_name = (char *)"Сейтқали Ерлан Маратұлы",
		.official_address = (char *)"staff@univ.example",
		.language = language };
	sample->notice = notice_new();
	sample->notice->id = 9;
	sample->notice->letter = 17;
	sample->notice->kind = g_strdup(kind);
	sample->notice->role = g_strdup(role);
	sample->notice->language = language;
	sample->notice->recipient =
	    g_strdup(strcmp(role, "citizen") == 0 ? "petr1989@student.example"
						  : "staff@univ.example");
	sample->notice->recipient_name = g_strdup(
	    strcmp(role, "citizen") == 0 ? names[language] : "Сейтқали Ерлан Маратұлы");
	sample->notice->message_id = g_strdup("<n9@univ.example>");
	sample->notice->facts = g_strdup("{}");
	sample->notice->created_at = SAMPLE_NOW;
	return sample;
}

static inline void
sample_free(Sample *sample)
{
	notice_free(sample->notice);
	reading_free(sample->reading);
	verdict_free(sample->verdict);
	texts_free(sample->texts);
	redact_words_free(sample->hidden);
	g_time_zone_unref(sample->zone);
	g_free(sample);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sample, sample_free)

static inline gboolean
sample_is_one_of(const Sample *sample, const char *const *kinds)
{
	return g_strv_contains(kinds, sample->notice->kind);
}

/* What the kind is about: those that may tell a number have a case, some not even a
 * letter. */
static inline About
sample_about(const Sample *sample)
{
	static const char *const bare[] = { "alarm", "digest", "report", "held-reminder",
		"status-unknown", NULL };
	int kind = kind_index(sample->notice->kind, sample->notice->role);
	gboolean has_case = kind >= 0 && !sample_is_one_of(sample, bare) &&
	    (kind_table[kind].may & FIELD_BIT(FIELD_NUMBER)) != 0;

	return (About){ .notice = sample->notice,
		.item = has_case ? &sample->item : NULL,
		.letter = sample_is_one_of(sample, bare) ? NULL : &sample->letter };
}

static inline GBytes *
sample_mail(Sample *sample, GBytes *original, GError **error)
{
	About about = sample_about(sample);

	return compose_mail(&sample->wording, &about, original, SAMPLE_NOW, error);
}
