#!/usr/bin/env python3
"""An official's case from the forward to the answer, seen in his calendar and in the citizen's
mailbox: the entry is set, moved and taken back in a real calendar program."""
import calendar
import email
import email.message
import email.policy
import glob
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from desk import BUILD

from tap import equal, main, test

OFFICIAL, AUTHOR = "one@univ.example", "a.zhumabekova@mail.example"
RECEIVED = calendar.timegm((2026, 3, 20, 5, 0, 0))  # Friday, 10:00 in Almaty
DAY = 24 * 3600
SETTINGS = """[store]
path = rector.db
[university]
name.kk = Үлгі педагогикалық университеті
name.ru = Образцовый педагогический университет
name.en = Sample Pedagogical University
address = rector@abai.example
moderator = moderator@univ.example
administrator = admin@univ.example
[router]
answers = direct
[notifier]
deliver = maildir:mail
calendar = {use}
[official one]
name = Пшенбай Өркен
address = one@univ.example
language = ru
topics = academic;research;international;social;infrastructure;digital;general
"""
KHAL = """[calendars]
[[work]]
path = {folder}/vdir
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Almaty
default_timezone = Asia/Almaty
[sqlite]
path = {folder}/khal.db
"""
LETTER = """Здравствуйте! Я студентка третьего курса. В ведомости по биологии стоит чужая оценка:
экзамен я сдала на девяносто баллов, а в транскрипте указано шестьдесят. Прошу проверить ведомость
и исправить ошибку.

Жумабекова Айгерим Серикова
+7 701 555 12 34
"""


class Office:
    """All rooms over one store, the mails in Maildirs, and the official's calendar."""

    def __init__(self, use: str = "request"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="calendar-"))
        (self.folder / "rector.conf").write_text(SETTINGS.format(use=use))
        (self.folder / "khal.conf").write_text(KHAL.format(folder=self.folder))
        (self.folder / "vdir").mkdir()
        self.seen: set[str] = set()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def run(self, room: str, now: float, *arguments: str) -> None:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        command = [str(BUILD / room / f"rector-{room}"), "--config",
            str(self.folder / "rector.conf"), "--now", stamp, *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300)
        equal(result.returncode, 0, f"{room}: {result.stderr}")

    def receive(self, message: email.message.EmailMessage, now: float) -> None:
        message["Date"] = email.utils.formatdate(now)
        if message["Message-ID"] is None:
            message["Message-ID"] = email.utils.make_msgid(domain="mail.example")
        raw = message.as_bytes(policy=email.policy.SMTP)
        file = self.folder / "letter.eml"
        received = email.utils.formatdate(now).encode()
        file.write_bytes(b"Received: from x by mx.abai.example; " + received + b"\r\n" + raw)
        self.run("fetcher", now, "--import", str(file))
        for room in ("classifier", "router", "notifier"):
            self.run(room, now + 60)

    def news(self, address: str) -> list[email.message.EmailMessage]:
        """The mails to an address since it was last looked at, the oldest first."""
        files = sorted(set(glob.glob(str(self.folder / "mail" / address / "new" / "*"))) - self.seen,
            key=lambda file: int(re.search(r"\.N(\d+)\.", file)[1]))
        self.seen |= set(files)
        return [email.message_from_bytes(pathlib.Path(file).read_bytes(),
            policy=email.policy.default) for file in files]

    def khal(self, *arguments: str) -> str:
        result = subprocess.run(["khal", "-c", str(self.folder / "khal.conf"), *arguments],
            capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8",
                "HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)})
        equal(result.returncode, 0, f"khal: {result.stderr}")
        return result.stdout

    def take_over(self, mail: email.message.EmailMessage) -> list[str]:
        """As the official does: opens the file, then looks at his year."""
        attached = [part for part in mail.walk() if part.get_filename() == "invite.ics"]
        equal(len(attached), 1, "files with an entry")
        file = self.folder / "invite.ics"
        file.write_bytes(attached[0].get_payload(decode=True))
        self.khal("import", "--batch", "-a", "work", str(file))
        return self.khal("list", "--day-format", "", "--format",
            "{start-date} {cancelled}{title}", "2026-01-01", "2027-12-31").split("\n")[:-1]


def letter(sender: str, to: str, subject: str, text: str) -> email.message.EmailMessage:
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content(text)
    return message


def reply(mail: email.message.EmailMessage, text: str) -> email.message.EmailMessage:
    """An answer of the official's mail program, our mail quoted below."""
    quoted = "\n".join("> " + line for line in mail.get_body(("plain",)).get_content().split("\n"))
    answer = letter(f"Пшенбай Өркен <{OFFICIAL}>", str(mail["Reply-To"]), f"Re: {mail['Subject']}",
        f"{text}\n\n{quoted}\n")
    answer["In-Reply-To"] = answer["References"] = mail["Message-ID"]
    return answer


def forwarded(office: Office) -> email.message.EmailMessage:
    office.receive(letter(f"Жумабекова Айгерим <{AUTHOR}>", "rector@abai.example",
        "Ошибка в ведомости", LETTER), RECEIVED)
    news = office.news(OFFICIAL)
    equal(len(news), 1, "mails to the official")
    return news[0]


def entry(mail: email.message.EmailMessage) -> str:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return parts[0].get_content().replace("\r\n", "\n").replace("\n ", "") if parts else ""


@test("the forward's entry stands in the calendar, an extension moves it, the answer ends it")
def lives() -> None:
    with Office() as office:
        forward = forwarded(office)
        equal(office.take_over(forward),
            ["2026-04-15 № 2026-000001: учебный процесс – срок ответа"], "after the forward")

        office.receive(reply(forward, "ПРОДЛИТЬ 20.05.2026 запрошен архив"), RECEIVED + 5 * DAY)
        told = [mail for mail in office.news(OFFICIAL) if "SEQUENCE:1\n" in entry(mail)]
        equal(len(told), 1, "mails that move the entry")
        equal(office.take_over(told[0]),
            ["2026-05-20 № 2026-000001: учебный процесс – срок ответа"], "after the extension")

        answer = reply(forward, "Здравствуйте, Айгерим! Ведомость проверена, оценка исправлена: в "
            "транскрипте теперь указано девяносто баллов. Приносим извинения за ошибку.")
        office.receive(answer, RECEIVED + 40 * DAY)
        ends = [mail for mail in office.news(OFFICIAL) if "METHOD:CANCEL\n" in entry(mail)]
        equal(len(ends), 1, "mails that end the entry")
        equal(office.take_over(ends[0]),
            ["2026-05-20 CANCELLED № 2026-000001: учебный процесс – срок ответа"], "after the answer")


@test("the answer reaches the citizen with its file, in his thread, and nothing else of the mail")
def answered() -> None:
    with Office() as office:
        forward = forwarded(office)
        acknowledged = office.news(AUTHOR)[0]
        answer = reply(forward, "Здравствуйте, Айгерим! Ведомость проверена, оценка исправлена: в "
            "транскрипте теперь указано девяносто баллов. Приносим извинения за ошибку.")
        answer.add_attachment(b"%PDF-1.4 akt", maintype="application", subtype="pdf",
            filename="Акт сверки.pdf")
        answer.add_attachment(forward)
        answer["X-Secret"] = "291-00-00"
        office.receive(answer, RECEIVED + 5 * DAY)

        news = office.news(AUTHOR)
        equal(len(news), 1, "mails to the citizen")
        told = news[0]
        plain = told.get_body(("plain",)).get_content()
        assert "оценка исправлена" in plain and "Пшенбай Өркен" in plain, plain
        for hidden in ("> ", "ПРОДЛИТЬ", "Вместо ответа", "291-00-00", "X-Secret"):
            assert hidden not in plain + told.as_string(), hidden
        equal(told["In-Reply-To"], acknowledged["In-Reply-To"], "the thread")
        files = list(told.iter_attachments())
        equal([(part.get_filename(), part.get_content()) for part in files],
            [("Акт сверки.pdf", b"%PDF-1.4 akt")], "files")


@test("what a confidential applicant adds reaches the official without a trace of who it is")
def added() -> None:
    with Office() as office:
        office.receive(letter(f"Жумабекова Айгерим <{AUTHOR}>", "rector@abai.example",
            "Ошибка в ведомости", "Прошу не разглашать мои персональные данные. " + LETTER), RECEIVED)
        acknowledged = office.news(AUTHOR)[0]
        # The later letter is signed in another way, and comes without a name in its head.
        addition = letter(AUTHOR, "rector@abai.example", f"Re: {acknowledged['Subject']}",
            "Добавляю: в деканате меня, Жумабекову, знают. Звоните: 8 (701) 555-12-34. А. С. "
            "Жумабекова")
        addition["In-Reply-To"] = addition["References"] = acknowledged["Message-ID"]
        addition.add_attachment(b"JPG", maintype="image", subtype="jpeg", filename="Жумабекова.jpg")
        office.receive(addition, RECEIVED + DAY)

        mails = office.news(OFFICIAL)
        equal(len(mails), 2, "mails to the official")
        assert "в деканате меня" in mails[1].get_body(("plain",)).get_content(), mails[1]
        for mail in mails:
            heads = [value for part in mail.walk() for value in part.values()]
            texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
            for told in ("умабек", "zhumabek", "йгерим", "555"):
                assert told not in "\n".join([mail.as_string(), *heads, *texts]), told


@test("an official's calendar is left alone when the settings say so")
def none() -> None:
    with Office("none") as office:
        equal(entry(forwarded(office)), "", "the entry")
    with Office("publish") as office:
        found = entry(forwarded(office))
        assert "METHOD:PUBLISH\n" in found and "ATTENDEE" not in found, found


main()
