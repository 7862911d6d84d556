"""Lines, ends of lines and lengths."""
from mail import HOSTEL, LIFT, STIPEND, b64, crlf, head, letter, mail, qp, word

letter("lines-bare-lf", mail(LIFT).replace(b"\r\n", b"\n"), "Unix line ends.",
       text_has=["на пятом этаже"], verdict="accept")
letter("lines-cr-only", mail(LIFT).replace(b"\r\n", b"\r"), "Line ends of an old Macintosh.",
       text_has=["на пятом этаже"], verdict=["accept", "hold"])
letter("lines-cr-only-body", head("lift") + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
       + LIFT.replace("\n", "\r").encode(), "Only the body has them.",
       text_has=["на пятом этаже"], text_not=["\r"], name="Ермеков Данияр Саматович",
       verdict="accept")
letter("lines-mixed", mail(LIFT).replace(b"\r\n", b"\n", 4).replace(b"!\r\n", b"!\r", 1),
       "Three kinds of line ends in one letter.", text_has=["на пятом этаже"], verdict="accept")
letter("lines-nul-bytes", mail(LIFT.replace("лифт", "ли\x00фт").replace("пятом", "\x00пятом\x00")),
       "NUL bytes in the text.", text_has=["этаже"], text_not=["\x00"], verdict="accept")
letter("lines-control-characters", mail(LIFT.replace(" ", " \x1b[31m", 2).replace("Прошу", "\x07Прошу")),
       "Terminal escapes and bells.", text_has=["Прошу поручить"], text_not=["\x1b", "\x07"],
       verdict="accept")
letter("lines-none", lambda: mail(b64((LIFT.split("\n\n")[1] + " " + "Он нужен всем. " * 9000
                               + "Ермеков Данияр, 87014152238").encode()), encoding="base64"),
       "More than two hundred thousand bytes without one line break.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("lines-200-kilobytes",
       lambda: mail(qp(crlf(LIFT.split("Ермеков")[0]
                    + "".join(f"Ещё пример номер {n}: кабинет {n % 90 + 100} закрыт до обеда.\n"
                              for n in range(2600))
                    + "\nЕрмеков Данияр Саматович\n+7 701 415 22 38\n").encode()),
            encoding="quoted-printable"),
       "A long, orderly letter with its author at the very end.", text_has=["третью неделю"],
       name="Ермеков Данияр Саматович", verdict=["accept", "hold"])
letter("lines-no-header", crlf(LIFT + "d.ermekov@mail.example\n").encode(),
       "No header, only a letter.", text_has=["третью неделю"], verdict=["accept", "hold", "reject"])
letter("lines-no-empty-line",
       (head("lift") + b"Content-Type: text/plain; charset=utf-8\r\n"
        + crlf(LIFT).encode().split(b"\r\n\r\n", 1)[1]),
       "The empty line after the header is missing.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("lines-header-only", head(word("проба")), "A header and nothing else.",
       verdict=["reject", "hold"])
letter("lines-ends-in-header", mail(LIFT)[:150], "Cut off within the header.",
       verdict=["reject", "hold"])
letter("lines-empty-file", b"", "Nothing at all.", verdict=["reject", "hold"])
letter("lines-blank-file", b"\r\n\r\n\r\n", "Empty lines alone.", verdict=["reject", "hold"])
letter("lines-smtp-dots", mail(STIPEND.replace("Прошу", "\n..\n.Прошу")),
       "Dots at the beginning of lines.", text_has=["Прошу разобраться"], verdict="accept")
letter("lines-from-stuffed", mail(STIPEND.replace("В бух", "\n>From the office: В бух")),
       "An mbox has stuffed a From.", text_has=["говорят, что ведомость"], verdict="accept")
letter("lines-flowed",
       mail("Уважаемый ректор! Прошу сделать в библиотеке розетки, \nпотому что ноутбуки "
            "садятся \nк обеду.\n Отступ в начале строки был.\nЩербакова Яна\n8 705 206 71 94\n",
            "text/plain; charset=utf-8; format=flowed"),
       "Soft line ends join, stuffed blanks go.",
       text_has=["розетки, потому что ноутбуки садятся к обеду.", "\nОтступ в начале"],
       name="Щербакова Яна", verdict="accept")
letter("lines-flowed-delsp",
       mail("Құрметті ректор! Кітапхананың жұ \nмыс уақытын кешкі сағат оң \nға дейін ұзартуды "
            " \nұсынамын.\nҮмбет Ғалия\n8 747 903 55 12\n",
            "text/plain; charset=utf-8; format=flowed; delsp=yes"),
       "DelSp takes the blank away: words broken by the program join again.",
       text_has=["жұмыс уақытын", "ұзартуды ұсынамын"], language="kk", verdict="accept")
letter("lines-flowed-quote",
       mail("> Просим уточнить, о каком корпусе \n> идёт речь.\n\nО втором, со стороны сквера.\n\n"
            "Ермеков Данияр Саматович\n+7 701 415 22 38\n", "text/plain; charset=utf-8; format=flowed",
            more=["In-Reply-To: <c5@university.example>"]),
       "A flowed quotation stays a quotation.", text_has=["О втором"],
       text_not=["Просим уточнить"], quoted_has=["Просим уточнить"], verdict=["accept", "hold"])
letter("lines-trailing-blanks", mail(HOSTEL.replace("\n", " \t  \n")), "Blanks at the ends of lines.",
       text_has=["ыстық су жоқ"], name="Үмбет Ғалия Өмірқызы", verdict="accept")
letter("lines-dos-end-of-file", mail(LIFT + "\x1a"), "The end-of-file mark of DOS.",
       text_has=["третью неделю"], text_not=["\x1a"], verdict="accept")
