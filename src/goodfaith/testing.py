"""Settings of the tests: an installation of their own beside the real one, with a fast database.

The embedded database of the tests gives up durability for speed and nothing else: same engine, same
roles, same grants. ``DATABASE_URL`` points the tests at a server instead.
"""

import os

from goodfaith.common.home import ROOT

os.environ.setdefault("GOODFAITH_HOME", str(ROOT / ".goodfaith" / "test"))
os.environ["GOODFAITH_FAST"] = "1"
os.environ["GOODFAITH_DB_ROLE"] = "owner"

from goodfaith.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_REQUIRED = False  # force_login shows no second factor; the tests about it switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
