"""Headers: encoded words as programs really break them, and authors in every disguise."""
import base64

from mail import HOSTEL, LIFT, STIPEND, TIMETABLE, crlf, letter, mail, word

SUBJECT = "Жатақханадағы ыстық су туралы өтініш"
RUSSIAN = "Жалоба на работу столовой"


def b(raw, charset="utf-8"):
    return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="


# --- subjects ---

raw = SUBJECT.encode()
letter("word-split-inside-letter",
       mail(HOSTEL, subject=b(raw[:15]) + "\r\n " + b(raw[15:38]) + "\r\n " + b(raw[38:])),
       "The words are cut inside two-byte letters; only joined bytes can be decoded.",
       subject=SUBJECT, verdict="accept")
letter("word-q-split-inside-letter",
       mail(LIFT, subject="=?utf-8?Q?=D0=9B=D0=B8=D1=84=D1?=\r\n =?utf-8?Q?=82_=D1=81=D1=82=D0?=\r\n"
            " =?utf-8?Q?=BE=D0=B8=D1=82?="),
       "The same in the Q encoding.", subject="Лифт стоит", verdict="accept")
letter("word-adjacent-padded",
       mail(HOSTEL, subject=b("Ыстық ".encode()) + " " + b("су".encode()) + " " + b(" жоқ!".encode())),
       "Words that end in padding must not swallow their successors.",
       subject="Ыстық су жоқ!", verdict="accept")
letter("word-adjacent-without-blank",
       mail(LIFT, subject=b("Лифт ".encode()) + b("стоит".encode())),
       "No blank between two words.", subject="Лифт стоит", verdict="accept")
letter("word-mixed-charsets",
       mail(LIFT, subject=word("Жалоба ", "windows-1251") + " " + word("на ", "koi8-r") + "\r\n\t"
            + word("лифт", "utf-8")),
       "Three words, three character sets.", subject="Жалоба на лифт", verdict="accept")
letter("word-q-underscores",
       mail(STIPEND, subject="=?UTF-8?q?=D0=9F=D0=98-22=5F1_=D0=B8_=D0=9F=D0=98-22=5F2?="),
       "Underscores are blanks, =5F is an underscore.", subject="ПИ-22_1 и ПИ-22_2",
       verdict="accept")
letter("word-q-with-blanks",
       mail(STIPEND, subject="=?UTF-8?Q?=D0=93=D0=B4=D0=B5 =D1=81=D1=82=D0=B8=D0=BF?="),
       "Blanks inside a word are forbidden and common.", subject="Где стип", verdict="accept")
letter("word-without-end", mail(LIFT, subject=b(RUSSIAN.encode())[:-2]),
       "The closing mark is missing: whatever the subject becomes, the letter is read.",
       text_has=["третью неделю"], verdict="accept")
letter("word-cut-base64", mail(LIFT, subject="=?utf-8?B?" + base64.b64encode(
       RUSSIAN.encode()).decode()[:41] + "?="),
       "A relay cut the subject inside a group of four.", subject_has=["Жалоба на"],
       verdict="accept")
letter("word-in-the-middle", mail(STIPEND, subject="Re:" + word("стипендия") + "(2)"),
       "An encoded word glued to plain letters.", subject_has=["стипендия"],
       subject_not=["=?"], verdict="accept")
letter("word-over-long", mail(LIFT, subject=word("Прошу починить лифт во втором корпусе. " * 9)),
       "One word of over nine hundred characters where seventy-five are allowed.",
       subject_has=["Прошу починить лифт во втором корпусе. Прошу"], verdict="accept")
letter("word-folded-inside", mail(LIFT, subject=word(RUSSIAN)[:30] + "\r\n " + word(RUSSIAN)[30:]),
       "A line break inside the base64 of a word.", text_has=["третью неделю"],
       verdict="accept")
letter("word-language-tag", mail(LIFT, subject=word(RUSSIAN).replace("utf-8", "utf-8*ru")),
       "RFC 2231 lets a word name its language.", subject=RUSSIAN, verdict="accept")
letter("word-unknown-charset", mail(LIFT, subject=word(RUSSIAN.encode("cp1251"), "x-unknown")),
       "A word in a set nobody knows.", subject=RUSSIAN, verdict="accept")
letter("word-unknown-8bit-koi8", mail(LIFT, subject=word(RUSSIAN.encode("koi8-r"), "unknown-8bit")),
       "The relay did not know, the letters tell.", subject=RUSSIAN, verdict="accept")
letter("word-misdeclared-utf-8", mail(LIFT, subject=word(RUSSIAN.encode("cp1251"), "utf-8")),
       "windows-1251 under the name of UTF-8.", subject=RUSSIAN, verdict="accept")
letter("word-with-line-break",
       mail(LIFT, subject="=?utf-8?Q?=D0=9B=D0=B8=D1=84=D1=82=0D=0ABcc:_all@mail.example?="),
       "A decoded line break could smuggle in a header.", subject_has=["Лифт"],
       subject_not=["\n", "\r"], verdict="accept")
letter("word-with-bidi-and-nul",
       mail(LIFT, subject="=?utf-8?Q?=D0=9B=D0=B8=D1=84=D1=82=00_=E2=80=AEtxt?="),
       "Direction overrides and NUL are shown to nobody.", subject_has=["Лифт"],
       subject_not=["\u202e", "\x00"], verdict="accept")
letter("subject-raw-utf-8", mail(HOSTEL, subject=SUBJECT, sender="Үмбет Ғалия <g.umbet@mail.example>"),
       "Eight bits in the header, as SMTPUTF8 writes them.", subject=SUBJECT, verdict="accept")
letter("subject-raw-cp1251",
       mail(crlf(LIFT).encode("cp1251"), "text/plain; charset=windows-1251", subject=RUSSIAN.encode("cp1251"),
            sender="Ермеков Данияр <d@mail.example>".encode("cp1251")),
       "Eight bits in the header, in the body's set.", subject=RUSSIAN, verdict="accept")
letter("subject-raw-koi8",
       mail(crlf(LIFT).encode("koi8-r"), "text/plain; charset=koi8-r", subject=RUSSIAN.encode("koi8-r")),
       "The first set that converts is not the right one.", subject=RUSSIAN, verdict="accept")
letter("subject-empty", mail(STIPEND, subject=""), "No subject, but a letter.",
       text_has=["Стипендию за октябрь"], verdict="accept")
letter("subject-missing", mail(STIPEND, subject=None), "No subject field at all.",
       text_has=["Стипендию за октябрь"], verdict="accept")
letter("subject-twice", mail(LIFT, subject=word("Первая тема"), more=["Subject: " + word("Вторая тема")]),
       "Two subjects: either, but the letter stands.", subject=["Первая тема", "Вторая тема"],
       verdict=["accept", "hold"])
letter("subject-holds-it-all",
       mail("\n", subject=word("Прошу вернуть ключи от спортзала. Асан Бектуров 87017772145")),
       "Name, telephone and request stand in the subject; the body is empty.",
       subject_has=["вернуть ключи"], name="Асан Бектуров", verdict=["accept", "hold"])
letter("subject-20-kilobytes", mail(LIFT, subject="лифт стоит " * 1000),
       "A subject of twenty thousand bytes on one line.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("subject-of-replies", mail(STIPEND, subject="Re: RE: Fwd: Отв: Fw: " + word("стипендия")),
       "Marks of replies do not make it a reply of ours.", text_has=["Стипендию"], verdict="accept")

# --- who wrote ---

letter("from-twice", mail(LIFT, sender="d.ermekov@mail.example", more=["From: rector@university.example"]),
       "Two From fields: nobody may be taken for the sender on trust.", not_email="rector@university.example",
       verdict=["hold", "accept"])
letter("from-two-authors", mail(LIFT, sender="d.ermekov@mail.example, ya.scherbakova@mail.example"),
       "Two authors in one field.", text_has=["третью неделю"], verdict=["hold", "accept"])
letter("from-missing", mail(LIFT + "d.ermekov@mail.example\n", sender="", more=["Sender: list@mail.example"]),
       "An empty From; the address stands under the letter.", text_has=["третью неделю"],
       verdict=["accept", "hold", "reject"])
letter("from-absent", mail(STIPEND, sender=None).replace(b"From: a.student@mail.example\r\n", b""),
       "No From at all: nobody to answer.", text_has=["Стипендию"], email=None,
       verdict=["hold", "reject"])
letter("from-group", mail(LIFT, sender="undisclosed: d.ermekov@mail.example, ya.s@mail.example;"),
       "Group syntax.", text_has=["третью неделю"], verdict=["hold", "accept"])
letter("from-comment", mail(crlf(STIPEND.split("Щерб")[0] + "тел. 8 705 206 71 94\n"),
                            sender="ya@mail.example (" + word("Яна Щербакова") + ")"),
       "The name stands in a comment, as it did before RFC 822.", name="Яна Щербакова",
       email="ya@mail.example", verdict="accept")
letter("from-shows-another-address",
       mail(LIFT, sender='"rector@university.example" <d.ermekov@mail.example>'),
       "A display name that is somebody else's address.", email="d.ermekov@mail.example",
       verdict=["accept", "hold"])
letter("from-quoted-word", mail(STIPEND.split("Щерб")[0] + "8 705 206 71 94\n",
                                sender='"' + word("Щербакова Яна") + '" <ya@mail.example>'),
       "An encoded word in quotation marks, which the standard forbids and Outlook does.",
       name="Щербакова Яна", verdict="accept")
letter("from-split-surname",
       mail(STIPEND.split("Щерб")[0] + "8 705 206 71 94\n",
            sender=b("Яна ".encode()) + "\r\n " + b("Щербакова".encode()[:9]) + "\r\n "
            + b("Щербакова".encode()[9:]) + " <ya@mail.example>"),
       "The surname is cut inside a letter.", name="Яна Щербакова", verdict="accept")
letter("from-unquoted-dots", mail(STIPEND, sender="Mr. J.R. Smith, PhD <smith@mail.example>"),
       "Dots and a comma without quotation marks.", email="smith@mail.example", verdict="accept")
letter("from-no-brackets", mail(STIPEND, sender="Yana Shcherbakova ya@mail.example"),
       "An address without its brackets.", text_has=["Стипендию"], verdict=["accept", "hold"])
letter("from-cyrillic-domain", mail(HOSTEL, sender="ғалия@пошта.қаз"),
       "An address in Cyrillic letters.", email="ғалия@пошта.қаз", verdict="accept")
letter("from-punycode", mail(HOSTEL, sender="galiya@xn--80a1acny.xn--80ao21a"),
       "The same in ASCII dress.", email="galiya@xn--80a1acny.xn--80ao21a", verdict="accept")
letter("from-name-with-line-break",
       mail(STIPEND, sender="=?utf-8?Q?Yana=0D=0ABcc:_x@mail.example?= <ya@mail.example>"),
       "A line break in the name.", email="ya@mail.example", verdict=["accept", "hold"])
letter("from-name-look-alike",
       mail("Когда откроют спортзал? Тел. 8 777 300 44 15\n", sender=word("Aлмac Ceйтoв") + " <almas@mail.example>"),
       "A name mixed of Cyrillic and Latin letters that look the same is still a name.",
       phone="8 777 300 44 15", verdict=["accept", "hold"])
letter("reply-to-differs",
       mail(LIFT, sender="work@example.kz", more=["Reply-To: Daniyar <home@mail.example>"]),
       "The author wants the answer elsewhere.", text_has=["третью неделю"], verdict="accept")

# --- fields and their form ---

letter("references-300", mail(STIPEND, more=[
       "References: " + "\r\n ".join(f"<{n:04d}.thread@mail.example>" for n in range(300))]),
       "Three hundred references.", text_has=["Стипендию"], verdict="accept")
letter("received-120", mail(STIPEND, more=[f"Received: from h{n}.example by h{n + 1}.example; "
                                           "Wed, 18 Nov 2026 10:15:00 +0500" for n in range(120)]),
       "A hundred and twenty relays.", text_has=["Стипендию"], verdict=["accept", "hold"])
letter("field-blank-before-colon", mail(LIFT).replace(b"Subject:", b"SUBJECT :").replace(
       b"Content-Type:", b"content-TYPE:"),
       "Odd case, and a blank before the colon.", text_has=["третью неделю"], verdict="accept")
letter("field-not-a-field", mail(LIFT, more=["this line is no field", "X-After: yes"]),
       "A line without a colon amid the header.", text_has=["третью неделю"], verdict="accept")
letter("field-folded-to-nothing", mail(LIFT, more=["X-Odd: a", " ", " b"]),
       "A continuation line of blanks alone does not end the header.",
       text_has=["третью неделю"], verdict="accept")
letter("field-with-nul", mail(LIFT, more=[b"X-Nul: a\x00b"]), "NUL in the header.",
       text_has=["третью неделю"], verdict="accept")
letter("date-nonsense", mail(LIFT).replace(b"Wed, 18 Nov 2026 10:15:00 +0500", b"yesterday, 25:99"),
       "A date that is none.", text_has=["третью неделю"], verdict="accept")
letter("message-id-broken", mail(LIFT).replace(b"<x.20261118@mail.example>", b"<<a b>@>\t<"),
       "A Message-ID that is none.", text_has=["третью неделю"], verdict="accept")
letter("mbox-from-line", b"From d.ermekov@mail.example Wed Nov 18 10:15:00 2026\r\n" + mail(LIFT),
       "An mbox separator was left on top.", text_has=["третью неделю"], verdict="accept")
letter("header-starts-with-blank", b" stray continuation\r\n" + mail(LIFT),
       "The first line begins with a blank.", text_has=["третью неделю"],
       verdict=["accept", "hold"])
letter("english-plain-headers", mail(TIMETABLE, subject="Timetable", sender="Madina Seitova <m@mail.example>"),
       "Nothing odd at all: the measure for the others.", subject="Timetable", language="en",
       name="Madina Seitova", phone="+7 776 120 48 35", email="m@mail.example", verdict="accept",
       attachments=0)
