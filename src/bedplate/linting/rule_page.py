"""The page docs/rules.md, made from the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.checking import lint, rule_id
from bedplate.linting.repository_checking import repository_rule_id
from bedplate.linting.repository_rules import REPOSITORY_RULES
from bedplate.linting.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.linting.repository_rule import RepositoryRule
    from bedplate.linting.rule import Rule

_HEAD = """\
# Rules of `bedplate lint`

This page is made from the rules: `python -c "from bedplate.linting.rule_page import rule_page;
print(rule_page(), end='')" > docs/rules.md`. A twin is the code under which hadolint (DL), Trivy
(DS) or BuildKit reports the same; how to switch rules off is told in [lint.md](lint.md).
"""


_SEVERAL = """\
# Rules over several files

These look at the images that all files of a run name. Comments hide them as they do others; in
YAML and other files that are no Dockerfiles `# bedplate: ignore=RULE reason` stands at the end of
the line, or on a line of its own above.
"""


def rule_page() -> str:
    """Write the page: what, why, fix, example, fix safety and twins of every rule."""
    sections = ["\n".join(_section(rule)) for rule in RULES]
    over_several = ["\n".join(_section_over_several(rule)) for rule in REPOSITORY_RULES]
    return "\n".join([_HEAD, *sections, _SEVERAL, *over_several])


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule_id(rule)}"
    yield ""
    yield (rule.__doc__ or "").strip()
    yield ""
    for title, texts in (("Instead of", rule.BAD), ("write", rule.GOOD)):
        if texts:
            yield f"{title}\n\n```dockerfile\n{texts[0].rstrip()}\n```\n"
    yield f"Severity: {rule.SEVERITY.word}. {_fix_safety(rule)} {_twins(rule)}"
    yield ""


def _section_over_several(rule: RepositoryRule) -> Iterator[str]:
    yield f"## {repository_rule_id(rule)}"
    yield ""
    yield (rule.__doc__ or "").strip()
    yield ""
    for title, repositories in (("Instead of", rule.BAD), ("write", rule.GOOD)):
        yield f"{title}\n\n```dockerfile\n{_files(repositories[0])}\n```\n"
    yield f"Severity: {rule.SEVERITY.word}. No twin."
    yield ""


def _files(texts: Mapping[str, str]) -> str:
    return "\n\n".join(f"# {path}\n{text.rstrip()}" for path, text in texts.items())


def _fix_safety(rule: Rule) -> str:
    ignored = getattr(rule, "DOCKERIGNORE", None)
    found = (one for text in rule.BAD for one in lint(text, rules=[rule], dockerignore=ignored))
    fixes = [one.fix for one in found if one.fix]
    if not fixes:
        return "No automatic fix."
    if all(fix.safe for fix in fixes):
        return "Fix: safe, the image stays the same."
    return "Fix: unsafe, the image may change; only `--fix=unsafe` applies it."


def _twins(rule: Rule) -> str:
    return f"Twins: {', '.join(rule.TWINS)}." if rule.TWINS else "No twin."
