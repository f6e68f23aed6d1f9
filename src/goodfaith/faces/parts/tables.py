"""A table as ``parts/table.html`` draws it: sticky head, sort by links, column choice, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Column:
    """``kind``: text, short (unbroken), num, day, code or main (it names the row). ``shown``: at first sight."""

    code: str
    label: str | Promise
    kind: str = "text"
    sortable: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` is escaped text, or a SafeString of the page's own making."""

    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column with what its head does: the address that sorts by it, and how it is sorted now."""

    column: Column
    url: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` map column codes to values or cells; ``sort`` is "code" or "-code"; ``query`` the page's GET."""

    code: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    caption: str | Promise = ""
    sort: str = ""
    query: QueryDict | None = None
    export_url: str = ""
    folds: bool = True
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def heads(self) -> list[Head]:
        """The heads, each with its sorting address."""
        return [Head(column, self._sort_url(column), self._sorted(column)) for column in self.columns]

    @property
    def body(self) -> list[list[tuple[Column, Cell]]]:
        """Rows of (column, cell)."""
        return [[(column, _cell(row.get(column.code))) for column in self.columns] for row in self.rows]

    @property
    def chooses(self) -> bool:
        """Whether there are so many columns that a choice helps."""
        return len(self.columns) > 5

    def _sorted(self, column: Column) -> str:
        return {column.code: "ascending", f"-{column.code}": "descending"}.get(self.sort, "")

    def _sort_url(self, column: Column) -> str:
        if not column.sortable:
            return ""
        query = self.query.copy() if self.query is not None else QueryDict(mutable=True)
        query.pop("after", None)
        query["sort"] = f"-{column.code}" if self.sort == column.code else column.code
        return f"?{query.urlencode()}"


def _cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell("—" if value is None or value == "" else value)
