"""Every setting of the program, each with what it means. Environment variables override where named."""

from __future__ import annotations

import datetime
import hashlib
import os
from pathlib import Path
from typing import Any

from goodfaith.common.home import ROOT, checkout, data_keys, home, mark, secret_key
from goodfaith.settings.database import database

PACKAGE = Path(__file__).resolve().parent.parent

# -- the city ---------------------------------------------------------------------------------------
CITY = {
    "name_zh": os.environ.get("GOODFAITH_CITY_ZH", "示例市"),
    "name_en": os.environ.get("GOODFAITH_CITY_EN", "Shili"),
    "province_zh": os.environ.get("GOODFAITH_PROVINCE_ZH", "示例省"),
    "area_code": os.environ.get("GOODFAITH_AREA", "990100"),
    "demo": os.environ.get("GOODFAITH_CITY_ZH") is None,
}
"""The one place where a city is named."""
PACKS_DIR = Path(os.environ.get("GOODFAITH_PACKS") or (ROOT / "packs" if checkout() else PACKAGE / "packs"))

# -- secrets ----------------------------------------------------------------------------------------
SECRET_KEY = secret_key()
KEYS = data_keys()
CRYPTO_SUITE = os.environ.get("GOODFAITH_CRYPTO_SUITE", "aes")
"""``aes``: AES-256-GCM and HMAC-SHA-256; ``sm``: SM4-GCM and HMAC-SM3 (GB/T 39786)."""

# -- the access ledger ------------------------------------------------------------------------------
LEDGER: dict[str, Any] = {
    "seal_seconds": float(os.environ.get("GOODFAITH_SEAL_SECONDS", "2")),
    "open_seconds": int(os.environ.get("GOODFAITH_SEAL_LIMIT", "120")),
    "witness_seconds": float(os.environ.get("GOODFAITH_WITNESS_SECONDS", "60")),
    "witness_dir": os.environ.get("GOODFAITH_WITNESS_DIR", str(home() / "witness")),
    "witness_urls": [url for url in os.environ.get("GOODFAITH_WITNESS_URLS", "").split(",") if url],
}
"""``seal_seconds``: how often entries are sealed; ``open_seconds``: for how long after the last seal people's files
may still be opened; ``witness_seconds``: how often at most a new head is handed to the witnesses, which are a
folder (empty: none) and addresses that take it by HTTP POST."""

# -- intake -----------------------------------------------------------------------------------------
MAX_UPLOAD_BYTES = 200 * 2**20
MAX_UNPACKED_BYTES = 2 * 2**30
MAX_COLUMNS = 500
MAX_ROWS = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
"""Bodies of JSON and forms; files stream to disk beyond 2.5 MiB."""

# -- checks in bulk ----------------------------------------------------------------------------------
INQUIRY_MAX_ROWS = 5_000
INQUIRY_MAX_BYTES = 10 * 2**20
INQUIRY_MAX_ATTACHMENT_BYTES = 10 * 2**20
INQUIRY_DAILY_PEOPLE = int(os.environ.get("GOODFAITH_BULK_PEOPLE_A_DAY", "10000"))
"""How many natural persons the bulk checks of one unit may ask about in one day."""
INQUIRY_KEPT_DAYS = 30
"""For so many days the officer sees the answers; then they are gone, and only the entries stay."""
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# -- Django -----------------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GOODFAITH_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GOODFAITH_ORIGINS", "").split(",") if o]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "oauth2_provider",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "goodfaith.common",
    "goodfaith.law",
    "goodfaith.parties",
    "goodfaith.subjects",
    "goodfaith.ledger",
    "goodfaith.records",
    "goodfaith.intake",
    "goodfaith.gate",
    "goodfaith.inquiry",
    "goodfaith.oversight",
    "goodfaith.rights",
    "goodfaith.duties",
    "goodfaith.demo",
    "goodfaith.faces.parts",
    "goodfaith.faces.public",
    "goodfaith.faces.my",
    "goodfaith.faces.desk",
    "goodfaith.faces.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goodfaith.faces.headers.SecurityHeaders",
    "goodfaith.faces.api.lean.LeanApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goodfaith.faces.account.middleware.LogInRules",
    "goodfaith.faces.headers.ProblemPages",
]
ROOT_URLCONF = "goodfaith.urls"
WSGI_APPLICATION = "goodfaith.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "faces/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goodfaith.faces.parts.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "libraries": {"account_words": "goodfaith.faces.account.words"},
        },
    }
]
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS ends at the proxy in front

# -- log-in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "parties.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "goodfaith.parties.breached.BreachListValidator"},
]
BREACH_LIST = os.environ.get("GOODFAITH_BREACH_LIST", "")
"""File or folder of Have I Been Pwned's list of breached passwords; its passwords are refused."""
MFA_REQUIRED = True
"""Officers need a second factor (TOTP or a passkey) before the desk opens."""
ACCOUNT_ADAPTER = "goodfaith.faces.account.adapter.Adapter"
MFA_ADAPTER = "goodfaith.parties.second_factor.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "goodfaith.faces.account.forms.LogInForm",
    "change_password": "goodfaith.faces.account.forms.PasswordForm",
    "reauthenticate": "goodfaith.faces.account.forms.AgainForm",
}
ACCOUNT_RATE_LIMITS = {"login": "90/m/ip", "login_failed": "60/5m/ip,5/15m/key", "reauthenticate": "20/m/user"}
"""Five wrong passwords, or codes, close an account's log-in for a quarter of an hour; sixty in five minutes that of
an address."""
MFA_FORMS = {
    "authenticate": "goodfaith.faces.account.forms.CodeForm",
    "reauthenticate": "goodfaith.faces.account.forms.CodeAgainForm",
    "activate_totp": "goodfaith.faces.account.forms.FirstCodeForm",
    "add_webauthn": "goodfaith.faces.account.forms.PasskeyForm",
    "edit_webauthn": "goodfaith.faces.account.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
"""Codes of the half minute before and after are taken, for clocks that are not exact; each code once."""
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GOODFAITH_PROXIES", "0"))
"""How many proxies of one's own stand in front and add to X-Forwarded-For; limits by address need it."""
SOCIALACCOUNT_ADAPTER = "goodfaith.faces.account.citizens.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
IDENTITY: dict[str, Any] = {
    "name": os.environ.get("GOODFAITH_OIDC_NAME", ""),
    "issuer": os.environ.get("GOODFAITH_OIDC_ISSUER", ""),
    "client_id": os.environ.get("GOODFAITH_OIDC_CLIENT", "goodfaith"),
    "secret": os.environ.get("GOODFAITH_OIDC_SECRET") or hashlib.sha256(f"identity {SECRET_KEY}".encode()).hexdigest(),
    "scopes": os.environ.get("GOODFAITH_OIDC_SCOPES", "openid profile id_number").split(),
    "number_claim": os.environ.get("GOODFAITH_OIDC_NUMBER", "id_number"),
    "name_claim": os.environ.get("GOODFAITH_OIDC_NAME_CLAIM", "name"),
}
"""The OpenID Connect provider that citizens log in with. Without an issuer the invented city has a stand-in."""
OFFICER_IDLE_SECONDS = 30 * 60
IDLE_SECONDS = 2 * 3600
"""A session left alone so long is over; none lasts longer than SESSION_COOKIE_AGE."""
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Shared by all processes: attempts to log in, codes already used. Above so many entries the oldest keys would go,
lock-outs among them, so there is room for far more than the limits by address let through."""
LOGIN_URL = "/log-in/"
LOGIN_REDIRECT_URL = "/welcome/"
LOGOUT_REDIRECT_URL = "/"
SECURE_COOKIES = os.environ.get("GOODFAITH_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
"""With GOODFAITH_TLS=1 the proxy in front sets this header itself, and drops the one a client sends."""
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "goodfaith.faces.api.scopes.Scopes",
    "OAUTH2_VALIDATOR_CLASS": "goodfaith.faces.api.assertions.Validator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
}

# -- oversight ----------------------------------------------------------------------------------------
OVERSIGHT: dict[str, Any] = {
    "complaint_limits": [
        {"since": datetime.date(2013, 3, 15), "days": 30, "basis": "《征信业管理条例》第二十六条（参照适用）"},
    ],
    "rules": {
        "night_from": 22, "night_to": 6,
        "volume_floor": 20, "volume_times": 3, "history_days": 30,
        "neighbours": 3, "refusals": 5, "repeat_days": 3, "unfollowed_days": 7, "case_length": 4,
    },
}  # fmt: skip
"""``complaint_limits``: days for the answer to a complaint, counted from the day after it was made, by the
date from which the article holds. ``rules``: what counts as unusual access (hours, looks, people, attempts,
days, characters); the auditor's pages show them."""

# -- rights -------------------------------------------------------------------------------------------
RIGHTS: dict[str, Any] = {
    "remind_every_days": 5,
    "remind_at_most": 6,
    "address": os.environ.get("GOODFAITH_RIGHTS_ADDRESS", "示例市政务服务中心信用服务窗口" if CITY["demo"] else ""),
    "phone": os.environ.get("GOODFAITH_RIGHTS_PHONE", "0990-1234567" if CITY["demo"] else ""),
    "hours": os.environ.get("GOODFAITH_RIGHTS_HOURS", "工作日 9:00—12:00，13:30—17:00" if CITY["demo"] else ""),
}
"""How often a unit that was given a record is reminded that it has not confirmed what it did about its recall. How long
procedures may take is in the packs (``limits``). Where letters say that the city's counter for rights is reached."""

# -- duties -------------------------------------------------------------------------------------------
DUTIES: dict[str, Any] = {
    "remind_days_before": [30, 7, 1], "remind_overdue_every": 7, "confirm_days": 5,
    "question_working_days": 15, "open_questions": 5, "document_bytes": 50 * 2**20,
}  # fmt: skip
"""``remind_days_before``: calendar days before the due day on which a unit is reminded; ``remind_overdue_every``: days
between reminders after it; ``confirm_days``: after so many days without confirmed receipt it is reminded of that;
``question_working_days``: for the answer to a question where no pack names a limit (``duty``, ``question_answer``);
``open_questions``: how many unanswered questions one account may have; ``document_bytes``: the largest document."""

# -- messages going out -------------------------------------------------------------------------------
EMAIL_HOST = os.environ.get("GOODFAITH_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GOODFAITH_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GOODFAITH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GOODFAITH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GOODFAITH_EMAIL_TLS") == "starttls"
EMAIL_USE_SSL = os.environ.get("GOODFAITH_EMAIL_TLS") == "tls"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = home() / "mail"
"""Without a mail server, letters are written here as files."""
DEFAULT_FROM_EMAIL = os.environ.get("GOODFAITH_EMAIL_FROM", "no-reply@localhost")
OUTBOX_MARK = mark()
"""Part of every letter's id, so that letters of two installations are never taken for one."""
PUBLIC_URL = os.environ.get("GOODFAITH_URL", "")
"""The address of the platform as it stands in letters; empty: letters name none."""
SMS_URL = os.environ.get("GOODFAITH_SMS_URL", "")
SMS_TOKEN = os.environ.get("GOODFAITH_SMS_TOKEN", "")
SMS_SENDER = "goodfaith.oversight.sms.HttpSmsSender" if SMS_URL else ""
"""What sends short messages (a class of ``oversight.sms.SmsSender``); empty: none, and none is offered."""

# -- language ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# -- static -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "faces/assets"
"""Built by ``make assets``; served from memory by the web process itself."""
WHITENOISE_MAX_AGE = 300

# -- logs: never a person's name or number; values of rows do not go to the log -----------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "goodfaith": {"level": "INFO"},
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
