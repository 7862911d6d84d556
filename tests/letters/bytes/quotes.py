"""Replies that quote our own notices, as the mail programs of the country write them."""
from mail import entity, letter, mail, multi, word

RU = ("Уважаемый заявитель!\nВаше обращение отклонено на основании пункта 5.3 (11): ТЕКСТ НАПИСАН "
      "ЗАГЛАВНЫМИ БУКВАМИ. Не указаны имя и телефон.\nКанцелярия ректора, +7 727 291 00 01")
KK = ("Құрметті өтініш беруші!\nӨтінішіңіз 5.3-тармақтың 6-абзацы негізінде қабылданбады: балағат "
      "сөздер бар.\nРектор кеңсесі, +7 727 291 00 01")
EN = ("Dear applicant,\nYour appeal was refused under paragraph 5.3 (4): advertising, spam, links "
      "to shops.\nRector's office, +7 727 291 00 01")
ANSWER_RU = ("Исправляю: у нас на кафедре нет принтера с сентября, прошу выделить.\n\n"
             "Лапина Ольга Игоревна\n8 707 441 20 06\n")
ANSWER_KK = ("Түзетіп жібердім: кафедрада қыркүйектен бері принтер жоқ, бөлуіңізді сұраймын.\n\n"
             "Тілеуқабыл Жансая\n8 747 112 83 09\n")
ANSWER_EN = ("Here it is again: our department has had no printer since September.\n\n"
             "Madina Seitova\n+7 776 120 48 35\n")
THREAD = ["In-Reply-To: <n17.reject@university.example>",
          "References: <a@mail.example> <n17.reject@university.example>"]


def cited(text):
    return "".join(f"> {line}\n" for line in text.split("\n"))


def reply(ident, body, why, fits, **expect):
    """`fits` is the answer in the letter: its words are read, the notice's are not."""
    answer, notice, language = fits
    expect.setdefault("text_has", [answer])
    letter("reply-" + ident, mail(body, more=THREAD, subject="Re: " + word("Ваше обращение")), why,
           text_not=[notice], quoted_has=[notice], language=language,
           verdict=["accept", "hold"], not_phone="+7 727 291 00 01", **expect)


IN_RU = ("нет принтера с сентября", "пункта 5.3 (11)", "ru")
IN_KK = ("қыркүйектен бері принтер жоқ", "балағат", "kk")
IN_EN = ("no printer since September", "advertising, spam", "en")

reply("gmail-ru", ANSWER_RU + "\nвс, 22 нояб. 2026 г. в 10:15, Канцелярия ректора "
      "<rector@university.example>:\n\n" + cited(RU), "Gmail in Russian, above the quotation.",
      IN_RU, name="Лапина Ольга Игоревна")
reply("gmail-kk", ANSWER_KK + "\n2026 ж. 22 қар., жс 10:15 уақытында Ректор кеңсесі "
      "<rector@university.example> мынаны жазды:\n\n" + cited(KK), "Gmail in Kazakh.", IN_KK,
      name="Тілеуқабыл Жансая")
reply("gmail-en", ANSWER_EN + "\nOn Sun, Nov 22, 2026 at 10:15 AM Rector's office <\n"
      "rector@university.example> wrote:\n\n" + cited(EN),
      "Gmail in English breaks the line within the address.", IN_EN, name="Madina Seitova")
reply("outlook-ru", ANSWER_RU + "\n\n-----Исходное сообщение-----\nОт: Канцелярия ректора "
      "<rector@university.example>\nОтправлено: 22 ноября 2026 г. 10:15\nКому: Лапина Ольга\n"
      "Тема: Ваше обращение\n\n" + RU + "\n", "Outlook in Russian quotes without marks.", IN_RU,
      name="Лапина Ольга Игоревна")
reply("outlook-kk", ANSWER_KK + "\n\nКімнен: Ректор кеңсесі <rector@university.example>\nЖіберілді: "
      "2026 ж. 22 қараша 10:15\nКімге: Тілеуқабыл Жансая\nТақырып: Өтінішіңіз\n\n" + KK + "\n",
      "Outlook in Kazakh.", IN_KK, name="Тілеуқабыл Жансая")
reply("outlook-en", ANSWER_EN + "\n________________________________\nFrom: Rector's office "
      "<rector@university.example>\nSent: Sunday, November 22, 2026 10:15 AM\nTo: Madina Seitova\n"
      "Subject: Your appeal\n\n" + EN + "\n", "Outlook in English, a rule above.", IN_EN,
      name="Madina Seitova")
reply("mail-ru", ANSWER_RU + "\n\n--\nОтправлено из Mail.ru для Android\n\nвоскресенье, 22 ноября 2026 г., "
      "10:15 +05:00 от Канцелярия ректора <rector@university.example>:\n\n" + cited(RU),
      "Mail.ru's telephone program.", IN_RU, name="Лапина Ольга Игоревна")
reply("mail-ru-web", ANSWER_RU + "\n\n>Воскресенье, 22 ноября 2026, 10:15 +05:00 от Канцелярия "
      "ректора <rector@university.example>:\n>\n" + cited(RU).replace("> ", ">"),
      "Mail.ru's site marks without a blank.", IN_RU)
reply("yandex", ANSWER_RU + "\n\n22.11.2026, 10:15, \"Канцелярия ректора\" "
      "<rector@university.example>:\n\n" + cited(RU), "Yandex.", IN_RU)
reply("apple-ru", ANSWER_RU + "\n\n> 22 нояб. 2026 г., в 10:15, Канцелярия ректора "
      "<rector@university.example> написал(а):\n> \n" + cited(RU), "Apple Mail in Russian.", IN_RU)
reply("apple-en", ANSWER_EN + "\nSent from my iPhone\n\n> On 22 Nov 2026, at 10:15, Rector's office "
      "<rector@university.example> wrote:\n> \n" + cited(EN), "Apple Mail in English.", IN_EN)
reply("thunderbird-below", "22.11.2026 10:15, Канцелярия ректора пишет:\n" + cited(RU) + "\n"
      + ANSWER_RU, "The answer stands below the quotation.", IN_RU, name="Лапина Ольга Игоревна")
reply("inline", "22.11.2026 10:15, Канцелярия ректора пишет:\n> Уважаемый заявитель!\n> Ваше "
      "обращение отклонено на основании пункта 5.3 (11).\n\nИсправляю: у нас на кафедре нет "
      "принтера с сентября.\n\n> Не указаны имя и телефон.\n\nЛапина Ольга Игоревна\n"
      "8 707 441 20 06\n", "The answers stand between the quoted lines.", IN_RU,
      name="Лапина Ольга Игоревна", phone="8 707 441 20 06")
reply("quoted-twice", ANSWER_RU + "\nпн, 23 нояб. 2026 г. в 9:00, Канцелярия <rector@university"
      ".example>:\n\n> Повторно просим указать телефон.\n>\n> > вс, 22 нояб. 2026 г. в 10:15:\n"
      + "".join("> " + line + "\n" for line in cited(RU).splitlines()),
      "A quotation in a quotation.", IN_RU)

HTML = "text/html; charset=utf-8"
letter("reply-html-gmail", mail(
       '<div dir="ltr">Исправляю: у нас на кафедре нет принтера с сентября.<br>Лапина Ольга Игоревна'
       '<br>8 707 441 20 06</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">вс, '
       '22 нояб. 2026 г. в 10:15, &lt;rector@university.example&gt;:<br></div><blockquote '
       'class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">'
       + RU.replace("\n", "<br>") + "</blockquote></div>", HTML, more=THREAD),
       "Gmail, HTML alone.", text_has=["нет принтера"], text_not=["пункта 5.3"],
       quoted_has=["пункта 5.3"], name="Лапина Ольга Игоревна", verdict=["accept", "hold"])
letter("reply-html-outlook", mail(
       '<div class="WordSection1"><p class="MsoNormal">Исправляю: у нас на кафедре нет принтера с '
       'сентября.</p><p class="MsoNormal">Лапина Ольга Игоревна, 8 707 441 20 06</p><div '
       'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p '
       'class="MsoNormal"><b>From:</b> Канцелярия &lt;rector@university.example&gt;<br><b>Sent:</b> '
       "Sunday, November 22, 2026 10:15 AM<br><b>To:</b> Лапина Ольга<br><b>Subject:</b> Ваше "
       "обращение</p></div><p>" + RU.replace("\n", "</p><p>") + "</p></div>", HTML, more=THREAD),
       "Outlook, HTML alone: nothing but a line above the quotation.", text_has=["нет принтера"],
       text_not=["пункта 5.3"], quoted_has=["пункта 5.3"], name="Лапина Ольга Игоревна",
       verdict=["accept", "hold"])
letter("reply-html-yandex", mail(
       "<div>Исправляю: у нас на кафедре нет принтера с сентября.</div><div>Лапина Ольга Игоревна"
       "</div><div>8 707 441 20 06</div><div> </div><div>22.11.2026, 10:15, \"Канцелярия\" "
       "&lt;rector@university.example&gt;:</div><blockquote><p>" + RU.replace("\n", "</p><p>")
       + "</p></blockquote>", HTML, more=THREAD), "Yandex, HTML alone.",
       text_has=["нет принтера"], text_not=["пункта 5.3"], quoted_has=["пункта 5.3"],
       verdict=["accept", "hold"])
letter("reply-html-apple", mail(
       '<html><body style="overflow-wrap: break-word;">Түзетіп жібердім: кафедрада принтер жоқ, бөлуіңізді '
       'сұраймын.<div>Тілеуқабыл Жансая, 8 747 112 83 09<br><div><br><blockquote type="cite"><div>22 қар. '
       "2026 ж., 10:15, Ректор кеңсесі &lt;rector@university.example&gt; жазды:</div><br><div>"
       + KK.replace("\n", "<br>") + "</div></blockquote></div></div></body></html>", HTML, more=THREAD),
       "Apple Mail, HTML alone, in Kazakh.", text_has=["принтер жоқ"], text_not=["балағат"],
       quoted_has=["балағат"], language="kk", verdict=["accept", "hold"])
letter("reply-html-mail-ru", mail(
       "<div>Исправляю: у нас на кафедре нет принтера с сентября.</div><div>Лапина Ольга Игоревна, "
       "8 707 441 20 06</div><div>&nbsp;</div><blockquote style=\"border-left:1px solid #0857A6; margin:"
       '10px; padding:0 0 0 10px;">Воскресенье, 22 ноября 2026, 10:15 +05:00 от Канцелярия '
       "&lt;rector@university.example&gt;:<br>" + RU.replace("\n", "<br>") + "</blockquote>", HTML,
       more=THREAD), "Mail.ru, HTML alone.", text_has=["нет принтера"], text_not=["пункта 5.3"],
       quoted_has=["пункта 5.3"], verdict=["accept", "hold"])
letter("reply-only-quote", mail("вс, 22 нояб. 2026 г. в 10:15, <rector@university.example>:\n\n"
                                + cited(RU), more=THREAD, sender="Olga <o@mail.example>"),
       "Nothing was added to the quotation: there is nothing to judge in it.",
       text_not=["пункта 5.3"], not_rule=["capitals"], verdict=["hold", "reject"])
letter("reply-attachments-with-quote", multi("mixed", [
       entity("Документы во вложении.\nЛапина Ольга Игоревна, 8 707 441 20 06\n\n22.11.2026, 10:15, "
              "<rector@university.example>:\n" + cited(RU)),
       entity("x", "application/pdf; name=akt.pdf", "7bit", "Content-Disposition: attachment; filename=akt.pdf")],
       more=THREAD), "What was asked for comes attached.", text_has=["Документы во вложении"],
       text_not=["пункта 5.3"], attachments=["akt.pdf"], verdict=["accept", "hold"])
letter("reply-quotes-himself", mail(
       "Дополняю: обращение отправлено 9 ноября.\nЛапина Ольга Игоревна, 8 707 441 20 06\n\n"
       "09.11.2026, 18:40, \"Ольга\" <o@mail.example>:\n> Прошу выделить кафедре принтер.\n",
       sender="o@mail.example"), "He quotes his own first letter.", text_has=["Дополняю"],
       text_not=["Прошу выделить"], quoted_has=["Прошу выделить"], verdict=["accept", "hold"])
letter("reply-marks-in-the-text", mail(
       "Здравствуйте! В положении написано:\n> переводные экзамены сдаются до 25 января\nа в "
       "расписании стоит 2 февраля. Чему верить?\nЛапина Ольга Игоревна, 8 707 441 20 06\n"),
       "A quoted sentence belongs to the argument; the author's own words around it are read.",
       text_has=["Чему верить?", "В положении написано"], verdict="accept")
letter("reply-not-a-quote", mail(
       "От: родителей первокурсницы\nКому: ректору\nТема: питание\n\nПрошу открыть буфет в корпусе "
       "на Толе би, дети голодные до вечера.\nЛапина Ольга Игоревна, 8 707 441 20 06\n"),
       "The author writes his own heading; it is no quotation.", text_has=["Прошу открыть буфет"],
       name="Лапина Ольга Игоревна", verdict="accept")
