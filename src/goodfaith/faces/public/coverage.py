"""The clause table and the boundaries as data: read once from the two YAML files beside this module."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Literal

from django.urls import NoReverseMatch, reverse
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Shape):
    """The same in both languages."""

    zh: str
    en: str


class Link(Shape):
    """Where it is done. ``page``: name of an address; ``api``: a path; ``command``: a line for the shell."""

    name: Words | None = None
    page: str = ""
    api: str = ""
    command: str = ""

    @property
    def url(self) -> str:
        """The address of a page that needs no further argument; empty for the rest."""
        try:
            return reverse(self.page) if self.page else ""
        except NoReverseMatch:
            return ""


class Row(Shape):
    """One clause. ``today`` says what works now, and what does not."""

    id: str
    clauses: str
    asks: Words
    does: Words
    status: Literal["works", "partly", "not_yet"]
    today: Words | None = None
    links: tuple[Link, ...] = ()
    tests: tuple[str, ...] = ()


class Group(Shape):
    name: Words
    rows: tuple[Row, ...]


class Source(Shape):
    """A policy document under its short sign."""

    sign: str
    name: Words


class Table(Shape):
    sources: tuple[Source, ...]
    groups: tuple[Group, ...]


class Boundary(Shape):
    """What the software will not do, how it is kept from it, and the tests that try to make it."""

    number: int
    title: Words
    text: Words
    enforced: Words
    tests: tuple[str, ...]


class Boundaries(Shape):
    boundaries: tuple[Boundary, ...]


def _read(name: str) -> object:
    return YAML(typ="safe", pure=True).load((HERE / name).read_text(encoding="utf-8"))


@functools.cache
def _table() -> Table:
    return Table.model_validate(_read("coverage.yaml"))


def groups() -> tuple[Group, ...]:
    """The clause table, in its groups."""
    return _table().groups


def sources() -> tuple[Source, ...]:
    """The documents whose clauses they are."""
    return _table().sources


@functools.cache
def boundaries() -> tuple[Boundary, ...]:
    """The ten boundaries."""
    return Boundaries.model_validate(_read("boundaries.yaml")).boundaries
