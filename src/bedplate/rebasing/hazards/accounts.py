"""Users that have another number, or another name, or are not there any more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate.binaries.accounts import read_groups, read_users
from bedplate.images.layer_index import OWNER
from bedplate.images.tar import owner_number
from bedplate.model.rebase_report import Concern
from bedplate.rebasing.situation import SHOWN, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.abi_profile import UserAccount
    from bedplate.model.tree import Tree
    from bedplate.rebasing.situation import Situation

NAME = "accounts"
_PASSWD, _GROUP = "etc/passwd", "etc/group"


def find(situation: Situation) -> Iterator[Concern]:
    """Look at the user of the image, at account files in its layers, and at owners of files."""
    yield from _start_user(situation)
    yield from _hidden_users(situation)
    yield from _owners(situation)


def _start_user(situation: Situation) -> Iterator[Concern]:
    user, _, group = str(situation.runs.merged.get("User") or "").partition(":")
    tables = (
        ("user", user, {account.name for account in _users(situation.merged)}),
        ("group", group, set(read_groups(situation.merged.read(_GROUP) or b""))),
    )
    for word, name, known in tables:
        if name and not name.isdecimal() and name not in known:
            yield Concern(
                NAME,
                blocks=True,
                message=f"the image starts as {word} {name}, which is not on the new base",
                fix="name a number, or create the account in the image",
            )


def _hidden_users(situation: Situation) -> Iterator[Concern]:
    """Find accounts of the new base that a file of the application hides."""
    if not any(path == _PASSWD for _, path in situation.files()):
        return
    there = {account.name for account in _users(situation.merged)}
    gone = sorted({account.name for account in _users(situation.after)} - there)
    message = "a layer of the application holds /etc/passwd as the old base had it"
    if gone:
        message += f": accounts of the new base are hidden: {', '.join(gone[:SHOWN])}"
    yield Concern(NAME, blocks=False, message=message, paths=(_PASSWD,))


def _owners(situation: Situation) -> Iterator[Concern]:
    """Find files whose owner has a name on the old base and another or none on the new one."""
    before = {account.uid: account.name for account in _users(situation.before)}
    after = {account.uid: account.name for account in _users(situation.merged)}
    counts = Counter[int]()
    for layer in situation.app:
        for at in range(0, len(layer.owners), OWNER):
            counts[owner_number(bytes(layer.owners[at : at + OWNER]), 1)] += 1
    changed = [uid for uid in sorted(counts) if uid in before and before[uid] != after.get(uid)]
    for uid in changed[:SHOWN]:
        yield Concern(
            NAME,
            blocks=False,
            message=f"{counted(counts[uid], 'file')} of user {uid}, {before[uid]} on the old "
            f"base, belong to {after.get(uid, 'nobody')} on the new one",
        )
    if len(changed) > SHOWN:
        message = f"files of {len(changed) - SHOWN} more users belong to others on the new base"
        yield Concern(NAME, blocks=False, message=message)


def _users(tree: Tree) -> tuple[UserAccount, ...]:
    return read_users(tree.read(_PASSWD) or b"")
