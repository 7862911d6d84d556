"""Replies as mail programs make them of a mail that really arrived: to its reply address, in its
thread, under its subject, with its text quoted in the program's own manner."""
import datetime
import email.headerregistry
import email.message
import email.policy
import email.utils
import html
from email.header import decode_header, make_header
from typing import Callable, Iterable

Mail = email.message.EmailMessage
ALMATY = datetime.timezone(datetime.timedelta(hours=5))

# How programs speak, by the language of their surface.
MONTHS = {"ru": "января февраля марта апреля мая июня июля августа сентября октября ноября "
        "декабря".split(),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша "
        "желтоқсан".split(),
    "en": "January February March April May June July August September October November "
        "December".split()}
DAYS = {"ru": "понедельник вторник среда четверг пятница суббота воскресенье".split(),
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}
LABELS = {"ru": ("От:", "Отправлено:", "Кому:", "Тема:"),
    "kk": ("Кімнен:", "Жіберілді:", "Кімге:", "Тақырып:"),
    "en": ("From:", "Sent:", "To:", "Subject:")}
WROTE = {"ru": "{day}, {date} г. в {time}, {who}:", "kk": "{date}, {day}, {time} {who} жазды:",
    "en": "On {day}, {date} at {time}, {who} wrote:"}
PHONES = {"ru": "Отправлено с iPhone", "kk": "iPhone құрылғысынан жіберілді",
    "en": "Sent from my iPhone"}
DISCLAIMER = ("This e-mail and any attachments are confidential and intended solely for the "
    "addressee. If you have received it in error, please notify the sender and delete it.")


def readable(mail: Mail, name: str) -> str:
    """The raw header decoded by the older functions: the newer ones put a blank between two
    encoded words of a name, which no mail program does."""
    raw = dict(mail.raw_items()).get(name, "")
    return "".join(str(make_header(decode_header(raw))).splitlines())


def name_in(mail: Mail, header: str) -> str:
    return email.utils.parseaddr(readable(mail, header))[0]


class Quote:
    """What a program knows of the mail that is replied to."""

    def __init__(self, mail: Mail, language: str):
        address = mail["From"].addresses[0].addr_spec
        sent = mail["Date"].datetime.astimezone(ALMATY)
        months = MONTHS[language]
        self.language, self.mail = language, mail
        self.body = mail.get_body(("plain",)).get_content().rstrip().replace("\r", "")
        self.address, self.name = address, name_in(mail, "From")
        self.who = f"{self.name} <{address}>"
        self.date = f"{sent.day} {months[sent.month - 1]} {sent.year}"
        self.day, self.time = DAYS[language][sent.weekday()], f"{sent:%H:%M}"
        self.figures = f"{sent:%d.%m.%Y}"

    def wrote(self) -> str:
        return WROTE[self.language].format(day=self.day, date=self.date, time=self.time,
            who=self.who)

    def angled(self) -> str:
        return "\n".join(f"> {line}".rstrip() for line in self.body.split("\n"))

    def header(self) -> str:
        """As Outlook repeats it."""
        values = (self.who, f"{self.day}, {self.date} {self.time}",
            str(self.mail["To"].addresses[0].addr_spec), str(self.mail["Subject"]))
        return "\n".join(map(" ".join, zip(LABELS[self.language], values)))


def lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


# --- the manners: plain text, HTML or None ---

def gmail(text: str, quote: Quote) -> tuple:
    return (f"{text}\n\n{quote.wrote()}\n\n{quote.angled()}\n",
        f'<div dir="ltr">{lines(text)}</div><br><div class="gmail_quote"><div dir="ltr" '
        f'class="gmail_attr">{lines(quote.wrote())}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">'
        f"{lines(quote.body)}</blockquote></div>")


def outlook(text: str, quote: Quote) -> tuple:
    return (f"{text}\n\n{quote.header()}\n\n{quote.body}\n",
        '<html><body lang="RU"><div class="WordSection1"><p class="MsoNormal">'
        f"{lines(text)}</p><div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;"
        f'padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{lines(quote.header())}</p></div></div>'
        f'<p class="MsoNormal">{lines(quote.body)}</p></div></body></html>')


def outlook_html(text: str, quote: Quote) -> tuple:
    return None, outlook(text, quote)[1]


def outlook_plain(text: str, quote: Quote) -> tuple:
    word = {"ru": "Исходное сообщение", "kk": "Бастапқы хабар", "en": "Original Message"}
    return f"{text}\n\n-----{word[quote.language]}-----\n{quote.header()}\n\n{quote.body}\n", None


def disclaimer(text: str, quote: Quote) -> tuple:
    return outlook(f"{text}\n\n________________________________\n{DISCLAIMER}", quote)


def mailru(text: str, quote: Quote) -> tuple:
    above = f"{quote.day.capitalize()}, {quote.date}, {quote.time} +05:00 от {quote.who}:"
    return (f"\n{text}\n \n-- \n{quote.name_of_writer}\n  \n>{above}\n> \n"
        + "\n".join(f">{line}" for line in quote.body.split("\n")) + "\n \n",
        f"\n<HTML><BODY><div>{lines(text)}</div><div>&nbsp;</div><div data-signature-widget="
        f'"container"><div>--<br>{lines(quote.name_of_writer)}</div></div><div>&nbsp;</div>'
        '<blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">'
        f"{lines(above)}<br>&nbsp;<div>{lines(quote.body)}</div></blockquote></BODY></HTML>")


def yandex(text: str, quote: Quote) -> tuple:
    above = f'{quote.figures}, {quote.time}, "{quote.name}" <{quote.address}>:'
    return None, (f"<div>{lines(text)}</div><div> </div><div>{lines(above)}</div>"
        f"<blockquote><p>{lines(quote.body)}</p></blockquote>")


def apple(text: str, quote: Quote) -> tuple:
    return f"{text}\n\n> {quote.wrote()}\n> \n{quote.angled()}\n", None


def phone(text: str, quote: Quote) -> tuple:
    return (f"{text}\n\n{PHONES[quote.language]}\n\n> {quote.wrote()}\n> \n"
        f"> \ufeff{quote.angled()[2:]}\n", None)


def thunderbird(text: str, quote: Quote) -> tuple:
    """Below the quote."""
    ends = {"ru": "пишет", "kk": "жазды", "en": "wrote"}[quote.language]
    return f"{quote.figures} {quote.time}, {quote.name} {ends}:\n{quote.angled()}\n\n{text}\n", None


def inline(text: str, quote: Quote) -> tuple:
    """Between the lines of the quote."""
    angled = quote.angled().split("\n")
    return "\n".join([quote.wrote(), *angled[:6], "", text, "", *angled[6:]]) + "\n", None


Manner = Callable[[str, Quote], tuple]
MANNERS: dict[str, Manner] = {"gmail": gmail, "outlook": outlook, "outlook-html": outlook_html,
    "outlook-plain": outlook_plain, "disclaimer": disclaimer, "mailru": mailru, "yandex": yandex,
    "apple": apple, "phone": phone, "thunderbird": thunderbird, "inline": inline}


def reply(mail: Mail, text: str, manner: str = "gmail", language: str = "ru",
        at: float | None = None, sender: str | None = None, number: object = 1,
        attachments: Iterable[tuple[str, bytes]] = ()) -> Mail:
    """What the mail's recipient (or whoever else: `sender`) sends when he answers it."""
    quote = Quote(mail, language)
    reader = mail["To"].addresses[0]
    own_name = name_in(mail, "To")
    quote.name_of_writer = own_name or reader.username
    plain, rich = MANNERS[manner](text.rstrip("\n"), quote)
    answer = Mail(policy=email.policy.SMTP)
    answer["From"] = sender or str(email.headerregistry.Address(own_name,
        addr_spec=reader.addr_spec))
    target = (mail["Reply-To"] or mail["From"]).addresses[0]
    answer["To"] = target.addr_spec
    subject = str(mail["Subject"])
    mark = "RE: " if manner.startswith("outlook") or manner == "disclaimer" else "Re: "
    answer["Subject"] = subject if subject.lower().startswith("re: ") else mark + subject
    known = str(mail["Message-ID"]).strip()
    answer["Message-ID"] = f"<reply-{number}@{reader.domain}>"
    answer["In-Reply-To"] = known
    answer["References"] = " ".join([*str(mail["References"] or "").split(), known])
    if at is not None:
        answer["Date"] = datetime.datetime.fromtimestamp(at, ALMATY)
    if plain is not None:
        answer.set_content(plain)
        if rich is not None:
            answer.add_alternative(rich, subtype="html")
    else:
        answer.set_content(rich, subtype="html")
    for name, content in attachments:
        answer.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return answer
