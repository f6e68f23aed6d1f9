"""Settings of the tests: an installation of their own beside the real one, with a fast database.

The embedded database of the tests gives up durability for speed and nothing else: same engine, same
roles, same grants. ``DATABASE_URL`` points the tests at a server instead.
"""

import os

from goodfaith.common.home import ROOT

HOME = str(ROOT / ".goodfaith" / "test")
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")
"""The name of this process when several run the tests side by side: each has a database server of its own."""
if os.environ.get("GOODFAITH_HOME", HOME) == HOME:  # a process is given the home of the one that started it
    os.environ["GOODFAITH_HOME"] = f"{HOME}-{PROCESS}" if PROCESS else HOME
os.environ["GOODFAITH_FAST"] = "1"
os.environ["GOODFAITH_DB_ROLE"] = "owner"

from goodfaith.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_REQUIRED = False  # force_login shows no second factor; the tests about it switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
