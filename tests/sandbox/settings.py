"""Settings for the programs against a sandbox, as an administrator would write them."""
from .house import Settings
from .sandbox import Sandbox

# The vice-rectors of the sample university: name, what letters call his post, language, topics.
OFFICIALS = {
    "studies": ("Сейтқали Нұрлан Бекетұлы",
        "проректор по учебной работе; оқу ісі жөніндегі проректор; vice-rector for studies",
        "kk", "academic"),
    "science": ("Оспанова Дина Маратовна",
        "проректор по науке; ғылым жөніндегі проректор; vice-rector for research",
        "ru", "research"),
    "welfare": ("Жүнісов Асқар Қайратұлы",
        "проректор по социальным вопросам; әлеуметтік мәселелер жөніндегі проректор; "
        "vice-rector for social affairs", "kk", "social;general"),
    "economy": ("Ким Сергей Викторович",
        "проректор по инфраструктуре; инфрақұрылым жөніндегі проректор; "
        "vice-rector for infrastructure", "ru", "infrastructure"),
    "foreign": ("Алиева Мадина Ержанқызы",
        "проректор по международным связям; халықаралық байланыстар жөніндегі проректор; "
        "vice-rector for international affairs", "en", "international;digital"),
}


def official_address(sandbox: Sandbox, key: str) -> str:
    return f"{key}@{sandbox.domain}"


def settings(sandbox: Sandbox, mailbox: str | None = None) -> Settings:
    """Everything over TLS that is checked, the password from a file.  `mailbox` is another
    address than the rector's, for a test with a mailbox of its own."""
    secure = {"user": mailbox or sandbox.rector, "password_file": sandbox.folder / "password",
        "ca_file": sandbox.authority}
    groups: Settings = {
        "university": {
            "name.kk": "Үлгі педагогикалық университеті",
            "name.ru": "Образцовый педагогический университет",
            "name.en": "Sample Pedagogical University",
            "address": sandbox.rector,
            "moderator": f"moderator@{sandbox.domain}",
            "administrator": f"administrator@{sandbox.domain}",
            "office": f"office@{sandbox.domain}",
            "timezone": "Asia/Almaty",
        },
        "store": {"path": "store/rector.db"},
        "fetcher": {"server": f"imaps://localhost:{sandbox.imaps_port}", **secure},
        "notifier": {"deliver": f"smtps://localhost:{sandbox.smtps_port}", **secure},
    }
    for key, (name, post, language, topics) in OFFICIALS.items():
        groups[f"official {key}"] = {"name": name, "post": post, "language": language,
            "topics": topics, "address": official_address(sandbox, key)}
    return groups
