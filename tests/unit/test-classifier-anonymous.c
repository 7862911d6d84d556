/* 5.2: who gives no name is refused; where something may be a name, a person looks. */
#include "judge-sample.h"

typedef struct {
	const char *label, *from, *address, *text;
	Outcome outcome;
} Sample;

static const Sample letters[] = {
	{ "no name", NULL, "x@mail.example", "Когда будет ремонт? 8 701 000 00 11",
	    OUTCOME_REJECT },
	{ "a given name", "Катя", "katya99@mail.example",
	    "Будет ли день открытых дверей? Катя, 8 701 700 70 71", OUTCOME_REJECT },
	{ "a given name and its short form", "Катя", "katerina@mail.example",
	    "Будет ли день открытых дверей? Катерина, 8 701 700 70 71", OUTCOME_REJECT },
	{ "a given name and a patronymic", "Гульнара Маратовна", "g@mail.example",
	    "Будет ли дозаселение? Гульнара Маратовна, 87017735092", OUTCOME_REJECT },
	{ "who somebody is", "Айбектің анасы", "a@mail.example",
	    "Балам ауырып қалды, құжат керек. 8 701 700 70 72", OUTCOME_REJECT },
	{ "a name that is spoken of", "Дана", "dana.d@mail.example",
	    "Ұстазымыз Ерлан Асановқа рахмет айтамын. Сіздің шәкіртіңіз Дана, 8 775 730 "
	    "18 25",
	    OUTCOME_REJECT },
	{ "what is needed before the number", "Динара", "d@mail.example",
	    "Эдвайзер согласна, нужна виза проректора. Мой номер 8 702 118 00 94",
	    OUTCOME_REJECT },
	{ "two words in no list before the number", NULL, "x@mail.example",
	    "можем ли мы проводить заседания клуба? эрих вальтер, 87771230099",
	    OUTCOME_HOLD },
	{ "a given name in no list after я", NULL, "x@mail.example",
	    "здравствуйте, я, юсупжан зульхумар, хочу перевестись. 8 708 321 32 13",
	    OUTCOME_HOLD },
	{ "a patronymic of no name that is known", "Ерлан Ивашкевич", "e@mail.example",
	    "Форма не отправляется. 8 705 227 18 90", OUTCOME_HOLD },
	{ "a family name and a word in no list, no mark before", NULL, "x@mail.example",
	    "мне нужна справка очень срочно мусаев хамзат 8 747 012 34 56",
	    OUTCOME_HOLD },
	{ "a post behind a given name", "Қарлығаш Әкім", "karlygash40@mail.example",
	    "Кітапхана қашан ашылады? 8 776 951 30 27", OUTCOME_HOLD },
	{ "a name like a common word, said to be his", NULL, "x@mail.example",
	    "My full name is Tendai Moyo and my number is +263 77 123 4567",
	    OUTCOME_HOLD },
	{ "the halves of a name in text and address", NULL,
	    "gulzhamal.sydykova@mail.example",
	    "нужна справка для соцзащиты. гулжамал, 8 705 222 00 55", OUTCOME_HOLD },
	{ "two words in From that may be a nickname", "Үнсіз Ғарыш", "x@mail.example",
	    "Лифт қашан жөнделеді? 8 705 222 00 55", OUTCOME_HOLD },
};

static void
check(gconstpointer data)
{
	const Sample *c = data;
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading("Өтініш / Обращение", c->text);
	g_autoptr(Verdict) verdict = NULL;

	g_free(reading->from_name);
	g_free(reading->from_address);
	reading->from_name = g_strdup(c->from);
	reading->from_address = g_strdup(c->address);
	judge_identify(judge, reading);
	verdict = judge_letter(judge, reading);

	g_assert_null(reading->name);
	g_assert_nonnull(reading->phone);
	g_assert_cmpint(verdict->rule, ==, RULE_ANONYMOUS);
	g_assert_cmpstr(outcome_names[verdict->outcome], ==, outcome_names[c->outcome]);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(letters); i++) {
		g_autofree char *path =
		    g_strdup_printf("/anonymous/%s", letters[i].label);

		g_test_add_data_func(path, &letters[i], check);
	}
	return g_test_run();
}
