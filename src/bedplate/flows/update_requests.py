"""One change request for each group: opened, refreshed, or closed when nobody needs it any more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.errors import BranchMoved, ForgeError, GitError, Unauthorized
from bedplate.flows.update import plan_update
from bedplate.flows.update_dashboard import keep_dashboard
from bedplate.forges.refreshing import Action, find_declined, refresh
from bedplate.forges.retiring import Retired, retire_stale
from bedplate.model.change_request import NewChangeRequest
from bedplate.model.skipped import Skipped
from bedplate.model.update_report import GroupOutcome, GroupStatus, UpdateReport
from bedplate.reporting.commit_message import commit_message
from bedplate.reporting.request_body import request_body
from bedplate.support.git_publishing import Branch, Push, publish
from bedplate.support.git_remote import fetch
from bedplate.support.git_worktree import worktree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedplate.flows.outdated import Outlook
    from bedplate.flows.session import Session
    from bedplate.flows.update import UpdatePlan
    from bedplate.forges.forge import ForgeClient
    from bedplate.model.change_request import ChangeRequest
    from bedplate.model.update_group import UpdateGroup
    from bedplate.support.git import Git
    from bedplate.support.git_remote import Remote

_STALE = "There is nothing to update here any more, so bedplate closes this."
_ACTIONS = {
    Action.CREATED: GroupStatus.CREATED,
    Action.UPDATED: GroupStatus.UPDATED,
    Action.UNCHANGED: GroupStatus.UNCHANGED,
    Action.DECLINED: GroupStatus.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where change requests are opened.

    Args:
        client: of the repository on its forge.
        git: a clone of it; neither its working tree nor its branches are touched.
        remote: where branches are pushed.
        base: branch that they are for.
        below: folder of the run, from the top of the repository; empty for the top.
    """

    client: ForgeClient
    git: Git
    remote: Remote
    base: str
    below: str = ""


def update_requests(
    place: Place, paths: Sequence[str], session: Session, outlook: Outlook
) -> UpdateReport:
    """Open or refresh the change request of every group; a second run changes nothing.

    What is looked at is the base branch as the remote has it, not the working tree. Requests
    that are stale are closed only when the whole repository was looked at, and all of it could be
    examined: else they may still be needed.

    Args:
        place: the repository.
        paths: files and folders; none for the folder of the run.
        session: asks registries.
        outlook: what may be moved to; with deltas, which the bodies show.

    Raises:
        Unauthorized: the token may not do this.
        GitError, ForgeError: the remote or the forge did not answer as it should.
    """
    base = fetch(place.git, place.remote, place.base)
    with worktree(place.git, base) as tree:
        plan = plan_update(tree / place.below, paths, session, outlook)
    there = {one.branch: one for one in place.client.list_open(outlook.settings.branch_prefix)}
    retired = Retired()
    if not paths and not place.below and not plan.outdated.unexamined:
        retired = _retire(place, plan, outlook.settings.branch_prefix, there)
    for request in retired.closed:
        there.pop(request.branch, None)
    run = _Run(place, base, plan, outlook, there)
    outcomes = tuple(map(run.outcome, plan.groups))
    report = UpdateReport(
        plan.outdated,
        outcomes,
        not_edited=plan.not_edited,
        closed=tuple(one.url for one in retired.closed),
        kept=retired.kept,
        written=True,
    )
    if not outlook.settings.dashboard:
        return report
    return replace(report, dashboard=keep_dashboard(place.client, report))


def _retire(
    place: Place, plan: UpdatePlan, prefix: str, there: Mapping[str, ChangeRequest]
) -> Retired:
    """Close what nobody needs any more; what goes wrong with it must not stop the rest."""
    wanted = {group.branch for group in plan.groups}
    if not there.keys() - wanted:
        return Retired()
    try:
        return retire_stale(place.client, place.git, place.remote, prefix, wanted, _STALE)
    except (BranchMoved, ForgeError) as error:
        return Retired(kept=(Skipped("requests that are stale", error.message),))


class _Run:
    """Brings groups to the forge, one by one."""

    def __init__(
        self,
        place: Place,
        base: str,
        plan: UpdatePlan,
        outlook: Outlook,
        there: dict[str, ChangeRequest],
    ) -> None:
        self._place = place
        self._base = base
        self._plan = plan
        self._outlook = outlook
        self._there = there
        self._open = len(there)

    def outcome(self, group: UpdateGroup) -> GroupOutcome:
        """Bring one group there; what goes wrong with it must not stop the others."""
        try:
            return self._outcome(group)
        except (BranchMoved, ForgeError) as error:
            return GroupOutcome(group, GroupStatus.FAILED, notes=(error.message,))
        except (GitError, Unauthorized) as error:
            if self._open == 0 and group is self._plan.groups[0]:
                raise  # nothing works at all: one line is better than one for each group
            return GroupOutcome(group, GroupStatus.FAILED, notes=(error.message,))

    def _outcome(self, group: UpdateGroup) -> GroupOutcome:
        client, found = self._place.client, self._there.get(group.branch)
        content = hashlib.sha256(group.content.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        if found is None:
            declined = find_declined(client, group.branch, content)
            if declined is not None:
                return GroupOutcome(group, GroupStatus.DECLINED, declined.url)
            if waits := self._waits(group):
                return GroupOutcome(group, GroupStatus.WAITING, notes=(waits,))
        branch = self._branch(group, rebase=found is not None and found.mergeable is False)
        pushed = publish(self._place.git, self._place.remote, branch)
        if pushed.action is Push.KEPT:
            people = f"commits by {', '.join(pushed.people)}"
            url = found.url if found else ""
            return GroupOutcome(group, GroupStatus.KEPT, url, pushed.commit, (people,))
        if pushed.action is Push.EMPTY:
            return GroupOutcome(group, GroupStatus.EMPTY)
        made = refresh(client, self._request(group), content)
        self._open += made.action is Action.CREATED
        status = _ACTIONS[made.action]
        if status is GroupStatus.UNCHANGED and pushed.action is not Push.UNCHANGED:
            status = GroupStatus.UPDATED
        notes = tuple(f"{one.what}: {one.reason}" for one in made.notes)
        if pushed.unsigned:
            notes = (*notes, f"not signed: {pushed.unsigned}")
        return GroupOutcome(group, status, made.request.url, pushed.commit, notes)

    def _waits(self, group: UpdateGroup) -> str:
        """Say what a new request waits for; empty when it need not."""
        now = self._outlook.now
        schedules = {row.policy.schedule for row in group.rows if row.policy.schedule}
        if schedules and not any(one.is_open(now) for windows in schedules for one in windows):
            return "it is not the time that its schedule names"
        limit = self._outlook.settings.open_requests
        if limit is not None and self._open >= limit:
            return f"as many requests are open as may be ({limit})"
        return ""

    def _branch(self, group: UpdateGroup, *, rebase: bool) -> Branch:
        below = f"{self._place.below}/" if self._place.below else ""
        files = {
            below + one.path: one.new.encode("utf-8", "surrogateescape")
            for one in self._plan.changed((group,))
        }
        return Branch(group.branch, self._base, files, commit_message(group), rebase=rebase)

    def _request(self, group: UpdateGroup) -> NewChangeRequest:
        policies = [row.policy for row in group.rows]
        return NewChangeRequest(
            title=group.title,
            body=request_body(group),
            branch=group.branch,
            base=self._place.base,
            labels=_joined(one.labels for one in policies),
            reviewers=_joined(one.reviewers for one in policies),
            team_reviewers=_joined(one.team_reviewers for one in policies),
            assignees=_joined(one.assignees for one in policies),
            draft=any(one.draft for one in policies),
            auto_merge=all(one.auto_merge for one in policies),
        )


def _joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for some in lists for one in some))
