"""The page docs/fact-rules.md, made from the facts rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.fact_checking import fact_rule_id, fact_rule_twins
from bedplate.linting.fact_rules import FACT_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.fact_rule import FactRule

_HEAD = """\
# Facts rules of `bedplate lint`

`bedplate lint` runs these rules too, unless `--no-facts` is given. They look at what a registry
says of the images that files of any kind name: two requests for each distinct image at most,
requests for tokens and redirects aside. With `--offline`, and where a registry does not answer,
the catalog answers, as of the date that is shown with each violation. What could not be found out
is listed as skipped, with the reason.

```toml
[lint.facts]
platforms = ["linux/amd64", "linux/arm64"]  # what every image must be made for
stale-months = 12                           # when a tag is stale
end-of-life-days = 90                       # how long before its end a release is reported

[lint.packages]                             # where package indexes are; unset: not looked at
debian = ["https://mirror.example.org/debian", "https://mirror.example.org/debian-security"]
ubuntu = "https://mirror.example.org/ubuntu"
alpine = "https://mirror.example.org/alpine"
```

Each distribution has one address or a list: first the mirror that has the releases, then those that
add packages to them. A mirror that has nothing of a release is listed as skipped, and the names of
that release are not judged. The indexes of the releases that files install from are fetched from
there, and the names in them kept in the cache for a day; with `--offline` the cache answers,
however old it is.

This page is made from the rules: `python -c "from bedplate.linting.fact_rule_page import
fact_rule_page; print(fact_rule_page(), end='')" > docs/fact-rules.md`.
"""


def fact_rule_page() -> str:
    """Write the page: what, why, example, fix and fix safety of every facts rule."""
    sections = ["\n".join(_section(rule)) for rule in FACT_RULES]
    return "\n".join([_HEAD, *sections])


def _section(rule: FactRule) -> Iterator[str]:
    yield f"## {fact_rule_id(rule)}"
    yield ""
    yield (rule.__doc__ or "").strip()
    yield ""
    twins = fact_rule_twins(rule)
    yield f"Severity: {rule.SEVERITY.word}." + (f" Twins: {', '.join(twins)}." if twins else "")
    yield ""
