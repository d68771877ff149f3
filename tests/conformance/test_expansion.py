"""Words with variables -> words without."""

from __future__ import annotations

from typing import Any

import pytest

from bedplate.dockerfile import expand
from bedplate.errors import ExpansionError

KIND = "kind"
KINDS: frozenset[str] = frozenset()


def test_word_is_expanded_as_buildkit_expands_it(row: dict[str, Any]) -> None:
    environment = dict(item.partition("=")[::2] for item in row["env"])
    expect = row["expect"]
    try:
        expansion = expand(row["word"], environment, escape=row["escape"])
    except ExpansionError as error:
        if not expect.get("error"):
            pytest.fail(f"refused: {error}", pytrace=False)
        return
    assert not expect.get("error"), f"gave {expansion.text!r}"
    if row["kind"] == "words":
        assert list(expansion.words) == expect["words"]
    else:
        assert expansion.text == expect["result"]
        assert expansion.unset == set(expect["unset"])
