"""Character sets: declared, undeclared, wrongly declared, spoilt on the way."""
from mail import HOSTEL, LIFT, STIPEND, TIMETABLE, b64, crlf, letter, mail, qp, word


def coded(text, charset):
    return crlf(text).encode(charset)


def plain(charset):
    return f"text/plain; charset={charset}"


# Declared as it is.
letter("charset-windows-1251", mail(coded(LIFT, "cp1251"), plain("windows-1251")),
       "The old Windows set, eight bits as they are.",
       text_has=["на костылях туда не подняться"], verdict="accept", language="ru",
       charset="windows-1251", name="Ермеков Данияр Саматович")
letter("charset-koi8-r", mail(qp(coded(STIPEND, "koi8-r")), plain("KOI8-R"), "quoted-printable"),
       "The Unix set, quoted-printable.", text_has=["Стипендию за октябрь"], verdict="accept",
       charset="koi8-r", name="Щербакова Яна Юрьевна")
letter("charset-koi8-u", mail(coded(STIPEND, "koi8-u"), plain("koi8-u")),
       "The Ukrainian sister of koi8-r.", text_has=["Стипендию за октябрь"], verdict="accept")
letter("charset-cp866", mail(b64(coded(LIFT, "cp866")), plain("cp866"), "base64"),
       "DOS still writes letters.", text_has=["поручить ремонт"], verdict="accept")
letter("charset-ibm866", mail(coded(LIFT, "cp866"), plain("IBM866")),
       "DOS under its registered name.", text_has=["поручить ремонт"], verdict="accept")
letter("charset-iso-8859-5", mail(coded(STIPEND, "iso8859-5"), plain("iso-8859-5")),
       "The standard that hardly anybody used.", text_has=["ведомость не подписана"],
       verdict="accept")
letter("charset-mac-cyrillic", mail(coded(LIFT, "mac_cyrillic"), plain("x-mac-cyrillic")),
       "An old Macintosh.", text_has=["не работает лифт"], verdict="accept")
letter("charset-kz-1048", mail(coded(HOSTEL, "kz1048"), plain("KZ-1048")),
       "The Kazakh national set under its registered name.",
       text_has=["Құрметті ректор", "ыстық су жоқ", "әзірге"], language="kk", verdict="accept",
       name="Үмбет Ғалия Өмірқызы")
letter("charset-strk1048", mail(coded(HOSTEL, "kz1048"), plain("STRK1048-2002")),
       "The same under the standard's name.", text_has=["Құрметті ректор"], verdict="accept")
letter("charset-pt154", mail(coded(HOSTEL, "ptcp154"), plain("PT154")),
       "ParaType's Asian Cyrillic.", text_has=["Құрметті ректор", "төртінші"], language="kk",
       verdict="accept")
letter("charset-gb2312", mail(b64(coded(LIFT, "gb2312")), plain("gb2312"), "base64"),
       "A Chinese phone writes Russian in its own set.", text_has=["на пятом этаже"],
       verdict="accept")
letter("charset-utf-8-bom", mail(b"\xef\xbb\xbf" + coded(LIFT, "utf-8")),
       "A byte order mark at the start is no letter of the text.",
       text_has=["Уважаемый господин"], text_not=["\ufeff"], verdict="accept")
letter("charset-utf-16", mail(b64(coded(HOSTEL, "utf-16")), plain("utf-16"), "base64"),
       "Two bytes a letter, with the mark.", text_has=["ыстық су жоқ"], verdict="accept")
letter("charset-utf-16le", mail(b64(coded(LIFT, "utf-16-le")), plain("utf-16le"), "base64"),
       "Two bytes a letter, without the mark.", text_has=["третью неделю"], verdict="accept")
letter("charset-utf-7", mail(coded(LIFT, "utf-7"), plain("utf-7"), "7bit"),
       "Seven bits for everything.", text_has=["третью неделю"], verdict="accept")

# Not declared at all.
for name, charset, text, has in (
        ("windows-1251", "cp1251", LIFT, "не работает лифт"),
        ("koi8-r", "koi8-r", STIPEND, "Прошу разобраться"),
        ("cp866", "cp866", LIFT, "Прошу поручить ремонт"),
        ("iso-8859-5", "iso8859-5", STIPEND, "Прошу разобраться"),
        ("utf-8", "utf-8", HOSTEL, "ыстық су жоқ"),
        ("kz-1048", "kz1048", HOSTEL, "Құрметті ректор")):
    letter(f"undeclared-{name}", mail(coded(text, charset), "text/plain", "8bit"),
           f"{name} without a word about it.", text_has=[has], verdict="accept")
letter("undeclared-no-mime-header", mail(coded(LIFT, "cp1251"), None, None),
       "No MIME header at all, and eight bits.", text_has=["третью неделю"], verdict="accept")
letter("undeclared-unknown-8bit", mail(coded(LIFT, "cp1251"), plain("unknown-8bit")),
       "A relay has written that it does not know.", text_has=["третью неделю"],
       verdict="accept")
letter("undeclared-nonsense", mail(coded(STIPEND, "koi8-r"), plain("russian-default")),
       "A character set nobody knows.", text_has=["ведомость не подписана"], verdict="accept")
letter("undeclared-short", mail(coded("Где моя справка? Жду месяц.\nЛи Анна, 87015550192\n",
                                      "cp1251"), "text/plain"),
       "Short texts give a guesser little to hold on to.", text_has=["Где моя справка?"],
       verdict="accept", name="Ли Анна")

# Declared wrongly.
letter("misdeclared-utf-8-is-cp1251", mail(coded(LIFT, "cp1251"), plain("utf-8")),
       "Bytes of windows-1251 under the name of UTF-8 must not vanish.",
       text_has=["Уважаемый господин ректор", "третью неделю"], verdict="accept")
letter("misdeclared-cp1251-is-utf-8", mail(coded(HOSTEL, "utf-8"), plain("windows-1251")),
       "UTF-8 under another name.", text_has=["ыстық су жоқ"], language="kk", verdict="accept")
letter("misdeclared-latin1-is-cp1251", mail(coded(LIFT, "cp1251"), plain("iso-8859-1")),
       "A mail program's default that never was true here.", text_has=["третью неделю"],
       verdict="accept")
letter("misdeclared-ascii-is-utf-8", mail(coded(HOSTEL, "utf-8"), plain("us-ascii")),
       "A script's default.", text_has=["Құрметті ректор"], verdict="accept")
letter("misdeclared-cp1251-is-koi8", mail(coded(STIPEND, "koi8-r"), plain("windows-1251")),
       "Every byte is valid in the wrong set too; only the letters make no sense.",
       text_has=["Стипендию за октябрь"], verdict="accept")
letter("misdeclared-koi8-is-cp1251", mail(coded(LIFT, "cp1251"), plain("koi8-r")),
       "The same the other way round.", text_has=["третью неделю"], verdict="accept")
letter("misdeclared-cp1251-is-kz-1048", mail(coded(HOSTEL, "kz1048"), plain("windows-1251")),
       "A Kazakh Windows program writes its own set and says windows-1251.",
       text_has=["Құрметті ректор", "ыстық су"], language="kk", verdict="accept")
letter("misdeclared-twice",
       mail(coded(LIFT, "cp1251"), 'text/plain; charset=utf-8; charset="windows-1251"'),
       "Two charset parameters of which the second is true.", text_has=["третью неделю"],
       verdict="accept")
letter("declared-utf8-without-dash", mail(coded(LIFT, "utf-8"), plain("utf8")),
       "A name the registry does not have.", text_has=["третью неделю"], verdict="accept")
letter("declared-in-single-quotes", mail(coded(LIFT, "cp1251"), plain("'windows-1251'")),
       "Quotation marks of the wrong kind.", text_has=["третью неделю"], verdict="accept")
letter("declared-cp-1251", mail(coded(LIFT, "cp1251"), plain("cp-1251") + ";;"),
       "A name with a dash too many, and stray semicolons.", text_has=["третью неделю"],
       verdict="accept")
letter("html-meta-says-cp1251",
       mail(coded('<html><head><meta http-equiv="Content-Type" content="text/html; '
                  'charset=windows-1251"></head><body><p>' + LIFT.replace("\n", "<br>")
                  + "</p></body></html>", "cp1251"), "text/html"),
       "Only the HTML itself names its set.", text_has=["третью неделю"], verdict="accept")
letter("html-meta-lies",
       mail('<html><head><meta charset="windows-1251"></head><body><p>'
            + HOSTEL.replace("\n", "<br>") + "</p></body></html>", "text/html; charset=utf-8"),
       "The header is true, the HTML was saved by another program.",
       text_has=["ыстық су жоқ"], verdict="accept")

# Spoilt on the way.
letter("mojibake-utf-8-as-cp1251",
       mail(LIFT.encode().decode("cp1251", "replace").replace("\ufffd", "\x98")),
       "UTF-8 read as windows-1251 and sent on as UTF-8.",
       text_has=["не работает лифт", "поручить ремонт"], verdict=["accept", "hold"])
letter("mojibake-utf-8-as-latin1", mail(LIFT.encode().decode("latin1")),
       "The same through Latin-1.", text_has=["не работает лифт"], verdict=["accept", "hold"])
letter("mojibake-koi8-as-cp1251", mail(STIPEND.encode("koi8-r").decode("cp1251", "replace")),
       "koi8-r read as windows-1251 and sent on: the letters' case is turned over.",
       text_has=["разобраться"], verdict=["accept", "hold"])
letter("mojibake-cp1251-as-latin1", mail(LIFT.encode("cp1251").decode("latin1")),
       "windows-1251 read as Latin-1 and sent on.", text_has=["не работает лифт"],
       verdict=["accept", "hold"])
letter("mojibake-in-part",
       mail(LIFT + "\nПересылаю, что мне ответили:\n"
            + "В работе".encode().decode("cp1251", "replace") + "\n"),
       "Only a piece that the author passes on is broken; his own words are clear.",
       text_has=["третью неделю"], verdict="accept")
letter("mojibake-lossy", mail("???????? ?????? ??????!\n\n?? ?????? ??????? ?????? ?????? ?? "
                              "???????? ????, ? ???? ????????? ?? ????? ?????. ???????? ?? "
                              "???????? ???? ?? ?????????.\n\n??????? ??????\n+7 701 415 22 38\n"),
       "What nothing can bring back: the meaning cannot be understood.",
       verdict=["reject", "hold"], rule=["unintelligible", "anonymous"])
letter("two-bad-bytes", mail(coded(LIFT, "utf-8").replace("лифт".encode(), b"\xff\xfe")),
       "A scratch does not spoil the rest.", text_has=["третью неделю", "на пятом этаже"],
       verdict="accept", charset="utf-8")
letter("cut-inside-a-letter", mail(coded(LIFT, "utf-8").rstrip()
                                   + "\r\nС уважением и надеждой на отв".encode() + b"\xd0"),
       "The text ends in the middle of a character.", text_has=["третью неделю", "надеждой на отв"],
       verdict="accept")
letter("subject-and-body-differ",
       mail(coded(LIFT, "koi8-r"), plain("koi8-r"), subject=word("Лифт стоит", "windows-1251")),
       "Each has its own set.", subject="Лифт стоит", text_has=["третью неделю"],
       verdict="accept")
letter("english-with-smart-quotes",
       mail(TIMETABLE.replace("the changes", "\u201cthe changes\u201d").encode("cp1252"),
            plain("iso-8859-1")),
       "Windows quotation marks under the name of Latin-1.",
       text_has=["announce \u201cthe changes\u201d by"], language="en", verdict="accept")
