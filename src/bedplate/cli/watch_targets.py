"""Which repositories a watch looks at, and how it gets to them."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from bedplate.cli.forge_connection import connect_forge, forge_http
from bedplate.errors import BadInput
from bedplate.flows.update_requests import Place
from bedplate.flows.watch import Watched
from bedplate.flows.watch_repository import look_at_branch, look_at_folder, update_watched
from bedplate.model.skipped import Skipped
from bedplate.support.git import Git
from bedplate.support.git_remote import Remote, clone, find_remote

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from bedplate.cli.world import World
    from bedplate.flows.session import Session
    from bedplate.model.repository import Repository
    from bedplate.model.watch_report import RepositoryOutcome
    from bedplate.support.http import HttpClient

    Found = tuple[list[Watched], list[Skipped]]


class Targets(NamedTuple):
    """What a round needs to find its repositories and to look at them.

    Args:
        arguments: options of the command.
        world: environment and folder.
        session: of the round.
        now: with a zone.
    """

    arguments: argparse.Namespace
    world: World
    session: Session
    now: dt.datetime

    def find(self) -> Found:
        """Find the repositories of folders or of an organisation.

        Raises:
            BadInput: a folder that is not there, or no repository at all.
            Unauthorized, ForgeError: the forge does not list its repositories.
        """
        http = forge_http(self.world)
        if self.arguments.org:
            return self._of_organisation(http)
        found, skipped = repositories_below(self.world.folder, self.arguments.folder or ["."])
        if not found and not skipped:
            raise BadInput("no git repository in these folders", "name a folder that holds some")
        watched = [Watched(name, partial(self._folder, name, at, http)) for name, at in found]
        return watched, skipped

    def _folder(self, name: str, folder: Path, http: HttpClient) -> RepositoryOutcome:
        if not self.arguments.pr:
            return look_at_folder(name, folder, self.session, self.now)
        remote = find_remote(Git(folder, self.world.environment), self.arguments.remote)
        return self._update(name, folder, remote, http)

    def _update(
        self, name: str, folder: Path, remote: Remote, http: HttpClient
    ) -> RepositoryOutcome:
        arguments = self.arguments
        client, login = connect_forge(
            self.world, remote.url, arguments.forge, arguments.api_url, http
        )
        git = Git(folder, self.world.environment, login)
        place = Place(client, git, remote, client.describe().default_branch)
        return update_watched(name, place, self.session, self.now)

    def _of_organisation(self, http: HttpClient) -> Found:
        arguments, address = self.arguments, self.arguments.org.rstrip("/")
        parts = urlsplit(address)
        owner = parts.path.strip("/")
        if parts.scheme not in ("https", "http") or not owner:
            raise BadInput("--org is no address of an owner", "write https://github.com/acme")
        # the owner's forge is asked as if by one of its repositories
        client, _ = connect_forge(
            self.world, f"{address}/any", arguments.forge, arguments.api_url, http
        )
        watched: list[Watched] = []
        skipped: list[Skipped] = []
        for one in sorted(client.repositories(owner), key=lambda one: one.path):
            if one.archived or one.fork:
                reason = "archived" if one.archived else "a fork"
                skipped.append(Skipped(one.path, reason))
                continue
            watched.append(Watched(one.path, partial(self._remote, one, http)))
        return watched, skipped

    def _remote(self, repository: Repository, http: HttpClient) -> RepositoryOutcome:
        """Look at a repository that is kept as a clone in the cache."""
        parts = urlsplit(self.arguments.org)
        # not the address that the API names: the token is for the host that the user named
        url = f"{parts.scheme}://{parts.netloc}/{repository.path}.git"
        arguments, world = self.arguments, self.world
        client, login = connect_forge(world, url, arguments.forge, arguments.api_url, http)
        folder = self._clone(url, repository, Git(world.folder, world.environment, login))
        remote = Remote("origin", url)
        if self.arguments.pr:
            return self._update(repository.path, folder, remote, http)
        git = Git(folder, world.environment, login)
        branch = repository.default_branch or client.describe().default_branch
        return look_at_branch(repository.path, git, remote, branch, self.session, self.now)

    def _clone(self, url: str, repository: Repository, git: Git) -> Path:
        cache = self.world.cache_folder
        if cache is None:
            raise BadInput("there is no folder for clones", "set HOME or XDG_CACHE_HOME")
        host = repository.host.replace(":", "_")
        parts = [host, *repository.path.split("/")]
        if any(part in ("", ".", "..") or "\0" in part for part in parts):
            raise BadInput(f"{repository.path}: not a name for a folder")
        folder = cache.joinpath("watch", *parts).with_name(f"{repository.name}.git")
        if not (folder / ".git").exists():
            half = folder.with_name(f".{folder.name}.part")
            shutil.rmtree(half, ignore_errors=True)  # of a run that was killed
            half.parent.mkdir(parents=True, exist_ok=True)
            clone(git, url, half)
            half.rename(folder)
        return folder


def repositories_below(
    folder: Path, names: Iterable[str]
) -> tuple[list[tuple[str, Path]], list[Skipped]]:
    """Find repositories: folders that are some, else those right below them.

    Args:
        folder: what relative paths start from.
        names: of folders.

    Raises:
        BadInput: a folder that is not there.
    """
    found: dict[str, Path] = {}
    skipped: list[Skipped] = []
    for name in names:
        top = folder / name
        if not top.is_dir():
            raise BadInput(f"{name}: no such folder")
        try:
            inside = sorted(one for one in top.iterdir() if one.is_dir())
        except OSError as error:
            skipped.append(Skipped(name, error.strerror or "can't be read"))
            continue
        for place in [top] if (top / ".git").exists() else inside:
            try:
                is_repository = (place / ".git").exists()
            except OSError as error:
                skipped.append(Skipped(str(place), error.strerror or "can't be read"))
                continue
            if is_repository:
                shown = place.relative_to(folder) if place.is_relative_to(folder) else place
                found.setdefault(str(shown), place)
    return list(found.items()), skipped
