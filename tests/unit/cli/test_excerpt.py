"""A Dockerfile that can't be parsed: one line, and below it the place."""

from __future__ import annotations

from typing import Any


def test_the_place_is_shown_below_the_error(shell: Any) -> None:
    (shell.folder / "Dockerfile").write_text('FROM node:20\nRUN ["a", 1]\n')
    assert shell.run("lint", "Dockerfile") == 2
    first, *excerpt = shell.err.splitlines()
    assert first.startswith("bedplate: error: Dockerfile: line 2")
    assert any('RUN ["a", 1]' in line for line in excerpt)
    assert "^" in excerpt[-1]
    assert shell.out == ""
