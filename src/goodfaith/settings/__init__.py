"""Every setting of the program, each with what it means. Environment variables override where named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from goodfaith.common.home import ROOT, checkout, data_keys, secret_key
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

# -- intake -----------------------------------------------------------------------------------------
MAX_UPLOAD_BYTES = 200 * 2**20
MAX_UNPACKED_BYTES = 2 * 2**30
MAX_COLUMNS = 500
MAX_ROWS = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
"""Bodies of JSON and forms; files stream to disk beyond 2.5 MiB."""

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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/log-in/"
LOGIN_REDIRECT_URL = "/welcome/"
LOGOUT_REDIRECT_URL = "/"
SECURE_COOKIES = os.environ.get("GOODFAITH_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
OAUTH2_PROVIDER = {
    "SCOPES": {
        "intake:check": "数据预检",
        "intake:submit": "报送数据",
        "organisations:read": "查询法人和其他组织的公开信息",
    },
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
}

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
