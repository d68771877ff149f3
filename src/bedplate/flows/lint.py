"""Lint the Dockerfiles of a folder."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, LimitExceeded
from bedplate.linting import lint, rule_id
from bedplate.linting.baseline import unknown
from bedplate.linting.checking import chosen_rules
from bedplate.linting.fact_checking import fact_rule_id, fact_rule_twins
from bedplate.linting.fact_rules import FACT_RULES
from bedplate.linting.fixing import apply_fixes
from bedplate.linting.rules import RULES
from bedplate.model.lint_report import LintReport, RuleSummary
from bedplate.model.skipped import Skipped
from bedplate.repofiles import find
from bedplate.repofiles.reading import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bedplate.linting import LintSettings
    from bedplate.model.violation import Violation

    Facts = Callable[[dict[str, str]], tuple[list[Violation], list[Skipped]]]

_MAX_BYTES = 8 * 1024 * 1024
_MAX_IGNORE_BYTES = 256 * 1024
_FEW = 8000  # characters that tell what kind of file it is


def lint_paths(
    folder: Path,
    paths: Sequence[str],
    settings: LintSettings,
    *,
    known: Counter[str] | None = None,
    fix: str = "",
    facts: Facts | None = None,
) -> LintReport:
    """Lint files, and the Dockerfiles of folders.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        settings: what the user decided.
        known: a baseline.
        fix: `safe` or `unsafe` to repair; empty to leave texts alone.
        facts: finds what is wrong with the images that files of any kind name; None to leave
            that out.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be linted.
    """
    rules = chosen_rules(settings)  # before files: a mistake in settings is of no file
    named = {folder / path for path in paths}
    texts: dict[str, str] = {}
    found: list[Violation] = []
    skipped: list[Skipped] = []
    for path in find(folder, *paths):
        if isinstance(path, Skipped):
            skipped.append(path)
            continue
        name = _name(path, folder)
        try:
            text = _read(path)
            if _is_dockerfile(name, text, named=path in named):
                ignored = _dockerignore(path, folder, skipped)
                found += lint(text, rules=rules, config=settings, path=name, dockerignore=ignored)
                texts[name] = text
            elif facts is not None:
                texts[name] = text
        except BadInput as error:
            if path in named:
                error.message = f"{name}: {error.message}"
                raise
            skipped.append(Skipped(name, error.message))
    if facts is not None:
        more, unanswered = facts(texts)
        found = _together(found, more, texts)
        skipped += unanswered
    fresh = unknown(found, texts, known or Counter())
    return LintReport(
        texts=texts,
        violations=tuple(fresh),
        rules=tuple(_summaries(with_facts=facts is not None)),
        skipped=tuple(skipped),
        known=len(found) - len(fresh),
        repaired=dict(_repair(texts, fresh, fix)) if fix else None,
    )


def _together(
    found: list[Violation], more: list[Violation], texts: dict[str, str]
) -> list[Violation]:
    """Put text and facts violations in the order of files; what both tell is told once."""
    told = {(one.path, one.line) for one in found if one.rule == "deprecated-publisher"}
    more = [
        one for one in more if one.rule != "deprecated-image" or (one.path, one.line) not in told
    ]
    places = {name: place for place, name in enumerate(texts)}
    return sorted([*found, *more], key=lambda one: (places[one.path], one.line, one.span))


def _repair(
    texts: dict[str, str], violations: list[Violation], fix: str
) -> Iterator[tuple[str, str]]:
    for path, text in texts.items():
        own = [one for one in violations if one.path == path]
        new = apply_fixes(text, own, unsafe=fix == "unsafe")
        if new != text:
            yield path, new


def _summaries(*, with_facts: bool) -> Iterator[RuleSummary]:
    for rule in RULES:
        summary = (rule.__doc__ or "").partition("\n")[0]
        yield RuleSummary(rule_id(rule), summary, rule.SEVERITY, rule.TWINS)
    for fact_rule in FACT_RULES if with_facts else ():
        summary = (fact_rule.__doc__ or "").partition("\n")[0]
        twins = fact_rule_twins(fact_rule)
        yield RuleSummary(fact_rule_id(fact_rule), summary, fact_rule.SEVERITY, twins)


def _name(path: Path, folder: Path) -> str:
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _is_dockerfile(name: str, text: str, *, named: bool) -> bool:
    """Tell by name and text; a file named by the user is one unless it is known otherwise."""
    kind = kind_of(name, text[:_FEW])
    return named if kind is None else kind.NAME == "dockerfile"


def _dockerignore(path: Path, folder: Path, skipped: list[Skipped]) -> str | None:
    """Read what BuildKit reads for a Dockerfile: the .dockerignore of its name, else its folder's.

    One that can't be read is told once; the Dockerfile is linted without it.
    """
    for place in (path.with_name(f"{path.name}.dockerignore"), path.with_name(".dockerignore")):
        if place.is_file():
            try:
                return _read(place, _MAX_IGNORE_BYTES)
            except BadInput as error:
                reason = Skipped(_name(place, folder), error.message)
                if reason not in skipped:
                    skipped.append(reason)
                return None
    return None


def _read(path: Path, most: int = _MAX_BYTES) -> str:
    """Read a file; bytes that are not UTF-8 are kept as surrogates.

    Raises:
        BadInput: it can't be read.
        LimitExceeded: it is larger than such a file may be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise BadInput(f"can't be read: {error.strerror or error}") from error
    if len(content) > most:
        raise LimitExceeded(f"larger than {most} bytes")
    return content.decode("utf-8", "surrogateescape")
