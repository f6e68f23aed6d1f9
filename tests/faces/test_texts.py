"""The interface's texts: Chinese at the source, English for all of them, nothing that escapes translation."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.conftest import WebClient

ROOT = Path(__file__).resolve().parents[2]
FACES = ROOT / "src/goodfaith/faces"
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
"""Han characters and the punctuation that goes with them."""
HAN = re.compile(r"[\u4e00-\u9fff]")
NAMED = re.compile(r"%\((\w+)\)[sd]")
TAG = re.compile(
    r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
TRANSLATED = re.compile(r"\{%\s*(?:block)?trans|\{#|.*_\([\"'][^\"']*[\"']\)", re.DOTALL)
LANGUAGE_NAMES = {"parts/language.html"}
"""Where 中文 stands for itself."""
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "lazy", "_n", "ngettext", "ngettext_lazy"}
CHINESE_FORMS = {"parts/words.py", "desk/dashboard_lines.py"}
"""Dates written out the Chinese way, and the taking apart of the intake's Chinese sentences."""


def _scripts_texts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scripts_texts", ROOT / "scripts/texts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def known() -> Catalog:
    """The texts as they are translated."""
    with (ROOT / "src/goodfaith/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en")


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def _keys(catalog: Catalog) -> set[tuple[tuple[str, ...], str | None]]:
    return {(_forms(message.id), message.context) for message in catalog if message.id}


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def test_the_texts_are_those_of_the_sources(known: Catalog) -> None:
    """``scripts/texts.py`` would add nothing and drop nothing."""
    fresh = _scripts_texts().collect()
    assert _keys(fresh) == _keys(known), "run scripts/texts.py and translate what --missing lists"


def test_every_text_has_english(known: Catalog) -> None:
    assert not [m.id for m in _messages(known) if not all(_forms(m.string))]
    assert not [m.id for m in _messages(known) if m.fuzzy]


def test_placeholders_agree(known: Catalog) -> None:
    """Every form of the translation names exactly the values that the source names."""
    wrong = [
        (message.id, form)
        for message in _messages(known)
        for form in _forms(message.string)
        if sorted(set(NAMED.findall(form))) != sorted(set(NAMED.findall(_forms(message.id)[0])))
    ]
    assert not wrong


def test_english_is_english(known: Catalog) -> None:
    """No Han characters in a translation but the two words that a reader has to type as they are."""
    quoted = re.compile("“(?:长期|无)”|“、”")
    assert not [
        form for m in _messages(known) for form in _forms(m.string) if CHINESE.search(quoted.sub("", form))
    ]


def _loose(template: str) -> Iterator[str]:
    """Chinese of a template outside what is translated."""
    for tag in TAG.findall(template):
        if CHINESE.search(tag) and not TRANSLATED.match(tag):
            yield tag
    yield from (line.strip() for line in TAG.sub("", template).splitlines() if CHINESE.search(line))


TEMPLATES = sorted((FACES / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FACES / "templates")))
def test_templates_hold_no_loose_chinese(path: Path) -> None:
    if str(path.relative_to(FACES / "templates")) not in LANGUAGE_NAMES:
        assert not list(_loose(path.read_text(encoding="utf-8")))


def _loose_strings(source: str) -> Iterator[tuple[int, str]]:
    """(line, string) of string constants with Han characters that are no docstring and not translated."""
    tree = ast.parse(source)
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            fine |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr):
            fine.add(id(node.value))
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in fine
        if said and HAN.search(node.value):  # type: ignore[attr-defined]
            yield node.lineno, node.value  # type: ignore[attr-defined]


PAGES = sorted(p for face in ("account", "public", "my", "desk", "parts") for p in (FACES / face).rglob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FACES)))
def test_views_hold_no_loose_chinese(path: Path) -> None:
    if str(path.relative_to(FACES)) not in CHINESE_FORMS:
        assert not list(_loose_strings(path.read_text(encoding="utf-8")))


# -- pages in English ---------------------------------------------------------------------------------

WHOLE = ["/", "/organisations/", "/about/boundaries/", "/about/contest/", "/about/privacy/", "/log-in/", "/nowhere/"]
"""Pages that hold no data: all of their text is ours."""
FRAMED = ["/double-publicity/", "/about/coverage/", "/about/catalogue/"]
"""Pages whose middle is data of the catalogue; their frame is ours."""
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<(\w+)[^>]*\blang=\"zh[^\"]*\"[^>]*>.*?</\2>", re.DOTALL)
SEEN = re.compile(r">([^<]+)<|\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
FRAME = re.compile(r"<(title|header|footer|h1|h2|legend|label|button|summary|nav)\b.*?</\1>", re.DOTALL)


def _page(web: WebClient, address: str) -> str:
    answer = web.get(address, headers={"accept-language": "en"}, follow=True)
    assert answer.status_code in (200, 404), (address, answer.status_code)
    page = answer.content.decode()
    assert '<html lang="en' in page
    return UNSEEN.sub("", page)


def _seen_chinese(page: str) -> list[str]:
    return [text for pair in SEEN.findall(page) for text in pair if CHINESE.search(text)]


@pytest.mark.parametrize("address", WHOLE)
def test_pages_without_data_are_all_english(web: WebClient, address: str) -> None:
    assert not _seen_chinese(_page(web, address))


@pytest.mark.parametrize("address", FRAMED)
def test_frames_of_pages_with_data_are_english(web: WebClient, address: str) -> None:
    frame = "".join(match.group(0) for match in FRAME.finditer(_page(web, address)))
    laws = re.compile(r'<summary>.*?</summary>', re.DOTALL)
    assert not _seen_chinese(laws.sub("", frame))


def test_chinese_is_the_language_without_a_wish(web: WebClient) -> None:
    page = web.get("/").content.decode()
    assert '<html lang="zh-hans' in page
