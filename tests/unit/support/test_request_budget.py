"""The count of requests, as `--verbose` shows it."""

from __future__ import annotations

from bedplate.support.request_budget import RequestBudget


def test_the_line() -> None:
    budget = RequestBudget()
    assert budget.line() == "no requests"
    for kind in ("manifest", "blob", "manifest"):
        budget.count("ghcr.io", kind)
    budget.count("auth.example", "token")
    budget.limit("ghcr.io", 76)
    assert budget.line() == (
        "auth.example: 1 token; ghcr.io: 1 blob, 2 manifest, 76 left in its rate limit"
    )


def test_totals() -> None:
    budget = RequestBudget()
    budget.count("a", "manifest")
    budget.count("b", "manifest")
    budget.count("b", "retry")
    assert budget.total() == 3
    assert budget.total("manifest") == 2
    assert budget.total("manifest", "retry", host="b") == 2


def test_a_request_put_down_as_another_kind() -> None:
    budget = RequestBudget()
    budget.count("a", "manifest")
    budget.recount("a", "manifest", "challenge")
    assert budget.line() == "a: 1 challenge"
