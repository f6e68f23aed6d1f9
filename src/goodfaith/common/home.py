"""Where an installation keeps its own things: keys, passwords, the embedded database, caches.

``GOODFAITH_HOME`` says where; unset, it is ``.goodfaith`` beside the checkout's ``pyproject.toml``, or the
user's data folder when the program was installed without a checkout. Everything in it is private to the
account that runs the program (mode 700).
"""

from __future__ import annotations

import fcntl
import functools
import json
import os
import secrets
from pathlib import Path

from goodfaith.common import crypto_keys

ROOT = Path(__file__).resolve().parents[3]
ROLES = ("owner", "web", "jobs", "sealer")
"""The database roles, each with a password of its own."""


def checkout() -> Path | None:
    """The checkout that this program runs from; None when it was installed as a package."""
    return ROOT if (ROOT / "pyproject.toml").exists() else None


@functools.cache
def home() -> Path:
    """The folder of this installation, made if it is not there."""
    default = ROOT / ".goodfaith" if checkout() else Path.home() / ".local/share/goodfaith"
    folder = Path(os.environ.get("GOODFAITH_HOME") or default).absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@functools.cache
def mark() -> str:
    """What tells installations on one machine apart. Kept in the folder: a folder made anew is a new installation,
    which cannot open, and so must not meet, the database that was sealed and locked with the old keys."""
    return private_file("installation", secrets.token_hex(5).encode()).decode()


def private_file(name: str, fresh: bytes) -> bytes:
    """The bytes of a file of mode 600 in :func:`home`; written with ``fresh`` when it is not there."""
    path = home() / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(fresh)
    return fresh


def replace_private(name: str, data: bytes) -> Path:
    """Write a file of mode 600 in :func:`home` in place of the old one, whole or not at all."""
    return _replace(name, data, 0o600)


def replace_public(name: str, data: bytes) -> Path:
    """The same for a file that every account may read (mode 644), if it is let into the folder."""
    return _replace(name, data, 0o644)


def _replace(name: str, data: bytes, mode: int) -> Path:
    path = home() / name
    fresh = path.with_name(f"{name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path


@functools.cache
def database_passwords() -> dict[str, str]:
    """The passwords of the database roles; a role that came with a newer version gets its own at first sight."""
    with (home() / "passwords.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held: dict[str, str] = json.loads(private_file("database.json", b"{}"))
        passwords = {role: held.get(role) or secrets.token_urlsafe(24) for role in ROLES} | held
        if passwords != held:
            replace_private("database.json", json.dumps(passwords).encode())
    return passwords


def role_name(role: str) -> str:
    """The database role of the processes of ``role`` (web, jobs, sealer). ``GOODFAITH_ROLES`` tells two cities on one
    server apart; it is a word of small letters."""
    return f"{os.environ.get('GOODFAITH_ROLES', 'goodfaith')}_{role}"


def secret_key() -> str:
    """The key that signs sessions and tokens."""
    return os.environ.get("GOODFAITH_SECRET_KEY") or private_file(
        "secret_key", secrets.token_urlsafe(48).encode()
    ).decode()


def data_keys() -> str:
    """The keys that seal people's names and numbers, as JSON."""
    return os.environ.get("GOODFAITH_KEYS") or private_file("keys.json", crypto_keys.new_keys()).decode()
