"""The box that says what happened: its ARIA role is said by the page, never taken from an officer's role."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(("said", "has"), [({}, False), ({"says_role": "alert"}, True)])
def test_only_a_role_that_the_page_says_is_written(said: dict[str, str], has: bool) -> None:
    made = render_to_string("parts/notice.html", {"head": "没有办成", "role": "credit_office", **said})
    assert ('role="alert"' in made) is has
    assert "credit_office" not in made
