"""What the letters of this folder are made of.

Each file here describes letters byte by byte: letter() takes an id, the raw bytes, a sentence
that says why the letter exists, and what must come of it (run.py tells the fields).
"""
import base64
import quopri

LETTERS = []  # (id, raw bytes or a function that makes them, expectation)

# Fair letters, complete with name and telephone, so that only the bytes can spoil them.
LIFT = ("Уважаемый господин ректор!\n\nВо втором корпусе третью неделю не работает лифт, а "
        "наши аудитории на пятом этаже. Студенту на костылях туда не подняться. Прошу "
        "поручить ремонт и сказать, когда он закончится.\n\n"
        "Ермеков Данияр Саматович\n+7 701 415 22 38\n")
STIPEND = ("Здравствуйте! Стипендию за октябрь нашей группе не перечислили. В бухгалтерии "
           "говорят, что ведомость не подписана, в деканате отвечают, что подписали её "
           "давно. Прошу разобраться, где она лежит.\n\n"
           "Щербакова Яна Юрьевна, 8 705 206 71 94\n")
HOSTEL = ("Құрметті ректор!\n\nЖатақхананың төртінші қабатында бір айдан бері ыстық су жоқ. "
          "Әкімшіге үш рет айттық, әзірге ешқандай өзгеріс болмады. Жөндеу жұмысы қашан "
          "басталатынын білгім келеді, көмегіңізді күтемін.\n\n"
          "Үмбет Ғалия Өмірқызы\n8 747 903 55 12\n")
TIMETABLE = ("Dear Rector,\n\nOur timetable changes every week and nobody tells us in advance. "
             "Last Monday twenty students came for a lecture that had been moved to Friday. "
             "Could you ask the registrar to announce the changes by e-mail?\n\n"
             "Madina Seitova\n+7 776 120 48 35\n")


def letter(ident, raw, why, **expect):
    LETTERS.append((ident, raw, dict(expect, why=why)))


def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def b64(raw, width=76):
    text = base64.b64encode(raw)
    return b"".join(text[i:i + width] + b"\r\n" for i in range(0, len(text), width))


def qp(raw):
    return quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")


def word(text, charset="utf-8", kind="B"):
    """One RFC 2047 word, however long."""
    raw = text if isinstance(text, bytes) else text.encode(charset)
    if kind in "Bb":
        coded = base64.b64encode(raw).decode()
    else:
        coded = "".join(chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32
                        else f"={b:02X}" for b in raw)
    return f"=?{charset}?{kind}?{coded}?="


def head(subject="", sender=None, *more, ident="x"):
    """A plain header, without the empty line that ends it; bytes pass as they are."""
    fields = [("From", "a.student@mail.example" if sender is None else sender),
              ("To", "rector@university.example"),
              ("Subject", subject),
              ("Date", "Wed, 18 Nov 2026 10:15:00 +0500"),
              ("Message-ID", f"<{ident}.20261118@mail.example>"),
              ("MIME-Version", "1.0")]
    lines = [name.encode() + b": " + (v if isinstance(v, bytes) else v.encode())
             for name, v in fields if v is not None]
    lines += [m if isinstance(m, bytes) else m.encode() for m in more]
    return b"\r\n".join(lines) + b"\r\n"


def mail(body, mime_type="text/plain; charset=utf-8", encoding="8bit", subject=word("обращение"),
         sender=None, more=(), ident="x"):
    """A letter of one part; `body` is text (sent as UTF-8) or the bytes themselves."""
    raw = crlf(body).encode() if isinstance(body, str) else body
    fields = [f"Content-Type: {mime_type}"] if mime_type else []
    fields += [f"Content-Transfer-Encoding: {encoding}"] if encoding else []
    return head(subject, sender, *more, *fields, ident=ident) + b"\r\n" + raw


def entity(body, mime_type="text/plain; charset=utf-8", encoding="8bit", *more):
    """A part of a multipart."""
    raw = crlf(body).encode() if isinstance(body, str) else body
    fields = [f"Content-Type: {mime_type}", f"Content-Transfer-Encoding: {encoding}", *more]
    return b"".join((f if isinstance(f, bytes) else f.encode()) + b"\r\n" for f in fields) \
        + b"\r\n" + raw


def parts(entities, boundary="=_part", close=True):
    return b"".join(b"--" + boundary.encode() + b"\r\n" + e + b"\r\n" for e in entities) \
        + (b"--" + boundary.encode() + b"--\r\n" if close else b"")


def multi(subtype, entities, boundary="=_part", subject=word("обращение"), sender=None, more=(),
          parameters="", close=True, ident="x"):
    return head(subject, sender, *more,
                f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}',
                ident=ident) \
        + b"\r\n" + parts(entities, boundary, close)
