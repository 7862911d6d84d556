/* Commands as people and their mail programs send them, and answers that look alike. */
#include "body.h"
#include "command.h"
#include "fault.h"

#include <string.h>

#define WORDS TEST_SOURCE_ROOT "/router/data/commands.txt"
#define TODAY "2026-11-23"
#define ANSWER "answer"
#define LONG                                                                                                                                 \
	"в связи с тем, что учебный план утверждён, а сессия закончена, и другого " \
	"решения комиссия в этом году принять уже не сможет, о чём сообщено."

static const char *const keys[] = { "academic-office", "campus", NULL };

/* Expected: the command, what it found, "!" and why it can't be; then the text. */
typedef struct {
	const char *label, *text, *expected, *reason;
} Line;

static const Line of_officials[] = {
	{ "extend, Kazakh", "ҰЗАРТУ 20.12.2026 мұрағат анықтамасы керек",
	    "extend 2026-12-20", "мұрағат анықтамасы керек" },
	{ "extend, Russian", "ПРОДЛИТЬ 20.12.2026 нужна справка из архива",
	    "extend 2026-12-20", "нужна справка из архива" },
	{ "extend, English", "EXTEND 2026-12-20 the archive has to answer",
	    "extend 2026-12-20", "the archive has to answer" },
	{ "in lower case", "продлить 20.12.2026 нужна справка", "extend 2026-12-20",
	    "нужна справка" },
	{ "as a telephone capitalises", "Ұзарту 20 желтоқсан мұрағат керек",
	    "extend 2026-12-20", "мұрағат керек" },
	{ "Kazakh without its letters", "УЗАРТУ 20.12.2026 мурагат", "extend 2026-12-20",
	    "мурагат" },
	{ "in Latin letters that look alike", "EXTEND 20 December the archive",
	    "extend 2026-12-20", "the archive" },
	{ "with asterisks for bold", "*ПРОДЛИТЬ* *20.12.2026* нужна справка*",
	    "extend 2026-12-20", "нужна справка" },
	{ "with no-break spaces", "ПРОДЛИТЬ\u00a020.12.2026\u00a0нужна справка",
	    "extend 2026-12-20", "нужна справка" },
	{ "with a colon", "Продлить: 20.12.2026 - нужна справка", "extend 2026-12-20",
	    "нужна справка" },
	{ "with a dot", "Продлить до 20.12.2026. Нужна справка.", "extend 2026-12-20",
	    "Нужна справка." },
	{ "behind empty lines", "\n \n\u00a0\nПРОДЛИТЬ 20.12.2026 справка",
	    "extend 2026-12-20", "справка" },
	{ "behind an invisible mark", "\ufeffПРОДЛИТЬ 20.12.2026 справка",
	    "extend 2026-12-20", "справка" },
	{ "behind a greeting's line", "Здравствуйте.\n\nПРОДЛИТЬ 20.12.2026 справка",
	    "extend 2026-12-20", "справка" },
	{ "behind a greeting in Kazakh", "Сәлеметсіз бе!\nҰЗАРТУ 20.12.2026 анықтама",
	    "extend 2026-12-20", "анықтама" },
	{ "behind a greeting in the same line",
	    "Добрый день! Продлить 20.12.2026 справка", "extend 2026-12-20", "справка" },
	{ "behind a greeting without a mark", "Hi EXTEND 20.12.2026 illness",
	    "extend 2026-12-20", "illness" },
	{ "behind a greeting with a name",
	    "Здравствуйте, Мария Ивановна!\nПРОДЛИТЬ 20.12.2026 справка",
	    "extend 2026-12-20", "справка" },
	{ "behind two greetings",
	    "Уважаемые коллеги!\nДобрый день.\nПРОДЛИТЬ 20.12.2026 справка",
	    "extend 2026-12-20", "справка" },
	{ "the reason in the next line", "ПРОДЛИТЬ 20.12.2026\nнужна справка\nиз архива",
	    "extend 2026-12-20", "нужна справка\nиз архива" },
	{ "the reason in the next paragraph",
	    "ПРОДЛИТЬ 20.12.2026\n\nнужна справка из архива\n\nАхметов С.Б.",
	    "extend 2026-12-20", "нужна справка из архива" },
	{ "before a signature",
	    "ПРОДЛИТЬ 20.12.2026 справка\n-- \nАхметов С.Б., проректор",
	    "extend 2026-12-20", "справка" },
	{ "before a signature without a mark",
	    "ПРОДЛИТЬ 20.12.2026 справка\nС уважением,\nАхметов", "extend 2026-12-20",
	    "справка" },
	{ "before a telephone's line", "продлить 20.12.2026 справка\nОтправлено с iPhone",
	    "extend 2026-12-20", "справка" },
	{ "before a disclaimer",
	    "EXTEND 2026-12-20 the archive\n\nThis e-mail is confidential and intended "
	    "for "
	    "its addressee only.",
	    "extend 2026-12-20", "the archive" },
	{ "politely", "Прошу продлить срок до 20 декабря, нужна справка",
	    "extend 2026-12-20", "нужна справка" },
	{ "politely in English", "Please extend the deadline until December 20: illness",
	    "extend 2026-12-20", "illness" },
	{ "no reason", "ПРОДЛИТЬ 20.12.2026", "extend!no-reason", NULL },
	{ "no reason but a signature",
	    "ПРОДЛИТЬ 20.12.2026\n\nС уважением, проректор Ахметов", "extend!no-reason",
	    NULL },
	{ "an impossible date", "ПРОДЛИТЬ 31.02.2026 справка", "extend!impossible-date",
	    NULL },
	{ "an impossible ISO date", "EXTEND 2026-13-01 illness", "extend!impossible-date",
	    NULL },
	{ "no date", "ПРОДЛИТЬ нужна справка из архива", "extend!no-date", NULL },
	{ "nothing behind it", "Ұзарту.", "extend!no-date", NULL },
	{ "the date somewhere in the line", "Продлить нужно бы до 20 декабря, справка",
	    "extend!no-date", NULL },
	{ "a request without a date",
	    "Прошу продлить срок рассмотрения обращения в связи "
	    "с болезнью исполнителя",
	    "extend!no-date", NULL },
	{ "a sentence that says no, with a date",
	    "Продлить срок до 20.12.2026 невозможно, так как набор закрыт.",
	    "extend!unknown-command", NULL },

	{ "hand over, Kazakh", "БЕРУ research", "reassign research", NULL },
	{ "hand over, Russian", "Передать social.", "reassign social", NULL },
	{ "hand over, English", "reassign international", "reassign international",
	    NULL },
	{ "to a topic's name in Russian", "ПЕРЕДАТЬ науке\u00a0",
	    "reassign!unknown-topic", NULL },
	{ "to a topic by its word", "Передать: цифровизация", "reassign digital", NULL },
	{ "to an official", "ПЕРЕДАТЬ campus это общежитие", "reassign @campus",
	    "это общежитие" },
	{ "to an official with a hyphen", "передать academic-office",
	    "reassign @academic-office", NULL },
	{ "to a key that goes on", "ПЕРЕДАТЬ campuses", "reassign!unknown-topic", NULL },
	{ "to nothing", "ПЕРЕДАТЬ", "reassign!unknown-topic", NULL },
	{ "to a topic that is none", "REASSIGN astronomy", "reassign!unknown-topic",
	    NULL },

	{ "a remark, Kazakh", "ЕСКЕРТПЕ деканатқа қоңырау шалу", "remark",
	    "деканатқа қоңырау шалу" },
	{ "a remark in lower case", "заметка позвонить в деканат", "remark",
	    "позвонить в деканат" },
	{ "a remark as a telephone capitalises", "Note call the dean", "remark",
	    "call the dean" },
	{ "a remark with a colon", "Note: that man has called twice", "remark",
	    "that man has called twice" },
	{ "a remark of many lines",
	    "ЗАМЕТКА\nпозвонить в деканат\n\nи спросить\n\n-- \nАхметов", "remark",
	    "позвонить в деканат\n\nи спросить" },
	{ "a remark without words", "NOTE", "remark!no-reason", NULL },
	{ "a sentence that could be a remark",
	    "Note that the scholarship is paid at the end of each month.",
	    "unknown!unknown-command", NULL },

	{ "an answer", "Стипендия будет выплачена до конца месяца.", ANSWER, NULL },
	{ "an answer that begins like an extension",
	    "Продлить срок невозможно, так как решение комиссии окончательное.", ANSWER,
	    NULL },
	{ "a long answer that begins like an extension",
	    "Продлить обучение отказано " LONG, ANSWER, NULL },
	{ "an answer that begins like a hand-over",
	    "Передать документы можно в кабинет 305 с 9 до 18 часов.", ANSWER, NULL },
	{ "an answer that begins so, in Kazakh",
	    "Беру мерзімі өтіп кеткендіктен, қосымша төлем тағайындау мүмкін емес.",
	    ANSWER, NULL },
	{ "an answer that begins like a moderator's word",
	    "Принять участие можно до конца недели, заявки в деканате.", ANSWER, NULL },
	{ "an answer behind a greeting",
	    "Құрметті Анна!\n\nПродлить срок невозможно, так как набор закрыт.", ANSWER,
	    NULL },
	{ "an answer with a date", "Встреча 20.12.2026 в 15:00, кабинет 305.", ANSWER,
	    NULL },
	{ "an answer in capitals", "СТИПЕНДИЯ БУДЕТ ВЫПЛАЧЕНА В СРОК", ANSWER, NULL },
	{ "the command in a later line",
	    "Стипендия выплачена.\n\nПРОДЛИТЬ 20.12.2026 справка", ANSWER, NULL },
	{ "nothing", "", ANSWER, NULL },
	{ "no text", NULL, ANSWER, NULL },
	{ "nothing but marks", "***\n---\n", ANSWER, NULL },

	{ "a command misspelt", "ПРАДЛИТ 20.12.2026 справка", "unknown!unknown-command",
	    NULL },
	{ "the moderator's word", "ОДОБРИТЬ", "approve!not-yours", NULL },
	{ "a format string", "EXTEND %s%n 20.12.2026", "extend!no-date", NULL },
};

static const Line of_approvers[] = {
	{ "approve, Kazakh", "МАҚҰЛДАУ", "approve", NULL },
	{ "approve, Russian", "Одобрить.", "approve", NULL },
	{ "approve, English", "*approve*", "approve", NULL },
	{ "approve, with a word", "ОДОБРИТЬ! Спасибо.", "approve", NULL },
	{ "approve, with a signature", "ОДОБРИТЬ\n\nС уважением,\nмодератор", "approve",
	    NULL },
	{ "approve, but", "ОДОБРИТЬ, но исправьте дату", "approve!unknown-command",
	    NULL },
	{ "approve, but in the next sentence", "ОДОБРИТЬ.\n\nНо сначала исправьте дату.",
	    "approve!unknown-command", NULL },
	{ "approve, and a signature without a mark",
	    "approve\n\nМ. Иванова\nмодератор блога ректора, каб. 305", "approve", NULL },
	{ "approve, and a story", "Одобрить. " LONG, "approve!unknown-command", NULL },
	{ "approve what?", "Одобрить нельзя", "approve!unknown-command", NULL },
	{ "return", "ҚАЙТАРУ мерзімді көрсетіңіз", "return", "мерзімді көрсетіңіз" },
	{ "return, with the remark below",
	    "ВЕРНУТЬ\n\nукажите срок\n\nи кабинет\n--\nМодератор", "return",
	    "укажите срок\n\nи кабинет" },
	{ "return, without a remark", "RETURN", "return!no-reason", NULL },
	{ "no command", "Хорошо, отправляйте", "unknown!unknown-command", NULL },
	{ "nothing", "", "unknown!unknown-command", NULL },
	{ "the other decision's word", "ПРИНЯТЬ", "unknown!unknown-command", NULL },
};

static const Line of_holders[] = {
	{ "accept, Kazakh", "ҚАБЫЛДАУ", "accept", NULL },
	{ "accept as a topic", "ПРИНЯТЬ social", "accept social", NULL },
	{ "accept for an official", "ACCEPT academic", "accept academic", NULL },
	{ "accept with a reason", "Принять social: жалоба по существу", "accept social",
	    "жалоба по существу" },
	{ "accept as what?", "ПРИНЯТЬ астрономия", "accept!unknown-topic", NULL },
	{ "reject, Kazakh", "БАС ТАРТУ obscene", "reject obscene", NULL },
	{ "reject, Russian", "Отклонить personal-data, чужой ИИН", "reject personal-data",
	    "чужой ИИН" },
	{ "reject, English", "REJECT FLOOD.", "reject flood", NULL },
	{ "reject why?", "REJECT", "reject!unknown-rule", NULL },
	{ "reject, no such rule", "REJECT floods", "reject!unknown-rule", NULL },
	{ "reject, half a rule", "REJECT personal", "reject!unknown-rule", NULL },
	{ "an extension", "ПРОДЛИТЬ 20.12.2026 справка", "unknown!unknown-command",
	    NULL },
};

static char *
describe(const Command *command)
{
	g_autofree char *day = command->day != 0 ? day_format(command->day) : NULL;

	if (command->kind == COMMAND_NONE)
		return g_strdup(ANSWER);
	if (command->why != NULL)
		return g_strdup_printf(
		    "%s!%s", command_names[command->kind], command->why);
	return g_strdup_printf("%s%s%s%s%s", command_names[command->kind],
	    day != NULL || command->topic >= 0 || command->rule >= 0 ? " " : "",
	    day != NULL               ? day
		: command->topic >= 0 ? topic_names[command->topic]
		: command->rule >= 0  ? rule_names[command->rule]
				      : "",
	    command->official != NULL ? " @" : "",
	    command->official != NULL ? command->official : "");
}

static void
check(const Line *rows, guint n_rows, Speaker speaker)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Phrases) words = command_words_load(WORDS, &error);

	g_assert_no_error(error);
	for (guint i = 0; i < n_rows; i++) {
		g_auto(Command) command = { 0 };
		g_autofree char *got = NULL;

		g_test_message("%s", rows[i].label);
		command_read(
		    words, keys, rows[i].text, speaker, day_parse(TODAY), &command);

		got = describe(&command);
		g_assert_cmpstr(got, ==, rows[i].expected);
		if (command.why == NULL)
			g_assert_cmpstr(command.text, ==, rows[i].reason);
	}
}

static void
test_officials(void)
{
	check(of_officials, G_N_ELEMENTS(of_officials), SPEAKER_OFFICIAL);
}

static void
test_approvers(void)
{
	check(of_approvers, G_N_ELEMENTS(of_approvers), SPEAKER_APPROVER);
}

static void
test_holders(void)
{
	check(of_holders, G_N_ELEMENTS(of_holders), SPEAKER_HOLDER);
}

static const struct {
	const char *label, *text;
	guint words;
} counts[] = {
	{ "nothing", NULL, 0 },
	{ "a greeting", "Здравствуйте!\n\n", 0 },
	{ "a word between greeting and signature",
	    "Здравствуйте!\n\nОк.\n\nС уважением,\nпроректор Ахметов", 1 },
	{ "a signature alone", "\n-- \nАхметов С.Б., проректор", 0 },
	{ "a farewell alone", "С уважением,\nАхметов Серик Болатович", 0 },
	{ "a greeting and a farewell", "Сәлеметсіз бе!\n\nҚұрметпен, Ахметов С.Б.", 0 },
	{ "a sentence that begins so", "С уважением относимся к Вашей просьбе и поможем.",
	    8 },
	{ "a sentence", "Стипендия будет выплачена завтра.", 4 },
};

static void
test_counts(void)
{
	g_autoptr(Phrases) words = command_words_load(WORDS, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
		Body body = body_find(words, counts[i].text);

		g_test_message("%s", counts[i].label);
		g_assert_cmpuint(body_count_words(&body), ==, counts[i].words);
	}
}

/* Whatever a mail says, it is read to its end and no further. */
static void
test_hostile(void)
{
	static const char *const texts[] = { "ПРОДЛИТЬ 99999999999999999999.1.1 x",
		"EXTEND 1.1.1.1.1.1.1.1", "NOTE \n\n\n\n", "Здравствуйте,,,,,,,",
		"Здравствуйте, а!", "REJECT -", "*", "\u202eПРОДЛИТЬ", "EXTEND 20.", "до",
		"продлить до до до до до", "ACCEPT .", "Hi" };
	g_autoptr(Phrases) words = command_words_load(WORDS, NULL);
	g_autofree char *lines = g_strnfill(200000, '\n');
	g_autoptr(GString) greetings = g_string_new(NULL);

	for (int i = 0; i < 10000; i++)
		g_string_append(greetings, "Здравствуйте!\n");
	for (guint i = 0; i < G_N_ELEMENTS(texts) + 2; i++) {
		const char *text = i < G_N_ELEMENTS(texts) ? texts[i]
		    : i == G_N_ELEMENTS(texts)             ? lines
							   : greetings->str;

		for (int speaker = 0; speaker <= SPEAKER_HOLDER; speaker++) {
			g_auto(Command) command = { 0 };

			command_read(words, keys, text, (Speaker)speaker,
			    day_parse(TODAY), &command);
			g_assert_true(command.kind == COMMAND_NONE ||
			    command.why != NULL || command.kind == COMMAND_ACCEPT);
		}
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/command/officials", test_officials);
	g_test_add_func("/router/command/approvers", test_approvers);
	g_test_add_func("/router/command/holders", test_holders);
	g_test_add_func("/router/command/counts", test_counts);
	g_test_add_func("/router/command/hostile", test_hostile);
	return g_test_run();
}
