/* The author's full name: where people put it, and what is none. */
#include "identity-sample.h"

typedef struct {
	const char *label, *from, *address, *text, *name;
} Case;

static const Case cases[] = {
	/* signatures */
	{ "a Kazakh signature with a number behind", "Ернар", "e@mail.example",
	    "Жатақханада жылу жоқ. Көмектесіңіз.\nЕрнар Қасенов, 2 курс, 8 701 111 22 33",
	    "Ернар Қасенов" },
	{ "surname first with a patronymic", NULL, "a@mail.example",
	    "Прошу выдать справку.\n\nС уважением,\nСадыкова Айжан Бериковна\n+7 705 000 "
	    "11 22",
	    "Садыкова Айжан Бериковна" },
	{ "given name first with -ұлы", NULL, "a@mail.example",
	    "Өтінішімді қараңыз.\n\nБекзат Нұрланұлы Оразов\n87011112233",
	    "Бекзат Нұрланұлы Оразов" },
	{ "-қызы written apart", NULL, "a@mail.example",
	    "Сұрағым бар еді, жауап күтемін.\nАйгүл Серік қызы Темірова, 8 702 333 44 55",
	    "Айгүл Серік қызы Темірова" },
	{ "after a closing formula on one line", "Марат", "m@mail.example",
	    "Когда будет ремонт?\nС уважением, Марат Исабеков, тел. 8 777 123 45 67",
	    "Марат Исабеков" },
	{ "a foreign name", "John", "john@mail.example",
	    "Where can I register?\n\nBest regards,\nJohn Whitfield\n+44 7700 900123",
	    "John Whitfield" },
	{ "three words of an unknown language", "O. Adewale",
	    "oluwadamilare@mail.example",
	    "Please help with my visa.\n\nOluwadamilare Tunde Adewale\nyear 2\n+7 708 "
	    "111 22 33",
	    "Oluwadamilare Tunde Adewale" },
	{ "Kazakh in Latin letters", "Gulzhan", "g@mail.example",
	    "Salemetsiz be, stipendia qashan tusedi?\nGulzhan Seitqali, 87771234567",
	    "Gulzhan Seitqali" },
	{ "an apostrophe and a hyphen", NULL, "s@mail.example",
	    "The lamp is broken.\nSiobhan O'Brien-Walsh, +353 87 123 4567",
	    "Siobhan O'Brien-Walsh" },
	{ "a Chinese name in Cyrillic", "Ли Мин", "li.min@mail.example",
	    "Где получить визу?\nЛи Мин, 8 747 111 22 33", "Ли Мин" },
	{ "capitals throughout", NULL, "a@mail.example",
	    "ПРОШУ ПОЧИНИТЬ ЛИФТ В КОРПУСЕ НОМЕР ДВА, ОН СТОИТ С ОКТЯБРЯ МЕСЯЦА УЖЕ.\n"
	    "НУРЖАН АБДИЕВ, 8 701 555 66 77",
	    "НУРЖАН АБДИЕВ" },
	{ "small letters before the number", NULL, "b@mail.example",
	    "здравствуйте когда пересдача\nбекова алия 87015556677", "бекова алия" },
	{ "the name after the number", NULL, "b@mail.example",
	    "Қашан береді?\n8 701 222 33 44 Санжар Әлімов", "Санжар Әлімов" },
	{ "a post before the name in a signature", "Кафедра", "k@mail.example",
	    "Просим выделить аудиторию.\n\nзаведующий кафедрой\nТлеубаев Ерлан "
	    "Сапарович\n8 727 200 11 22",
	    "Тлеубаев Ерлан Сапарович" },
	/* said in the text */
	{ "меня зовут", NULL, "a@mail.example",
	    "Здравствуйте! Меня зовут Анна Литвинова, учусь на филфаке. Когда пересдача? "
	    "8 705 111 22 33",
	    "Анна Литвинова" },
	{ "менің атым", NULL, "a@mail.example",
	    "Сәлеметсіз бе! Менің атым Данияр Төлегенов, физика мамандығында оқимын. "
	    "87051112233",
	    "Данияр Төлегенов" },
	{ "Мен, with what he is", NULL, "a@mail.example",
	    "Мен, 2 курс студенті Мәди Сағынтаев, жатақхана сұраймын. Тел 8 708 999 88 "
	    "77",
	    "Мәди Сағынтаев" },
	{ "Я, with what she is", NULL, "a@mail.example",
	    "Я, студентка третьего курса Ольга Ветрова, прошу о переводе. 8 708 999 88 "
	    "77",
	    "Ольга Ветрова" },
	{ "деген студентпін", NULL, "a@mail.example",
	    "Нұрбек Әміров деген студентпін. Кітапхана неге жабық? 8 708 999 88 77",
	    "Нұрбек Әміров" },
	{ "I am", NULL, "a@mail.example",
	    "Dear Rector, I am Sanjay Kapoor from India. My visa ends soon. +7 771 222 "
	    "33 44",
	    "Sanjay Kapoor" },
	{ "a form", "Web-форма", "form@mail.example",
	    "Аты-жөні: Гүлмира Досова\nТелефон: 8 701 444 55 66\nХабарлама: Асхана қашан "
	    "ашылады?",
	    "Гүлмира Досова" },
	{ "a form in Russian", NULL, "form@mail.example",
	    "ФИО: Климов Артём Олегович\nТел.: 8 701 444 55 66\nВопрос: когда ремонт?",
	    "Климов Артём Олегович" },
	{ "a head in the ablative", NULL, "a@mail.example",
	    "Университет ректорына\nмагистрант Айдос Бекеновтен\n8 701 444 55 "
	    "66\n\nӨтініш\n\nРұқсат сұраймын.",
	    "Айдос Бекенов" },
	{ "a head in the genitive", NULL, "a@mail.example",
	    "Ректору университета\nот студентки Марченко Юлии Павловны\n8 701 444 55 "
	    "66\n\nПрошу перевести "
	    "меня на грант.",
	    "Марченко Юлии Павловны" },
	/* From */
	{ "From alone", "Жанар Өтегенова", "zhanar@mail.example",
	    "Кітапхана қашан ашылады?", "Жанар Өтегенова" },
	{ "From with a title", "Dr. Peter Novak", "p.novak@mail.example",
	    "When does the conference begin?", "Peter Novak" },
	{ "From when the signature has one name only", "Сергей Дроздов",
	    "drozdov@mail.example", "Почините кран.\nСергей, 8 705 123 45 67",
	    "Сергей Дроздов" },
	{ "the fuller name of the text beats From", "Айбек Санатов", "a@mail.example",
	    "Почините кран.\nСанатов Айбек Маратович, 8 705 123 45 67",
	    "Санатов Айбек Маратович" },
	/* none */
	{ "no name at all", NULL, "x@mail.example", "Когда будет ремонт? 8 701 000 00 11",
	    NULL },
	{ "initials", "А. К.", "a.k@mail.example", "Лифт стоит.\nА. К., 8 701 000 00 11",
	    NULL },
	{ "surname with an initial", "Б. Сейтов", "b@mail.example",
	    "Лифт стоит.\nСейтов Б., 8 701 000 00 11", NULL },
	{ "a first name", "Аружан", "a@mail.example",
	    "Қашан ашылады?\nАружан, 8 701 000 00 11", NULL },
	{ "given name and patronymic", "Ольга Ивановна", "o@mail.example",
	    "Почему холодно?\nОльга Ивановна, 8 701 000 00 11", NULL },
	{ "an organisation", "Учебный центр «Знание»", "info@mail.example",
	    "Приглашаем на курсы.\nУчебный центр «Знание», 8 701 000 00 11", NULL },
	{ "a nickname", "Чёрный Плащ", "plash@mail.example", "Почему так дорого?", NULL },
	{ "who will not be named", "Аноним", "x@mail.example",
	    "Имя не назову.\nНеравнодушный студент", NULL },
	{ "the dean's name is not the author's", NULL, "x@mail.example",
	    "Декан Асанов Ерлан Маратович не принимает студентов. Разберитесь. 8 701 000 "
	    "00 11",
	    NULL },
	{ "a lecturer's name in Kazakh", NULL, "x@mail.example",
	    "Оқытушымыз Серік Болатов сабаққа келмейді. Тексеріңіз. 8 701 000 00 11",
	    NULL },
	{ "a child's name", NULL, "x@mail.example",
	    "Моя дочь Алина Смирнова учится у вас. Где списки? 8 701 000 00 11", NULL },
	{ "somebody in the genitive", NULL, "x@mail.example",
	    "Қанат Оспановтың анасымын. Баламның құжаты қайда? 8 701 000 00 11", NULL },
	{ "a name in the greeting", NULL, "x@mail.example",
	    "Уважаемый Болат Сериков!\nПочему закрыта библиотека? 8 701 000 00 11",
	    NULL },
	{ "a university named after somebody", NULL, "x@mail.example",
	    "Абай Құнанбайұлы атындағы университетке қалай түсемін? 8 701 000 00 11",
	    NULL },
	{ "a firm of common words", "Алтын Орда", "info@mail.example", "Қашан?", NULL },
	{ "an agency with a given name", "Айдос Agency", "aidos@mail.example", "Қашан?",
	    NULL },
	{ "one name twice", "Дана Дана", "dana@mail.example", "Қашан?", NULL },
	{ "a nickname in its address", "Zlaya Sova", "zlaya.sova@mail.example", "Когда?",
	    NULL },
	{ "a family name in its address", "Алькея Корнеева", "a.korneeva@mail.example",
	    "Когда?", "Алькея Корнеева" },
	{ "a role behind a bar", "Данияр Ахметов | студент", "d@mail.example", "Когда?",
	    "Данияр Ахметов" },
	{ "the same in Latin in brackets", "Алексей Смирнов (Alexey Smirnov)",
	    "s@mail.example", "Когда?", "Алексей Смирнов" },
	/* of all sorts */
	{ "a closing formula without a comma", "Мадияр", "madiyar@m.kz",
	    "Сәлеметсіз бе. Емтихан кестесі қашан шығады?\nҚұрметпен Мадияр Бекбосынов 3 "
	    "курс 87051234567",
	    "Мадияр Бекбосынов" },
	{ "From when the signature is a first name", "Асия Ким", "asia@m.kz",
	    "Подскажите расписание.\nАсия", "Асия Ким" },
	{ "кімнен in a head", NULL, "x@m.kz",
	    "Кімге: ректорға\nКімнен: Сматаева Ләйла, ата-ана\nТел: 8 702 333 22 "
	    "11\nБалам ауырып қалды.",
	    "Сматаева Ләйла" },
	{ "a dash behind the label", NULL, "x@m.kz",
	    "Заявитель – Орлова Дарья Игоревна. Прошу вернуть деньги. +7 777 111 22 33",
	    "Орлова Дарья Игоревна" },
	{ "I'm", "Zhaniya", "zh@m.kz",
	    "Good day! I'm Zhaniya Kassymova, a second-year student. My grade is wrong. "
	    "87011234567",
	    "Zhaniya Kassymova" },
	{ "боламын", "Нұрғалым", "n@m.kz",
	    "Мен Нұрғалым Тәшенов боламын, 4 курс. Жатақхана керек. 87771112233",
	    "Нұрғалым Тәшенов" },
	{ "a post and a colon", "Студсовет", "s@m.kz",
	    "Председатель студсовета Виктория Пак: просим дать зал.\n8 705 111 00 00",
	    "Виктория Пак" },
	{ "From with two given names", "Бекжан Әділ", "bek@m.kz", "Қысқы сессия қашан?",
	    "Бекжан Әділ" },
	{ "a lecturer who is thanked", "Ғабит", "g@m.kz",
	    "Ұстазым Қайрат Жұмабаевқа рахмет айтамын! Ол кісі нағыз маман.\nҒабит "
	    "Оразбек, түлек, 8 701 000 99 88",
	    "Ғабит Оразбек" },
	{ "a curator in the dative and the genitive", "Маша", "masha@m.kz",
	    "Нашему куратору Светлане Петровне Ивановой выговор за опоздание студентов. "
	    "Разве это справедливо?\nМария Лебедева 8 747 555 44 33",
	    "Мария Лебедева" },
	{ "who he is, a dash, the name", NULL, "z@m.kz",
	    "Прошу помочь.\n\nС уважением,\nродитель студента Жумабека А. – Жумабекова "
	    "Рауза Кенжеевна.\nтел. 8 701 777 66 55",
	    "Жумабекова Рауза Кенжеевна" },
	{ "the phone's own line below", "Арайлым Н.", "a@m.kz",
	    "Жатақханада су жоқ.\n\nІзгі ниетпен\nНұрсейітова Арайлым\n\niPhone-нан "
	    "жіберілді",
	    "Нұрсейітова Арайлым" },
	{ "bars in a signature", "Pavel", "p@m.kz",
	    "The wifi is slow.\n\nThanks,\nPavel Kuznetsov | Year 3 | Physics\n+7 701 "
	    "222 33 11",
	    "Pavel Kuznetsov" },
	{ "a form with two lines", NULL, "q@m.kz",
	    "1. Фамилия: Турсунов\n2. Имя: Бекзод\nТелефон 8 701 222 33 11\nНе пускают в "
	    "общежитие.",
	    "Турсунов Бекзод" },
	{ "From with a hyphen", "Jean-Pierre Dubois", "jp@m.kz",
	    "Where is the office?\nJean-Pierre Dubois", "Jean-Pierre Dubois" },
	{ "small letters on a line of their own", "Ақерке", "akerke@m.kz",
	    "Сұрақ: стипендия қашан?\n\nақерке серікова\n87051239876",
	    "ақерке серікова" },
	{ "a headmaster with a patronymic", NULL, "t@m.kz",
	    "Мектеп директоры Абай Серікович Нұртаев бізге келіп, сіздерді мақтады. "
	    "Қашан кездесеміз?\n8 702 111 22 00",
	    NULL },
	{ "a vice dean", NULL, "t@m.kz",
	    "Деканның орынбасары Гүлжан Асқарқызы дөрекі сөйлейді. Өз атымды айтпаймын.",
	    NULL },
	{ "no name, but an address", "Қала тұрғыны", "t@m.kz",
	    "Алматы қаласы, Достық даңғылы бойындағы корпус алдында қар тазаланбаған.",
	    NULL },
	{ "a professor with a full name", "Ержан Болат", "eb@m.kz",
	    "Профессор Дәулет Сәбит Қайратұлы дәріс оқымайды, тек слайд көрсетеді. "
	    "Тексерсеңіздер екен.\n8 705 222 11 22",
	    "Ержан Болат" },
	{ "a company's display name", "Aigerim & Co", "info@co.example",
	    "Buy our cakes! Call 8 701 111 11 11", NULL },
	{ "his daughter's patronymic", "Самат", "samat@m.kz",
	    "Қызым Айша Саматқызы 1 курста. Жатақхана бересіздер ме?\nСамат Ерғалиұлы "
	    "Досжанов, 8 775 999 88 77",
	    "Самат Ерғалиұлы Досжанов" },
	{ "беспокоит", "Ильяс", "i@m.kz",
	    "Добрый день! Хан Ильяс беспокоит, группа МТ-11. Не открывается портал. 8 "
	    "747 123 00 99",
	    "Хан Ильяс" },
	{ "his daughter first", "Тимур Ахмедов", "ta@m.kz",
	    "Ибрагимова Лейла Тимуровна, моя дочь, не может получить справку. Помогите. "
	    "8 701 333 11 22",
	    "Тимур Ахмедов" },
	{ "in the name of her mother", "Оля", "olga@m.kz",
	    "Пишу от имени мамы, Сидоровой Анны Павловны, она пенсионерка.\nОльга "
	    "Сидорова, 87013334455",
	    "Ольга Сидорова" },
	{ "two words no list has", "Чжан Вэй", "zhang@m.kz",
	    "Помогите с визой. Чжан Вэй, группа 12. 8 747 000 11 22", "Чжан Вэй" },
	{ "three words of Viet Nam", "Nguyen Van An", "an.nguyen@m.kz",
	    "Please help.\nNguyen Van An\n+84 912 345 678", "Nguyen Van An" },
	{ "Uzbek", "Абдурахмон", "abd@m.kz",
	    "Ассалому алайкум! Мен Абдурахмон Юлдашев, Тошкентдан. Қачон ҳужжат "
	    "топширамиз? +998 90 111 22 33",
	    "Абдурахмон Юлдашев" },
	{ "a Dutch name with two particles", NULL, "c@m.kz",
	    "Please help.\n\nSincerely,\nAnnelise van der Berg\nErasmus+ student\n+31 6 "
	    "12345678",
	    "Annelise van der Berg" },
	{ "a teacher named above the student", NULL, "c@m.kz",
	    "Прошу помочь.\n\nПреподаватель: Сергеева Инна Олеговна.\nСтудент: Байжанов "
	    "Тимур, 8 708 555 10 10",
	    "Байжанов Тимур" },
	{ "a child's name in a form, then the parent's", NULL, "c@m.kz",
	    "Прошу помочь.\n\nФИО ребёнка: Касенов Али\nФИО родителя: Касенова Дина "
	    "Маратовна\nТелефон: 8 701 707 70 70",
	    "Касенова Дина Маратовна" },
	{ "a department for a signature", NULL, "c@m.kz",
	    "Прошу помочь.\n\nС уважением, коллектив кафедры педагогики\n8 727 291 91 91",
	    NULL },
	{ "the mother of a student with an initial", NULL, "c@m.kz",
	    "Прошу помочь.\n\nмать студентки Асель К., Жумабекова Гульнара\n8 701 222 33 "
	    "41",
	    "Жумабекова Гульнара" },
	{ "the dean in the text, a given name below", NULL, "c@m.kz",
	    "Декан факультета Оспанов Ерлан Болатович сказал мне ждать.\nКамила\n8 708 "
	    "300 10 "
	    "20",
	    NULL },
	{ "a table with a head", NULL, "c@m.kz",
	    "Жылу жоқ.\n\n№ | Аты-жөні | Тел\n1 | Төлеу Мөлдір | 8 700 120 45 67",
	    "Төлеу Мөлдір" },
	{ "a Kazakh surname in capitals above", NULL, "c@m.kz",
	    "Жылу жоқ.\n\nТӘЖІБАЙ\nНұрдәулет Асқарұлы\n8 707 221 43 63",
	    "ТӘЖІБАЙ Нұрдәулет Асқарұлы" },
	{ "our dean", NULL, "c@m.kz",
	    "Жылу жоқ, айттық.\n\nДеканымыз Әбдіқадыров Нұржан Сейітұлы.\n8 707 221 43 "
	    "60",
	    NULL },
	{ "a street", NULL, "c@m.kz",
	    "Прошу помочь.\n\nУлица Жамбыла Жабаева\n8 705 818 00 12", NULL },
	{ "a building", NULL, "c@m.kz",
	    "Please help.\n\nBuilding Seven, Floor Two\n+7 701 010 10 11", NULL },
	{ "ask the monitor", NULL, "c@m.kz",
	    "Прошу помочь.\n\nСпросите у старосты: Алина Ким, 8 700 120 45 68", NULL },
	{ "a copy to the vice-rector", NULL, "c@m.kz",
	    "Прошу помочь.\n\nКопия: проректору Садыкову Марату "
	    "Айдаровичу\nНеравнодушный "
	    "студент\n8 707 440 19 29",
	    NULL },
	{ "a copy to the dean", NULL, "c@m.kz",
	    "Please help.\n\nCopy to Dean Marat Ospanov\nA worried student\n+7 555 123 "
	    "45 67",
	    NULL },
	{ "a sentence that ends with the adviser above", NULL, "c@m.kz",
	    "Пожалуйста, чтобы это письмо не попало к куратору.\nДаниил Нечаев, история, "
	    "2 "
	    "курс, 8 776 087 54 13",
	    "Даниил Нечаев" },
	{ "a Korean given name with a hyphen", NULL, "p@m.kz",
	    "Name: Park Ji-hoon\nCountry: Korea\nPhone: +82 10 1234 5678",
	    "Park Ji-hoon" },
	{ "a small word before it", NULL, "p@m.kz",
	    "Жылу жоқ.\n\n3 курс студенттері атынан Рамина Құдайбергенқызы, 8 778 100 20 "
	    "30",
	    "Рамина Құдайбергенқызы" },
	{ "a surname on a line of its own above", NULL, "info@m.kz",
	    "Когда приём документов?\n\nСулейменова\nКарина Азаматовна\n8 771 330 47 85",
	    "Сулейменова Карина Азаматовна" },
	{ "three lines of one word", NULL, "info@m.kz",
	    "Когда приём документов?\n\nСулейменова\nКарина\nАзаматовна\n8 771 330 47 85",
	    "Сулейменова Карина Азаматовна" },
	{ "a given name above a faculty", NULL, "info@m.kz",
	    "Когда приём документов?\n\nКарина\nФилология факультеті\n8 771 330 47 85",
	    NULL },
	{ "a form with a label of three words", NULL, "form@m.kz",
	    "Фамилия, имя, отчество: Цой Марина Витальевна\nКонтактный телефон: +7 (701) "
	    "900-14-72\nТекст обращения: Прошу рассмотреть возможность заочного "
	    "обучения.",
	    "Цой Марина Витальевна" },
	{ "a signature with a paragraph below", NULL, "a@m.kz",
	    "Третью неделю не работает лифт. Прошу поручить ремонт и сказать, когда он "
	    "закончится.\n\nЕрмеков Данияр Саматович\n+7 701 415 22 38\n\nПересылаю, что "
	    "мне "
	    "ответили:\nВаше обращение принято, ждите ответа от службы.",
	    "Ермеков Данияр Саматович" },
	{ "contacts that are the subject of a sentence", NULL, "a@m.kz",
	    "Вы дали мне такой контакт:\n\nЕрмеков Данияр Саматович\n+7 701 415 22 "
	    "38\n\nПо нему никто не отвечает уже неделю, помогите.",
	    NULL },
	{ "a surname alone", "Кузнецов", "kuz@m.kz",
	    "Лифт не работает. Кузнецов, 8 701 000 22 33", NULL },
	/* without order, capitals or marks */
	{ "a faculty in two halves before the number", "a.k", "adik@m.kz",
	    "здравствуйте третий месяц нет стипендии. в бухгалтерии говорят ждите\n"
	    "адилжан кенжебек физ мат 2курс 87071234501",
	    "адилжан кенжебек" },
	{ "no mark before the name either", NULL, "t@m.kz",
	    "дд когда будут результаты конкурса рахымжанова толганай иняз 3 курс рет "
	    "группа 87471234000",
	    "рахымжанова толганай" },
	{ "a name in no list beside one that is", NULL, "k@m.kz",
	    "Автобус қойсаңыздар жақсы болар еді. қапаш жұлдызай 2 курс биология "
	    "87059990011",
	    "қапаш жұлдызай" },
	{ "деген студент едім", NULL, "b@m.kz",
	    "саламатсыздарма бауыржан сапаргали деген студент едим лифт буздык турады "
	    "87771110022",
	    "бауыржан сапаргали" },
	{ "what he studies after a comma", NULL, "i@m.kz",
	    "платформа не пускает. ногайбаева индира, магистратура 1 курс, 87751002030",
	    "ногайбаева индира" },
	{ "a group's code", NULL, "s@m.kz",
	    "Оқытушы Н. Қ. Бердәлиева себепсіз қойды. Сейдуәлі Мөлдір МИ-32 топ "
	    "87753332211",
	    "Сейдуәлі Мөлдір" },
	{ "a full stop, then my number", NULL, "s@m.kz",
	    "Преподаватель Исаева не реагирует. Бектемирова Нурай. Мой номер: 8 700 809 "
	    "70 60 (можно писать в телеграм)",
	    "Бектемирова Нурай" },
	{ "a sentence about somebody before the number", NULL, "s@m.kz",
	    "Серік Болатов сабаққа келмейді 8 701 000 00 11", NULL },
	{ "готова is no family name", NULL, "s@m.kz",
	    "Я готова приехать сама. 8 701 000 00 11", NULL },
	/* a family name in -ұлы or -қызы */
	{ "a given name and -қызы", "Жанерке", "z@m.kz",
	    "Асханада кезек ұзақ.\nЖанерке Болатқызы, 8 701 222 33 12",
	    "Жанерке Болатқызы" },
	{ "-қызы behind a label of two words", NULL, "z@m.kz",
	    "Менің атым-жөнім Аружан Серікқызы, +7 778 640 91 12. Вахтадағы кісі "
	    "айқайлады.",
	    "Аружан Серікқызы" },
	{ "-қызы first", NULL, "z@m.kz",
	    "Парольді ұмыттым.\nСүлейменқызы Айсәуле, 8 705 678 90 12",
	    "Сүлейменқызы Айсәуле" },
	{ "the same of one who is called by it", "Гүлжан апай", "g@m.kz",
	    "Хорды қайта жинасақ. Гүлжан Сапарқызы, кітапхана, 87017720964.", NULL },
	{ "a rector who is greeted by it", NULL, "g@m.kz",
	    "Сәлеметсіз бе, Болат Амангелдіұлы! Апелляция қашан? 8 701 772 09 64", NULL },
	{ "the same before the greeting", NULL, "g@m.kz",
	    "Болат Тілепұлы, сәлеметсіз бе. Жатақханада су жоқ. 8 701 772 09 64", NULL },
	{ "the same at the end of a request", NULL, "g@m.kz",
	    "Жатақханада су жоқ, көмектесіңіз, Болат Тілепұлы. 8 701 772 09 64", NULL },
	/* said */
	{ "my name is, in no list", NULL, "e@m.kz",
	    "My name is Chukwuemeka Nwosu and I live in hostel 4. +2348091234567",
	    "Chukwuemeka Nwosu" },
	{ "беспокоит first", NULL, "e@m.kz",
	    "Беспокоит Сейдахметов Ермек, люк открыт. Мой сот 8 701 700 11 00",
	    "Сейдахметов Ермек" },
	{ "I am, at the end of the name", NULL, "z@m.kz",
	    "Мен Жақсыгелді Айнамкөзбін, 4 курс. Рұқсат беріңізші. 8 776 000 11 22",
	    "Жақсыгелді Айнамкөз" },
	{ "the family name in a clause of its own", NULL, "s@m.kz",
	    "Меня зовут Сания, фамилия Акылбекова, учусь на 2 курсе. 8 702 345 43 21",
	    "Сания Акылбекова" },
	{ "two given names in a form", NULL, "k@m.kz",
	    "Send my transcript. First name: Kwabena Osei, last name: Mensah, phone +233 "
	    "24 123 4567",
	    "Kwabena Osei Mensah" },
	/* foreign */
	{ "three Korean words", NULL, "p@m.kz",
	    "Прошу открыть спортзал.\nтренер Пак Те Сон\n8 777 200 30 40", "Пак Те Сон" },
	{ "four words of Viet Nam", NULL, "t@m.kz",
	    "Does it cover the dormitory? Nguyen Thi Thu Ha, +84 912 345 678",
	    "Nguyen Thi Thu Ha" },
	{ "a university below a foreign name", NULL, "h@m.kz",
	    "I offer a lecture.\nProf. Hans-Peter Oberländer\nUniversität Göttingen\n+49 "
	    "170 1234567",
	    "Hans-Peter Oberländer" },
	{ "a word that means something in a foreign name", "Tran Thi Mai", "m@m.kz",
	    "Please explain the curve.\nTran Thi Mai 8 778 351 02 69", "Tran Thi Mai" },
	{ "a particle with a hyphen", "Фатима аль-Хамви", "f.hamwi@m.kz",
	    "Что принести вместо апостиля?\n\nФатима аль-Хамви\n+7 747 430 95 11",
	    "Фатима аль-Хамви" },
	{ "an Armenian family name", NULL, "n@m.kz",
	    "Кто подписывает? 8 707 660 15 92, Ника Сагинян", "Ника Сагинян" },
	{ "a family name like a common word", NULL, "l@m.kz",
	    "Где приказ?\nЛаура Азаматова, 8 705 460 18 73, запасной 8 705 159 85 79",
	    "Лаура Азаматова" },
	{ "a family name like a genitive", "Айдар Никитин", "x@m.kz", "Когда приём?",
	    "Айдар Никитин" },
	{ "a given name like another in the genitive", "Фируза Азимова", "f@m.kz",
	    "Можно ли ей жить у родных? 8 727 245 80 36", "Фируза Азимова" },
	{ "in no list, but the address is made of it", "Хироко Танабэ", "h.tanabe@m.kz",
	    "Когда можно прийти? 8 727 245 80 36", "Хироко Танабэ" },
	{ "a nickname of two words in the address", "Kitchen Ninja", "kitchen.ninja@m.kz",
	    "The soup is cold. 8 727 245 80 36", NULL },
	{ "somebody's widow", "Хироко Танабэ", "h.tanabe@m.kz",
	    "Я вдова вашего выпускника Ерлана Токтара, живу в Алматы. +7 771 390 64 15",
	    "Хироко Танабэ" },
	{ "responsible for the others", "Кадрия Гиззатуллина", "k@m.kz",
	    "Срок до десятого.\nОтветственная Кадрия Гиззатуллина, 8 702 705 31 29",
	    "Кадрия Гиззатуллина" },
	{ "a family name like a patronymic", "Софья Лазаревна Гуревич", "lazarevna@m.kz",
	    "Прошу исправить имя отца в книге.\nСофья Лазаревна Гуревич, 8 701 233 05 97",
	    "Софья Лазаревна Гуревич" },
	{ "the same before the given name", NULL, "s@m.kz",
	    "Когда приём?\nСавич Пётр, 8 705 117 62 38", "Савич Пётр" },
	{ "a patronymic after the given name", NULL, "s@m.kz",
	    "Когда приём?\nПётр Ильич, 8 705 117 62 38", NULL },
	{ "an honorific for a family name", "Қансұлу Мырза", "kansulu.myrza@m.kz",
	    "Келініме бөлме бергендеріңізге рахмет.\nМырза Қансұлу, 8 778 934 60 25",
	    "Мырза Қансұлу" },
	{ "a display name written together in the address", "Шохрат Аблизов",
	    "shokhratablizov@m.kz", "Спасибо за поездку. 8 747 090 53 27",
	    "Шохрат Аблизов" },
	{ "three words that From has, too", "Чхве Су Джин", "c.su@m.kz",
	    "Нет преподавателя русского. Чхве Су Джин, 8 706 133 47 90", "Чхве Су Джин" },
	{ "a participant by her name in -қызы", "Зере Мұхтарқызы", "zere@m.kz",
	    "Жинақ шықпады.\nҚатысушы Зере Мұхтарқызы, Тараз. 8 708 203 96 51",
	    "Зере Мұхтарқызы" },
	{ "a family name before a word in no list", NULL, "n@m.kz",
	    "почему нет моих оценок. сарсенгалиев нурсаят, журфак 2 к 87751239900",
	    "сарсенгалиев нурсаят" },
	{ "the same after я", NULL, "n@m.kz",
	    "здравствуйте, я, юсупджанова зульхумар, хочу перевестись. 8 708 321 32 13",
	    "юсупджанова зульхумар" },
	{ "a noun in the plural ends like a family name", NULL, "n@m.kz",
	    "почему так долго. список документов, 87751239900", NULL },
	{ "I'm, in no list, from", NULL, "h@m.kz",
	    "Hi, I'm Jeong Ha-eun from Busan. Can I extend it? +82 10 9876 5432",
	    "Jeong Ha-eun" },
	{ "small letters after я", NULL, "h@m.kz",
	    "Я софья левченко из 2 группы, хочу перевестись. 8 708 404 30 20",
	    "софья левченко" },
	{ "a monitor writes", NULL, "h@m.kz",
	    "Староста ИС-31 Ержанов Санжар пишет. У нас три окна. 8 777 100 22 11",
	    "Ержанов Санжар" },
	/* more than one */
	{ "the first of three who sign", NULL, "a@m.kz",
	    "Просим кабинет.\nТурсунбаев Азамат, 8 701 000 20 20\nКовалёв Пётр, 8 701 "
	    "000 "
	    "20 21\nСейт Малика, 8 701 000 20 22",
	    "Турсунбаев Азамат" },
	{ "somebody", NULL, "u@m.kz",
	    "Аты-жөні: Әлдекім Әлдекімов\nТелефоны: 8 701 000 00 00", NULL },
	{ "titles before a foreign name", "Prof. Dr. Hans-Dieter Müller", "hdm@m.kz",
	    "We invite your students.\nProf. Dr. Hans-Dieter Müller\nUniversity of "
	    "Leipzig\n+49 341 123456",
	    "Hans-Dieter Müller" },
};

static void
test_name(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading =
	    identify(identity, c->from, c->address, "өтініш", c->text);

	g_assert_cmpstr(reading->name, ==, c->name);
	g_assert_true((reading->name == NULL) == (reading->name_where == NULL));
}

/* Where it was found is told with it. */
static void
test_where(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) from =
	    identify(identity, "Жанар Өтегенова", "z@mail.example", "", "Қашан?");
	g_autoptr(Reading) signature = identify(identity, NULL, "z@mail.example", "",
	    "Су жоқ, жылу да жоқ.\n\nЖанар Өтегенова\n8 701 111 22 33");

	g_assert_cmpstr(from->name_where, ==, "from");
	g_assert_cmpstr(signature->name_where, ==, "signature");
}

/* A subject that begins with the author's name; one that speaks of another. */
static void
test_subject(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) own = identify(identity, NULL, "n@mail.example",
	    "Әлімқұлова Назгүл - академиялық демалыс", "Анықтамам бар. 8 747 474 74 74");
	g_autoptr(Reading) other = identify(identity, NULL, "n@mail.example",
	    "сын Сейткали Алтынбек", "Не пускают на экзамен. 8 747 474 74 74");

	g_assert_cmpstr(own->name, ==, "Әлімқұлова Назгүл");
	g_assert_null(other->name);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/name/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_name);
	}
	g_test_add_func("/name/in the subject", test_subject);
	g_test_add_func("/name/where it was found", test_where);
	return g_test_run();
}
