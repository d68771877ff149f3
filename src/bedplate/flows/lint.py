"""Lint the Dockerfiles of a folder."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, StorageError
from bedplate.flows.build_contexts import BuildContexts
from bedplate.flows.lint_files import check_files, read_files
from bedplate.flows.named_images import named_images
from bedplate.linting import rule_id
from bedplate.linting.baseline import unknown
from bedplate.linting.checking import chosen_rules
from bedplate.linting.comment_filter import without_hidden
from bedplate.linting.fact_checking import fact_rule_id, fact_rule_twins
from bedplate.linting.fact_rules import FACT_RULES
from bedplate.linting.fixing import apply_fixes
from bedplate.linting.repository_checking import check_repository, repository_rule_id
from bedplate.linting.repository_rules import REPOSITORY_RULES
from bedplate.linting.rules import RULES
from bedplate.model.lint_report import LintReport, RuleSummary
from bedplate.model.skipped import Skipped
from bedplate.updating.edited_file import read_edited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bedplate.flows.lint_files import LintedFiles
    from bedplate.flows.named_images import ImagePlaces
    from bedplate.linting import LintSettings
    from bedplate.model.violation import Violation

    Facts = Callable[[dict[str, str], ImagePlaces], tuple[list[Violation], list[Skipped]]]


def lint_paths(
    folder: Path,
    paths: Sequence[str],
    settings: LintSettings,
    *,
    known: Counter[str] | None = None,
    fix: str = "",
    facts: Facts | None = None,
    context: str = "",
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
        context: the build context of every Dockerfile; empty to find out.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be linted.
    """
    every = facts is not None or bool(settings.images)
    chosen_rules(settings)  # before files: a mistake in settings is of no file
    files = read_files(folder, paths, every=every)
    contexts = BuildContexts(folder, context, settings.contexts, _of_builds(files), files.skipped)
    found = list(check_files(files, settings, contexts))
    texts = {
        name: file.text
        for name, file in files.by_name.items()
        if every or file.is_dockerfile or name in files.inline
    }
    named = named_images(texts, files.images)
    more = without_hidden(check_repository(named.places, settings), texts, settings)
    if facts is not None:
        of_images, unanswered = facts(texts, named)
        more += of_images
        files.skipped += unanswered
    elif every:
        files.skipped += named.skipped
    found = _together(found, more, texts)
    fresh = unknown(found, texts, known or Counter())
    return LintReport(
        texts=texts,
        violations=tuple(fresh),
        rules=tuple(_summaries(with_facts=facts is not None)),
        skipped=tuple(dict.fromkeys(files.skipped)),
        known=len(found) - len(fresh),
        repaired=dict(_repair(texts, fresh, fix)) if fix else None,
    )


def _of_builds(files: LintedFiles) -> dict[str, str]:
    """Give the files that may say which folder a Dockerfile is built with."""
    return {name: file.text for name, file in files.by_name.items() if not file.is_dockerfile}


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
    by_path: dict[str, list[Violation]] = {}
    for one in violations:
        by_path.setdefault(one.path, []).append(one)
    for path, own in by_path.items():
        new = apply_fixes(texts[path], own, unsafe=fix == "unsafe")
        if new != texts[path]:
            yield path, new


def _summaries(*, with_facts: bool) -> Iterator[RuleSummary]:
    for rule in RULES:
        summary = (rule.__doc__ or "").partition("\n")[0]
        yield RuleSummary(rule_id(rule), summary, rule.SEVERITY, rule.TWINS)
    for repository_rule in REPOSITORY_RULES:
        summary = (repository_rule.__doc__ or "").partition("\n")[0]
        name = repository_rule_id(repository_rule)
        yield RuleSummary(name, summary, repository_rule.SEVERITY, ())
    for fact_rule in FACT_RULES if with_facts else ():
        summary = (fact_rule.__doc__ or "").partition("\n")[0]
        twins = fact_rule_twins(fact_rule)
        yield RuleSummary(fact_rule_id(fact_rule), summary, fact_rule.SEVERITY, twins)


def write_repairs(report: LintReport, folder: Path) -> tuple[list[str], list[Skipped]]:
    """Put repaired texts in their places, each file whole or not at all.

    Args:
        report: what was repaired.
        folder: what paths start from.

    Returns:
        files that were written; those that could not be, or were changed meanwhile: they are as
        they were.
    """
    written: list[str] = []
    failed: list[Skipped] = []
    for name, text in (report.repaired or {}).items():
        try:
            file = read_edited(folder / name, name)
            if file.text != report.texts[name]:
                raise StorageError("changed while bedplate worked", "run it again")
            file.write(text)
        except BedplateError as error:
            failed.append(Skipped(name, error.message.removeprefix(f"{name}: ")))
        else:
            written.append(name)
    return written, failed
