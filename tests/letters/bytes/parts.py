"""Parts: boundaries, transfer encodings, HTML, attachments, wrappings."""
import base64
import binascii
import hashlib

from mail import (HOSTEL, LIFT, STIPEND, TIMETABLE, b64, crlf, entity, head, letter, mail, multi,
                  parts, qp, word)

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + hashlib.sha512(b"photo").digest() * 30
PDF = b"%PDF-1.4\n" + hashlib.sha512(b"pdf").digest() * 30
BLOB = hashlib.sha512(b"blob").digest() * 20
ADVERT = ("Скидки до 70 %! Кухни и шкафы на заказ от производителя, рассрочка без процентов. "
          "Закажите сегодня на https://kuhni.example/sale и получите подарок!")


def page(text, extra=""):
    return "<html><head>%s</head><body><p>%s</p></body></html>" % (
        extra, text.strip().replace("\n", "<br>"))


def attached(name_field, blob=PDF, mime_type="application/pdf"):
    """An attachment whose Content-Disposition ends in `name_field`, given as it stands."""
    return entity(b64(blob), mime_type, "base64",
                  b"Content-Disposition: attachment; "
                  + (name_field if isinstance(name_field, bytes) else name_field.encode()))


# --- boundaries ---

def nested(depth):
    body = entity(LIFT)
    for level in range(depth):
        body = (f'Content-Type: multipart/mixed; boundary="level{level}"\r\n\r\n'.encode()
                + parts([body], f"level{level}"))
    return head(word("Лифт"), "Ермеков Данияр <d.ermekov@mail.example>") + body


letter("parts-1000", lambda: multi("mixed", [entity(LIFT)] + [
       entity(b64(BLOB[:40]), "application/octet-stream", "base64",
              f'Content-Disposition: attachment; filename="n{n}.bin"') for n in range(999)]),
       "A thousand parts, the text the first of them.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("parts-20000", lambda: multi("mixed", [entity(LIFT)] + [entity("x")] * 20000),
       "Twenty thousand parts: read what can be read, or set it aside, never refuse.",
       verdict=["accept", "hold", None])
letter("parts-nested-8", nested(8), "Eight multiparts inside each other.",
       text_has=["третью неделю"], verdict="accept")
letter("parts-nested-100", lambda: nested(100), "A hundred multiparts inside each other.",
       verdict=["accept", "hold", None])
letter("parts-no-closing-boundary", multi("mixed", [entity(LIFT), attached('filename="a.pdf"')],
                                          close=False),
       "The closing boundary is missing.", text_has=["третью неделю"], attachments=["a.pdf"],
       verdict="accept")
letter("parts-cut-in-attachment", multi("mixed", [entity(LIFT), attached('filename="a.pdf"')])[:-700],
       "Cut off in the attachment.", text_has=["третью неделю"], attachments=["a.pdf"],
       verdict="accept")
letter("parts-boundary-prefix",
       multi("mixed", [
           b'Content-Type: multipart/alternative; boundary="=_b-1"\r\n\r\n'
           + parts([entity(LIFT), entity(page(LIFT), "text/html; charset=utf-8")], "=_b-1"),
           attached('filename="a.pdf"')], "=_b"),
       "The inner boundary begins with the outer one.", text_has=["третью неделю"],
       attachments=["a.pdf"], verdict="accept")
letter("parts-boundary-empty", multi("mixed", [entity(LIFT)], ""), "An empty boundary.",
       text_has=["третью неделю"], verdict=["accept", "hold"])
letter("parts-boundary-missing", mail(LIFT, "multipart/mixed"), "No boundary at all.",
       text_has=["третью неделю"], verdict=["accept", "hold"])
letter("parts-boundary-never-comes", mail(LIFT, 'multipart/alternative; boundary="never"'),
       "A boundary that never comes.", text_has=["третью неделю"], verdict=["accept", "hold"])
letter("parts-boundary-unquoted-blank", multi("mixed", [entity(LIFT)], "a b").replace(b'"a b"', b"a b"),
       "A boundary with a blank and without quotation marks.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("parts-preamble", multi("mixed", [entity(STIPEND)]).replace(
       b"\r\n\r\n--=_part", b"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n--=_part", 1)
       + b"\r\nepilogue, not for reading\r\n",
       "Preamble and epilogue are no part of the letter.", text_has=["Стипендию"],
       text_not=["multi-part message", "epilogue"], verdict="accept")
letter("parts-no-part-header", head() + b'Content-Type: multipart/mixed; boundary="q"\r\n\r\n--q\r\n\r\n'
       + crlf(LIFT).encode() + b"\r\n--q--\r\n", "A part without any header.",
       text_has=["третью неделю"], verdict="accept")

# --- types and transfer encodings ---

letter("type-twice", mail(crlf(LIFT).encode("cp1251"), "text/plain; charset=windows-1251",
                          more=["Content-Type: multipart/mixed; boundary=none"]),
       "Two Content-Type fields that disagree.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("type-just-text", mail(LIFT, "text"), "A type without its second half.",
       text_has=["третью неделю"], verdict="accept")
letter("type-broken", mail(LIFT, "text/plain; charset"), "A parameter without a value.",
       text_has=["третью неделю"], verdict="accept")
letter("encoding-base-64", mail(b64(crlf(LIFT).encode()), encoding="base-64"),
       "A transfer encoding that is nearly one.", text_has=["третью неделю"], verdict="accept")
letter("encoding-8bit-base64", mail(b64(crlf(LIFT).encode()), encoding="8bit base64"),
       "Two transfer encodings in one field.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("encoding-base64-but-plain", mail(LIFT, encoding="base64"),
       "Declared as base64, sent as it is: the letter is on the page, it must not be lost.",
       text_has=["третью неделю"], verdict=["accept", "hold"])
letter("encoding-none-but-base64", mail(b64(crlf(LIFT).encode()), encoding="7bit"),
       "base64 without saying so.", text_has=["третью неделю"], verdict=["accept", "hold"])
letter("encoding-unknown", mail(LIFT, encoding="x-none-of-these"), "An encoding nobody knows.",
       text_has=["третью неделю"], verdict="accept")
letter("qp-broken-escapes", mail(qp(crlf(STIPEND).encode()).replace(b"=2E", b".").replace(
       b"\r\n", b"=ZZ\r\n", 1) + b"=", encoding="quoted-printable"),
       "An escape that is none, and one cut off at the end.", text_has=["ведомость не подписана"],
       verdict="accept")
letter("qp-lower-case", mail(qp(crlf(LIFT).encode()).lower(), encoding="Quoted-Printable"),
       "Small letters in the escapes.", text_has=["третью неделю"], verdict="accept")
letter("base64-padding-inside", mail(b"".join(b64(piece.encode()) for piece in (
       "Уважаемый господин ректор! ", "Третью неделю не работает лифт. ",
       "Прошу поручить ремонт.\r\n", "Ермеков Данияр Саматович\r\n+7 701 415 22 38\r\n")),
       encoding="base64"),
       "Each line was encoded by itself: text after padding must not be lost.",
       text_has=["Третью неделю не работает", "поручить ремонт"], name="Ермеков Данияр Саматович",
       verdict="accept")
letter("base64-one-line", mail(b64(crlf(LIFT).encode(), 10 ** 6), encoding="base64"),
       "One line, however long.", text_has=["третью неделю"], verdict="accept")
letter("base64-with-junk", mail(b64(crlf(LIFT).encode()).replace(b"\r\n", b" !\t*\r\n"), encoding="base64"),
       "Characters that do not belong are passed over.", text_has=["третью неделю"],
       verdict="accept")
letter("base64-no-padding", mail(b64(crlf(STIPEND).encode()).rstrip(b"=\r\n"), encoding="BASE64"),
       "The padding was cut off.", text_has=["ведомость не подписана"], verdict="accept")
letter("base64-with-footer", mail(b64(crlf(LIFT).encode()) + b"\r\n--\r\nScanned by MailGate\r\n",
                                  encoding="base64"),
       "A gateway has added its footer in plain letters.", text_has=["третью неделю"],
       verdict="accept")

# --- HTML ---

letter("html-word", mail(
       '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator '
       'content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/>'
       "</o:OfficeDocumentSettings></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm; "
       "mso-style-name:\"Обычный\"} --></style></head><body lang=RU><div class=WordSection1>"
       "<p class=MsoNormal>Уважаемый ректор!<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
       "<p class=MsoNormal>Прошу вернуть в расписание <b>спец</b>курс по логопедии.<o:p></o:p></p>"
       "<p class=MsoNormal>Лапина Ольга Игоревна<o:p></o:p></p><p class=MsoNormal>тел.&nbsp;8&nbsp;"
       "707&nbsp;441&nbsp;20&nbsp;06</p></div></body></html>", "text/html; charset=utf-8"),
       "HTML as Word writes it.", text_has=["вернуть в расписание спецкурс по логопедии"],
       text_not=["mso", "MsoNormal", "AllowPNG"], name="Лапина Ольга Игоревна",
       phone="8 707 441 20 06", verdict="accept")
letter("html-hidden-text", mail(
       page(LIFT + '<span style="display:none">купите дешёвые кухни со скидкой</span>'
            '<div style="font-size:0px;color:#ffffff">займ без отказа под залог</div>'),
       "text/html; charset=utf-8"),
       "What the reader of the letter cannot see is not its text.",
       text_has=["третью неделю"], text_not=["дешёвые кухни", "займ без отказа"],
       verdict=["accept", "hold"])
letter("html-comment-and-script", mail(
       page(STIPEND + "<!-- СКРЫТО --><script>var a='НЕ ТЕКСТ';</script><style>.b{}</style>"),
       "text/html; charset=utf-8"),
       "Comments and scripts are no text.", text_has=["Стипендию"],
       text_not=["СКРЫТО", "НЕ ТЕКСТ", ".b{"], verdict="accept")
letter("html-entities", mail("<p>" + "".join(f"&#{ord(c)};" if ord(c) > 127 else c
                                             for c in HOSTEL.replace("\n", "<br>")) + "</p>",
                             "text/html; charset=us-ascii"),
       "Each letter is a numeric entity.", text_has=["ыстық су жоқ"], language="kk",
       verdict="accept")
letter("html-table", mail(
       "<table><tr><td>ФИО</td><td>Лапина Ольга Игоревна</td></tr><tr><td>Телефон</td>"
       "<td>8 707 441 20 06</td></tr><tr><td>Вопрос</td><td>Когда откроют запись на курсы "
       "повышения квалификации для учителей?</td></tr></table>", "text/html; charset=utf-8"),
       "A form: cells must not grow together.", name="Лапина Ольга Игоревна",
       phone="8 707 441 20 06", text_not=["ФИОЛапина", "ИгоревнаТелефон"], verdict="accept")
letter("html-never-closed", lambda: mail("<div>" * 5000 + LIFT.replace("\n", "<br>") + "<b><i" * 300,
                                         "text/html; charset=utf-8"),
       "Five thousand elements that nobody closes.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("html-data-uri", mail(page(LIFT + '<img src="data:image/png;base64,' + b64(BLOB * 9).decode()
                                  .replace("\r\n", "") + '">'), "text/html; charset=utf-8"),
       "A picture inside the HTML is no text.", text_has=["третью неделю"],
       text_not=["base64"], verdict="accept")
letter("html-all-images", mail('<html><body><a href="https://kuhni.example"><img src="cid:1" '
                               'alt=""></a></body></html>', "text/html; charset=utf-8"),
       "A picture from elsewhere and not a word.", verdict=["hold", "reject"])
letter("html-said-to-be-plain", mail(page(STIPEND), "text/plain; charset=utf-8"),
       "HTML under the name of plain text: the letter is readable to a person who tries.",
       text_has=["Стипендию за октябрь"], verdict=["accept", "hold"])

# --- alternatives and relations ---

letter("alternative-both", multi("alternative", [entity(LIFT), entity(page(LIFT), "text/html; charset=utf-8")]),
       "The common case: the text must not stand twice.", text_has=["третью неделю"],
       text_count={"третью неделю": 1}, attachments=0, verdict="accept")
letter("alternative-plain-is-a-hint", multi("alternative", [
       entity("Ваша почтовая программа не поддерживает HTML.\n"),
       entity(page(STIPEND), "text/html; charset=utf-8")]),
       "The plain part says only that there is another.", text_has=["ведомость не подписана"],
       verdict="accept")
letter("alternative-plain-is-empty", multi("alternative", [
       entity(" \n\n"), entity(page(HOSTEL), "text/html; charset=utf-8")]),
       "The plain part is empty.", text_has=["ыстық су жоқ"], verdict="accept")
letter("alternative-differs", multi("alternative", [
       entity(LIFT), entity(page(ADVERT + " 8 700 000 11 22"), "text/html; charset=utf-8")]),
       "The plain part is a fair letter, the HTML that people see is an advertisement.",
       verdict=["reject", "hold"], rule=["commercial"])
letter("alternative-html-first", multi("alternative", [
       entity(page(LIFT), "text/html; charset=utf-8"), entity(LIFT)]),
       "The order is turned over.", text_has=["третью неделю"],
       text_count={"третью неделю": 1}, verdict="accept")
letter("related-inline-image", multi("related", [
       entity(page(LIFT + '<img src="cid:logo@x">'), "text/html; charset=utf-8"),
       entity(b64(PHOTO), 'image/jpeg; name="image001.jpg"', "base64", "Content-ID: <logo@x>",
              'Content-Disposition: inline; filename="image001.jpg"')], parameters='; type="text/html"'),
       "A logo inside the HTML.", text_has=["третью неделю"], verdict="accept")
letter("apple-text-photo-text", multi("mixed", [
       entity("Уважаемый ректор! Так выглядит потолок в 214-й аудитории:\n"),
       entity(b64(PHOTO), "image/jpeg", "base64", "Content-Disposition: inline; filename=IMG_1.jpg"),
       entity("Прошу прислать ремонтников, пока он не упал.\nЛапина Ольга, 8 707 441 20 06\n")]),
       "Apple Mail puts the photo between two texts: both are the letter.",
       text_has=["выглядит потолок", "прислать ремонтников"], name="Лапина Ольга", attachments=1,
       verdict="accept")
letter("calendar-only", mail("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
                             "SUMMARY:Заседание кафедры\nDTSTART:20261125T050000Z\nEND:VEVENT\n"
                             "END:VCALENDAR\n", "text/calendar; charset=utf-8; method=REQUEST"),
       "An invitation is no appeal.", kind="auto", verdict="ignore")

# --- signed, encrypted ---

letter("signed-smime", multi("signed", [entity(LIFT), entity(
       b64(BLOB), 'application/pkcs7-signature; name="smime.p7s"', "base64",
       'Content-Disposition: attachment; filename="smime.p7s"')],
       parameters='; protocol="application/pkcs7-signature"; micalg=sha-256'),
       "A signature beside the text.", text_has=["третью неделю"], verdict="accept")
letter("signed-pgp-mime", multi("signed", [entity(STIPEND), entity(
       "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=abcd\n-----END PGP SIGNATURE-----\n",
       'application/pgp-signature; name="signature.asc"', "7bit")],
       parameters='; protocol="application/pgp-signature"'),
       "The same with PGP.", text_has=["Стипендию"], text_not=["BEGIN PGP"], verdict="accept")
letter("signed-pgp-inline", mail("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + STIPEND
                                 + "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEEq1w2e3r4t5y6\n"
                                   "=Zx9k\n-----END PGP SIGNATURE-----\n"),
       "PGP's armour around the text is not what the author says.", text_has=["Стипендию"],
       text_not=["iQEzBAEBCAAd"], name="Щербакова Яна Юрьевна", verdict="accept")
letter("encrypted-smime", mail(b64(BLOB), 'application/pkcs7-mime; smime-type=enveloped-data; '
                               'name="smime.p7m"', "base64",
                               sender=word("Лапина Ольга") + " <o@mail.example>"),
       "Nothing can be read: a person must look.", verdict="hold")
letter("encrypted-pgp", multi("encrypted", [
       entity("Version: 1\n", "application/pgp-encrypted"),
       entity("-----BEGIN PGP MESSAGE-----\n\nhQEMA1x\n-----END PGP MESSAGE-----\n",
              "application/octet-stream")], parameters='; protocol="application/pgp-encrypted"'),
       "The same with PGP.", verdict="hold")

# --- attachments alone ---

for name, mime_type, blob in (("photo.jpg", "image/jpeg", PHOTO), ("scan.pdf", "application/pdf", PDF),
                              ("letter.rtf", "application/rtf", b"{\\rtf1\\ansi Hello}"),
                              ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" + BLOB),
                              ("voice.ogg", "audio/ogg", b"OggS" + BLOB)):
    letter("only-" + name.replace(".", "-"),
           mail(b64(blob), f"{mime_type}; name={name}", "base64", more=[
               f"Content-Disposition: attachment; filename={name}"],
               sender=word("Лапина Ольга Игоревна") + " <o@mail.example>"),
           f"Nothing but {name}: a person must look, it is not empty.", attachments=[name],
           verdict="hold")
letter("only-photo-empty-text", multi("mixed", [entity("\n"), entity(
       b64(PHOTO), "image/jpeg; name=IMG_2.jpg", "base64", "Content-Disposition: attachment; filename=IMG_2.jpg")]),
       "A photographed letter from a telephone.", attachments=["IMG_2.jpg"], verdict="hold")
letter("only-text-attached", multi("mixed", [entity("\n"), entity(
       LIFT, "text/plain; charset=utf-8; name=letter.txt", "8bit", "Content-Disposition: attachment; filename=letter.txt")]),
       "The letter hangs on an empty one as a text file.", attachments=["letter.txt"],
       verdict=["hold", "accept"])
letter("winmail-beside-text", multi("mixed", [entity(LIFT), entity(
       b64(b"\x78\x9f\x3e\x22" + BLOB), "application/ms-tnef; name=winmail.dat", "base64",
       "Content-Disposition: attachment; filename=winmail.dat")]),
       "Outlook's parcel beside a readable text.", text_has=["третью неделю"],
       attachments=["winmail.dat"], verdict="accept")
letter("uuencode-inline", mail(STIPEND + "\nbegin 644 ведомость.xls\n" + "".join(
       binascii.b2a_uu(BLOB[n:n + 45]).decode() for n in range(0, 450, 45)) + "`\nend\n"),
       "A file in the text, as before MIME: it is an attachment, not words.",
       text_has=["Стипендию"], text_not=[binascii.b2a_uu(BLOB[45:90]).decode()[5:25]],
       attachments=["ведомость.xls"], verdict="accept")
letter("message-partial", mail(b64(crlf(LIFT).encode())[:200], 'message/partial; id="p@x"; number=1; total=3', "7bit"),
       "A third of a letter.", verdict=["hold", "reject"])

# --- names of attachments ---

letter("attachment-rfc2231", multi("mixed", [entity(LIFT), attached(
       "filename*0*=UTF-8''%D0%97%D0%B0%D1%8F%D0%B2%D0%BB; filename*1*=%D0%B5%D0%BD%D0%B8%D0%B5;"
       " filename*2=.pdf")]),
       "RFC 2231, in three pieces.", attachments=["Заявление.pdf"], verdict="accept")
letter("attachment-rfc2047", multi("mixed", [entity(LIFT), attached(
       f'filename="{word("Құжат.pdf")}"')]), "RFC 2047 where it does not belong.",
       attachments=["Құжат.pdf"], verdict="accept")
letter("attachment-rfc2047-split", multi("mixed", [entity(LIFT), attached(
       f'filename="{word("Справка о соста")}\r\n {word("ве семьи.pdf")}"')]),
       "The same in two words over two lines.", attachments=["Справка о составе семьи.pdf"],
       verdict="accept")
letter("attachment-raw-cp1251", multi("mixed", [entity(LIFT), attached(
       b'filename="' + "Заявление.pdf".encode("cp1251") + b'"')]),
       "Eight bits in the name.", attachments=["Заявление.pdf"], verdict="accept")
letter("attachment-path", multi("mixed", [entity(LIFT), attached(
       'filename="..\\\\..\\\\C:\\\\Users\\\\me\\\\plan.pdf"'), attached('filename="../../etc/cron.d/x"')]),
       "Paths are cut off.", attachments=["plan.pdf", "x"], verdict="accept")
letter("attachment-bidi", multi("mixed", [entity(LIFT), attached(
       "filename*=UTF-8''zakaz%E2%80%AEfdp.exe")]),
       "A direction override makes exe look like pdf.", attachments=["zakazfdp.exe"],
       verdict=["accept", "hold"])
letter("attachment-unnamed", multi("mixed", [entity(LIFT), entity(
       b64(PDF), "application/pdf", "base64", "Content-Disposition: attachment")]),
       "An attachment without a name counts too.", attachments=1, verdict="accept")
letter("attachment-long-name", multi("mixed", [entity(LIFT), attached(
       f'filename="{"a" * 3000}.pdf"')]), "A name of three thousand letters.", attachments=1,
       verdict="accept")

# --- letters in letters ---

INNER = head(word("Ответ деканата"), "dean@example.kz") \
    + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" \
    + crlf("Ваш вопрос решается.\nДекан Оспанова Ж.К., +7 727 333 00 11\n").encode()
letter("forward-attached", multi("mixed", [entity(STIPEND), entity(INNER, "message/rfc822")]),
       "A letter with the dean's answer attached: the author is the one outside.",
       text_has=["Стипендию"], name="Щербакова Яна Юрьевна", phone="8 705 206 71 94",
       verdict="accept")
letter("forward-three-deep", multi("mixed", [entity(LIFT), entity(
       multi("mixed", [entity("См. ниже.\n"), entity(
           multi("mixed", [entity("И ещё ниже.\n"), entity(INNER, "message/rfc822")], "in2"),
           "message/rfc822")], "in1"), "message/rfc822")]),
       "Letters in letters in letters.", text_has=["третью неделю"],
       name="Ермеков Данияр Саматович", verdict="accept")
letter("forward-inline-outlook", mail(
       "Уважаемый ректор, пересылаю ответ деканата. Прошу дать ответ по существу: когда будет "
       "приказ?\n\nЩербакова Яна Юрьевна\n8 705 206 71 94\n\n-----Пересылаемое сообщение-----\n"
       "От: Деканат <dean@example.kz>\nОтправлено: 16 ноября 2026 г. 11:20\nКому: Щербакова Яна\n"
       "Тема: RE: приказ\n\nВАШ ВОПРОС НА РАССМОТРЕНИИ. ЖДИТЕ ПРИКАЗА. НЕ ЗВОНИТЕ БОЛЬШЕ В ДЕКАНАТ "
       "И НЕ ПИШИТЕ. ОСПАНОВА Ж.К. +7 727 333 00 11\n"),
       "The capitals are the dean's, not the author's.", name="Щербакова Яна Юрьевна",
       phone="8 705 206 71 94", text_has=["когда будет приказ"], verdict="accept")
letter("forward-inline-gmail", mail(
       "Dear Rector, please see below what the helpdesk wrote. My account is still closed.\n\n"
       "Madina Seitova\n+7 776 120 48 35\n\n---------- Forwarded message ---------\nFrom: Helpdesk "
       "<help@example.kz>\nDate: Mon, Nov 16, 2026 at 9:00 AM\nSubject: Ticket 88\nTo: Madina\n\n"
       "Call +7 727 333 00 12, ask for Ivan Petrov.\n"),
       "Gmail's forward in English.", name="Madina Seitova", phone="+7 776 120 48 35",
       language="en", verdict="accept")
letter("digest", multi("digest", [INNER, INNER]), "A digest of letters, with no word of its own.",
       verdict=["hold", "ignore", "reject"])
