"""Pin the images of a repository: in its files, or in a lock file beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.flows.pin_answers import PinAnswers
from bedplate.flows.pin_files import read_lock_file, read_named, write_files
from bedplate.model.pin import ChangedFile, PinReport
from bedplate.updating.edited_file import EditedFile
from bedplate.updating.lock_images import drop_images, lock_images, waits_for_lock
from bedplate.updating.lockfile import FILE_NAME, read_lock, write_lock
from bedplate.updating.pin_file import pin_file, unpin_file, waits_for_answer
from bedplate.updating.verify_pins import to_verify, verify_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.flows.session import Session


def pin(
    folder: Path,
    paths: Sequence[str],
    session: Session,
    *,
    expand: bool = False,
    from_daemon: bool = False,
    write: bool = True,
) -> PinReport:
    """Write the digest of each image behind its tag; what is pinned already stays.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        session: offline, the catalog answers.
        expand: narrow floating tags to the exact ones of the same digest.
        from_daemon: take digests from the engine's images.
        write: put the new texts in place; else they are only shown.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    named, skipped = read_named(folder, paths)
    answers = PinAnswers(session, from_daemon=from_daemon)
    answers.prepare(reference for one in named for reference in waits_for_answer(one))
    planned = [(one.file, *pin_file(one, answers, expand=expand)) for one in named]
    report = PinReport(
        tuple(pin for _, pins, _ in planned for pin in pins), skipped=skipped, files=len(named)
    )
    return _finish(report, [(file, new) for file, _, new in planned if new], write=write)


def unpin(folder: Path, paths: Sequence[str], *, write: bool = True) -> PinReport:
    """Take the digests away again where a tag stands beside them; arguments as for `pin`."""
    named, skipped = read_named(folder, paths)
    planned = [(one.file, *unpin_file(one)) for one in named]
    report = PinReport(
        tuple(pin for _, pins, _ in planned for pin in pins), skipped=skipped, files=len(named)
    )
    return _finish(report, [(file, new) for file, _, new in planned if new], write=write)


def pin_lock(
    folder: Path,
    paths: Sequence[str],
    session: Session,
    *,
    from_daemon: bool = False,
    drop: bool = False,
    write: bool = True,
) -> PinReport:
    """Keep the digests in `bedplate.lock` of the folder; arguments as for `pin`.

    Args:
        drop: forget the images that the files name, instead.
    """
    named, skipped = read_named(folder, paths)
    file = read_lock_file(folder)
    lock = read_lock(file.text, FILE_NAME) if file else {}
    if drop:
        pins, new = drop_images(named, lock)
    else:
        answers = PinAnswers(session, from_daemon=from_daemon)
        answers.prepare(waits_for_lock(named, lock))
        # a run over everything knows what nobody names any more
        pins, new = lock_images(named, lock, answers, prune=not paths and not skipped)
    changed = ChangedFile(FILE_NAME, file.text if file else "", write_lock(new))
    file = file or EditedFile(FILE_NAME, folder / FILE_NAME, None)
    report = PinReport(pins, skipped=skipped, files=len(named))
    return _finish(report, [(file, changed)] if new != lock else [], write=write)


def verify_pins(
    folder: Path, paths: Sequence[str], session: Session, *, from_daemon: bool = False
) -> PinReport:
    """Check that pins are what their tags say, in files and in `bedplate.lock` if it is there.

    Raises:
        BadInput: as for `pin`, or a lock file that can't be read.
    """
    named, skipped = read_named(folder, paths)
    file = read_lock_file(folder)
    lock = read_lock(file.text, FILE_NAME) if file else None
    answers = PinAnswers(session, from_daemon=from_daemon)
    answers.prepare(reference for one in named for reference in to_verify(one, lock))
    pins = tuple(pin for one in named for pin in verify_file(one, answers, lock))
    return PinReport(pins, skipped=skipped, files=len(named))


def _finish(
    report: PinReport, files: list[tuple[EditedFile, ChangedFile]], *, write: bool
) -> PinReport:
    changed = tuple(new for _, new in files)
    failed = write_files(files) if write else ()
    return replace(report, changed=changed, failed=failed, written=write)
