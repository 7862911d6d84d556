"""Letters for the whole-system tests, each with a token by which it is found again."""
import email.message
import email.policy

TEXT = """\
Құрметті ректор!

Мен {n}-топтың студентімін. Жатақхананың үшінші қабатында бір аптадан бері жылу жоқ, бөлмеде
өте суық. Комендантқа екі рет айттық, бірақ ешкім келген жоқ. Жылуды қалпына келтіруге
көмектесуіңізді сұраймын.

Айгүл Серікқызы Нұрланова
+7 701 555 {n:02d} 67
"""


def appeal(n: int, padding: int = 0) -> bytes:
    """One that the regulation accepts; with so many bytes of attachment."""
    letter = email.message.EmailMessage(policy=email.policy.SMTP)
    letter["From"] = f"Айгүл Нұрланова <aigul{n}@student.example>"
    letter["To"] = "rector@university.example"
    letter["Subject"] = f"Жатақханадағы жылу туралы {n}"
    letter["Message-ID"] = f"<letter-{n}@student.example>"
    letter["Date"] = "Mon, 23 Nov 2026 10:00:00 +0500"
    letter.set_content(TEXT.format(n=n % 100))
    if padding:
        letter.add_attachment(b"%PDF-1.4\n" + bytes((n * 7 + i) % 251 for i in range(padding)),
            maintype="application", subtype="pdf", filename=f"photo-{n}.pdf")
    return letter.as_bytes()


def anonymous(n: int) -> bytes:
    """One that 5.2 refuses: nobody signs it."""
    letter = email.message.EmailMessage(policy=email.policy.SMTP)
    letter["From"] = f"anon{n}@mail.example"
    letter["To"] = "rector@university.example"
    letter["Subject"] = f"Расписание {n}"
    letter["Message-ID"] = f"<anonymous-{n}@mail.example>"
    letter["Date"] = "Mon, 23 Nov 2026 10:00:00 +0500"
    letter.set_content("Здравствуйте. Почему расписание занятий второго курса до сих пор не "
        "вывешено на сайте? Прошу принять меры.\n")
    return letter.as_bytes()
