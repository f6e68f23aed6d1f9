"""What goes out: that somebody looked, and that the platform says who and why. Nothing else is in it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from goodfaith.common import outbox as keys

SUBJECTS = {
    "look": ("有人查询了您的信用信息", "Somebody looked at your credit information"),
    "request": ("有单位请求查询您的信用信息", "A party asks to look at your credit information"),
    "case": ("您的案件有新的进展", "There is news in your case"),
    "finding": ("您的信用信息有一条新记录", "There is a new record in your credit information"),
}
BODIES = {
    "look": (
        "您好：\n\n{city}诚信平台上有一条与您的信用信息有关的新消息：有人进行了查询，或者您的投诉有了答复。"
        "是谁、为什么、看了什么，请登录平台，在“我的—谁查过我”中查看；有疑问可以在那里投诉。",
        "Hello,\n\nthere is a new message about your credit information on the {city_en} platform: somebody looked, "
        "or a complaint of yours was answered. Log in and open “My – who looked” to see who, why and what; you can "
        "complain there.",
    ),
    "request": (
        "您好：\n\n有单位在{city}诚信平台上请求您同意其查询您的信用信息。是否同意由您决定，不答复即为不同意。"
        "请登录平台，在“我的—授权”中查看并答复。",
        "Hello,\n\na party asks on the {city_en} platform for your consent to look at your credit information. "
        "It is yours to decide; no answer means no. Log in and open “My – consents” to read and answer it.",
    ),
    "case": (
        "您好：\n\n您在{city}诚信平台上的案件（异议、修复、投诉或者其他请求）有了新的进展。办到哪一步、下一步由谁在什么时候"
        "之前办、怎样救济，请登录平台，在“我的—办件”中查看。信用修复不收取任何费用。",
        "Hello,\n\nthere is news in a case of yours (objection, repair, complaint or another request) on the {city_en} "
        "platform. Log in and open “My – cases” to read what was done, who acts next and by when, and how to contest "
        "it. Repair costs nothing.",
    ),
    "finding": (
        "您好：\n\n{city}诚信平台上您的信用信息有一条新记录。写了什么、公示到哪一天、怎样提出异议、最早哪天可以申请信用修复，"
        "请登录平台，在“我的”中查看。信用修复不收取任何费用。",
        "Hello,\n\nthere is a new record in your credit information on the {city_en} platform. Log in and open “My” to "
        "read what it says, until when it is shown, how to object to it and from which day on you may apply for "
        "repair. Repair costs nothing.",
    ),
}
FOOT = (
    "本邮件由系统发出，不含链接，也不会向您索要密码或者验证码。请自行打开平台网站{url}。",
    "This letter was sent by the system. It holds no link and never asks for a password or a code. Open the "
    "platform's website{url} yourself.",
)
SHORT = {
    "look": "【{city}诚信平台】有一条与您的信用信息有关的新消息，请登录平台“谁查过我”查看。短信不含链接，不要验证码。",
    "request": "【{city}诚信平台】有单位请求查询您的信用信息，请登录平台“授权”查看并答复。短信不含链接，不要验证码。",
    "case": "【{city}诚信平台】您的案件有新的进展，请登录平台“办件”查看。信用修复不收费。短信不含链接。",
    "finding": "【{city}诚信平台】您的信用信息有一条新记录，请登录平台“我的”查看。信用修复不收费。短信不含链接。",
}


def _filled(text: str) -> str:
    url = settings.PUBLIC_URL.removeprefix("https://").removeprefix("http://").rstrip("/")
    return text.format(city=settings.CITY["name_zh"], city_en=settings.CITY["name_en"], url=f"（{url}）" if url else "")


def key(outbox: int) -> str:
    """What is the same for every attempt at one line of the outbox, and belongs to no other installation's."""
    return keys.key("outbox", outbox)


def letter(outbox: int, kind: str, address: str, connection: BaseEmailBackend) -> EmailMessage:
    """The letter of one line, in both languages, with an id of its own that stays when it is sent again."""
    zh, en = (_filled(f"{body}\n\n{foot}") for body, foot in zip(BODIES[kind], FOOT, strict=True))
    return EmailMessage(
        subject=" / ".join(SUBJECTS[kind]), body=f"{zh}\n\n{en}\n", to=[address], connection=connection,
        headers=keys.heads(key(outbox)),
    )  # fmt: skip


def short(kind: str) -> str:
    """The short message."""
    return _filled(SHORT[kind])
