"""What headers ask for, in seconds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.support.http_retry import backoff, rate_limit, refusal, retry_after, wanted_wait

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("9" * 400, 10.0**32),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    found = retry_after({"Retry-After": value}, NOW)
    assert found == pytest.approx(seconds) if seconds else found == seconds


@pytest.mark.parametrize(
    ("headers", "remaining", "window", "reset"),
    [
        ({"RateLimit-Remaining": "76;w=21600"}, 76, 21_600, None),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "12"}, 0, None, 12),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": str(NOW + 5)}, 0, None, 5),
        ({"RateLimit": "limit=100, remaining=3, reset=9"}, 3, None, 9),
        ({"RateLimit": '"pulls";r=0;t=30'}, 0, None, 30),
        ({"RateLimit-Remaining": "many"}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_rate_limit(
    headers: dict[str, str], remaining: int | None, window: float | None, reset: float | None
) -> None:
    limit = rate_limit(headers, NOW)
    assert (limit.remaining, limit.window, limit.reset) == (remaining, window, reset)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "3", "RateLimit-Remaining": "0;w=60"}, 3),
        ({"RateLimit-Remaining": "0;w=21600"}, 21_600),
        ({"RateLimit-Remaining": "0;w=21600", "RateLimit-Reset": "8"}, 8),
        ({"RateLimit-Remaining": "5;w=21600"}, None),
        ({}, None),
    ],
)
def test_what_a_refusal_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert wanted_wait(headers, NOW) == seconds


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_backing_off_is_bounded(attempt: int, chance: float) -> None:
    delay = backoff(attempt, chance)
    assert 0.1 < delay <= 8
    assert backoff(attempt + 1, chance) >= delay


@given(
    st.dictionaries(
        st.sampled_from(["Retry-After", "RateLimit", "RateLimit-Remaining", "RateLimit-Reset"]),
        st.text(max_size=40),
    )
)
def test_any_header_is_read_without_a_complaint(headers: dict[str, str]) -> None:
    wait = wanted_wait(headers, NOW)
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("status", "headers", "meaning"),
    [
        (403, {"Retry-After": "60"}, 429),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(NOW)}, 429),
        (403, {"X-RateLimit-Remaining": "7"}, 403),
        (403, {}, 403),
        (404, {"Retry-After": "60"}, 404),
    ],
)
def test_a_403_may_be_a_rate_limit(status: int, headers: dict[str, str], meaning: int) -> None:
    assert refusal(status, headers) == meaning


def test_rate_limits_with_an_x_before_them() -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(NOW) + 5)}
    assert wanted_wait(headers, NOW) == 5
