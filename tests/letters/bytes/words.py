"""Words: what stands within and between them, and the languages they are in."""
from mail import HOSTEL, LIFT, STIPEND, letter, mail, word

SOFT, ZWSP, NBSP, ZWJ = "\u00ad", "\u200b", "\u00a0", "\u200d"

letter("words-soft-hyphens", mail(LIFT.replace("лифт", f"ли{SOFT}фт").replace("ремонт", f"ре{SOFT}монт")),
       "Soft hyphens from a word processor.", text_has=["не работает лифт", "поручить ремонт"],
       verdict="accept")
letter("words-zero-width", mail(STIPEND.replace("Стипендию", f"Сти{ZWSP}пендию").replace(
       "Щербакова", f"Щер{ZWSP}бакова")), "Zero-width spaces in words and in the name.",
       text_has=["Стипендию за октябрь"], name="Щербакова Яна Юрьевна", verdict="accept")
letter("words-no-break-spaces", mail(LIFT.replace(" ", NBSP)), "No-break spaces for all blanks.",
       text_has=["третью неделю"], name="Ермеков Данияр Саматович", phone="+7 701 415 22 38",
       verdict="accept")
letter("words-tabs", mail("ФИО:\tЕрмеков Данияр Саматович\nТел.:\t+7 701 415 22 38\nСуть:\tво втором "
                          "корпусе стоит лифт, прошу починить.\n"), "Tabs of a form.",
       name="Ермеков Данияр Саматович", phone="+7 701 415 22 38", verdict="accept")
letter("words-obscene-soft-hyphens", mail(
       f"Ваш проректор просто м{SOFT}у{SOFT}д{SOFT}а{SOFT}к, и {ZWSP}х{ZWSP}у{ZWSP}й он что "
       "сделает.\n\nЕрмеков Данияр Саматович\n+7 701 415 22 38\n"),
       "Invisible characters do not hide abuse.", verdict="reject", rule=["obscene", "hate"])
letter("words-decomposed", mail("Студе\u0301нческий бассе\u0438\u0306н закрыли. Прошу объяснить, на "
                                "сколько.\nЛапина Ольга Игоревна, 8 707 441 20 06\n"),
       "Letters with combining marks, as Apple's file names have them.",
       text_has=["закрыли. Прошу объяснить"], name="Лапина Ольга Игоревна", verdict="accept")
letter("words-full-width-digits", mail(STIPEND.replace("8 705 206 71 94", "８ ７０５ ２０６ ７１ ９４")),
       "A telephone number in full-width digits.", verdict=["accept", "hold"])
letter("words-emoji-only", mail("😡😡😡👎👎🤬\n", sender=word("Лапина Ольга") + " <o@mail.example>"),
       "Anger without a word.", verdict=["reject", "hold"], rule=["unintelligible", "anonymous"])
letter("words-emoji-among", mail("Спасибо за новый спортзал! 🏀🏀🎉 Вчера играли до закрытия 😍\n"
                                 "Лапина Ольга Игоревна ☎️ 8 707 441 20 06\n"),
       "Joy with a few.", kind="thanks", name="Лапина Ольга Игоревна", phone="8 707 441 20 06",
       verdict="accept")
letter("words-only-signature", mail("-- \nЕрмеков Данияр Саматович\nдоцент кафедры физики\n"
                                    "+7 701 415 22 38\n"), "A signature under nothing.",
       verdict=["hold", "reject"])
letter("words-only-signature-attached", mail("\n", subject=word("заявление")),
       "Not a word, and a subject that says nothing.", verdict=["hold", "reject"])
letter("words-mobile-signature", mail(STIPEND + "\nОтправлено с iPhone\n"),
       "A telephone's advertisement for itself is not the author's name.",
       name="Щербакова Яна Юрьевна", verdict="accept")
letter("words-antivirus-footer", mail(STIPEND + "\n--\nЭто сообщение проверено на вирусы антивирусом "
                                      "Avast.\nhttps://www.avast.example/antivirus\n"),
       "A program's advertisement is not the author's.", name="Щербакова Яна Юрьевна",
       not_rule=["commercial"], verdict="accept")
letter("words-disclaimer", mail(
       "Прошу согласовать аренду актового зала под концерт выпускников 27 ноября.\n\nЛапина Ольга "
       "Игоревна, методист\n8 707 441 20 06\n\nНастоящее сообщение и вложения содержат "
       "конфиденциальную информацию, составляющую коммерческую тайну, и предназначены только "
       "адресату. Если Вы получили его по ошибке, удалите его.\n"),
       "A company's disclaimer is neither a secret nor a wish for confidentiality.",
       confidential=False, not_rule=["secret"], verdict="accept")

# Kazakh in other letters than its own.
letter("kazakh-russian-keyboard", mail(
       "Курметти ректор! Менин атым Оразбек Нурсултан, тарих факультетинин студентимин. Жатаканада "
       "интернет мулдем жок, сабакка дайындала алмай журмиз. Комектесиниздерши.\n"
       "Телефоным 8 707 224 19 35\n"), "Kazakh typed on a Russian keyboard.", language="kk",
       name="Оразбек Нурсултан", phone="8 707 224 19 35", verdict="accept")
letter("kazakh-latin-2021", mail(
       "Qūrmettı rektor! Jataqhanada ystyq su joq, balalar auyryp jatyr. Jöndeu jūmysy qaşan "
       "bastalady? Kömektesuıñızdı sūraimyn.\n\nMaqsat Älımbek, 8 701 336 70 41\n"),
       "The Latin alphabet of 2021.", language="kk", phone="8 701 336 70 41",
       verdict=["accept", "hold"])
letter("kazakh-latin-2018", mail(
       "Qurmetti rektor! Jataqhanada ystyq sý joq, balalar aýyryp jatyr. Jóndeý jumysy qashan "
       "bastalady? Kómektesýińizdi suraımyn.\n\nMaqsat Álimbek, 8 701 336 70 41\n"),
       "The one of 2018, with acute accents.", language="kk", verdict=["accept", "hold"])
letter("kazakh-latin-telephone", mail(
       "Salem! Zhatakhanada ystyk su zhok, balalar auyryp zhatyr. Zhondeu zhumysy kashan bastalady? "
       "Komektesinizshi otinem. Maksat Alimbek, 87013367041\n"),
       "As people write it in messengers.", language="kk", phone="87013367041",
       verdict=["accept", "hold"])
letter("russian-translit", mail(
       "Zdravstvuyte! Ya studentka vtorogo kursa, pishu s telefona bez russkih bukv. Stipendiya za "
       "oktyabr ne prishla. Podskazhite, kuda obratitsya?\nYana Shcherbakova, 8 705 206 71 94\n"),
       "Russian in Latin letters.", language="ru", name="Yana Shcherbakova",
       verdict=["accept", "hold"])
letter("russian-wrong-layout", mail(
       "Pltcm djj,ot yt hf,jnftn Wi-Fi. Gjxtve ybrnj yt xbybn?\nЩербакова Яна, 8 705 206 71 94\n"),
       "Russian typed with the keyboard set to English: a person could work it out.",
       verdict=["accept", "hold", "reject"], rule=["unintelligible"])
letter("russian-by-an-uzbek", mail(
       "Здравствуйте уважаемый ректор. Я студент из Ташкент, магистратура. Мне визу надо продлить "
       "до декабрь, документ деканат не даёт. Помогите пожалуйста. Раҳимов Шоҳруҳ, +998 90 123 45 67\n"),
       "An Uzbek student's Russian, his name in Uzbek letters, a foreign telephone.", language="ru",
       topic=["international"], phone="+998 90 123 45 67", verdict=["accept", "hold"])
letter("russian-by-a-kyrgyz", mail(
       "Саламатсызбы! Я из Бишкека, поступила на логопедию. Подскажите пожалуйста, мой диплом "
       "бакалавра признают без нострификации? Өмүрбекова Айсулуу, +996 555 12 34 56\n"),
       "A Kyrgyz greeting, Russian, a Kyrgyz name.", language="ru", kind="question",
       topic=["international", "academic"], verdict=["accept", "hold"])
letter("mixed-kazakh-russian", mail(
       "Сәлеметсіз бе! Деканатқа бардым, а там сказали ждать до понедельника. Понедельникте тағы "
       "бардым, опять никого. Анықтама керек болып тұр, военкоматқа. Көмектесіңізші пожалуйста.\n"
       "Ержанов Олжас, 8 702 600 91 28\n"),
       "Two languages in one sentence.", language=["kk", "ru"], name="Ержанов Олжас",
       verdict="accept")
letter("mixed-greeting-only", mail(
       "Сәлеметсіз бе, уважаемый ректор! Пишу по поводу пересдачи. Ведомость закрыли раньше срока, "
       "и моя оценка осталась нулём. Прошу открыть её на день. Рақмет!\nДжаксыбеков Марат, "
       "8 705 441 09 86\n"), "A Kazakh greeting and thanks around a Russian letter.",
       language="ru", verdict="accept")
letter("english-kazakh-name", mail(
       "Dear Rector, is the exchange with Tartu open in spring? I could not find it on the site.\n"
       "Жанболат Әсел\n+7 775 303 18 64\n"), "An English letter with a Kazakh signature.",
       language="en", name="Жанболат Әсел", verdict="accept")
letter("kazakh-by-capitals-name", mail(HOSTEL.replace("Үмбет Ғалия Өмірқызы", "ҮМБЕТ ҒАЛИЯ ӨМІРҚЫЗЫ")),
       "Only the name is in capitals.", not_rule=["capitals"], name="ҮМБЕТ ҒАЛИЯ ӨМІРҚЫЗЫ",
       verdict="accept")
