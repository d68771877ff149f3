"""An image reference: `docker.io/library/node:20@sha256:...`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDigest, InvalidReference
from bedplate.model import reference_grammar as grammar
from bedplate.model.digest import Digest
from bedplate.model.reference_fault import describe_fault

if TYPE_CHECKING:
    from bedplate.model.reference_grammar import WrittenReference

DOCKER_HUB = "docker.io"
DEFAULT_TAG = "latest"
_HUB_ALIAS = "index.docker.io"
_OFFICIAL = "library/"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference with Docker's defaults filled in: registry `docker.io`, folder `library/`.

    Args:
        registry: host, with the port where one is given.
        repository: path within the registry.
        tag: empty when none is given; never defaulted by `parse`.
        digest: kept beside the tag when both are given.

    Source: github.com/distribution/reference; defaults as in its normalize.go.
    """

    registry: str
    repository: str
    tag: str = ""
    digest: Digest | None = None

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read a reference as people write it: `node`, `node:20-slim`, `ghcr.io/a/b@sha256:...`.

        Raises:
            InvalidReference: not a reference; says which part is wrong, and how.
        """
        domain, remainder = grammar.split_domain(text)
        registry = DOCKER_HUB if domain in ("", _HUB_ALIAS) else domain
        if registry == DOCKER_HUB and "/" not in remainder:
            remainder = _OFFICIAL + remainder
        written = grammar.split_reference(f"{registry}/{remainder}")
        if (
            written is None
            or written.domain != registry
            or len(written.path) > grammar.MAX_PATH_LENGTH
            or grammar.is_identifier(text)
        ):
            raise describe_fault(text)
        return cls(registry, written.path, written.tag, _digest_of(text, written))

    @property
    def name(self) -> str:
        """Registry and repository, without tag and digest."""
        return f"{self.registry}/{self.repository}"

    @property
    def familiar_name(self) -> str:
        """The shortest name that means the same: `node` for `docker.io/library/node`."""
        short = self.repository.removeprefix(_OFFICIAL)
        if self.registry != DOCKER_HUB or grammar.split_domain(self.repository)[0]:
            return self.name
        return self.repository if "/" in short else short

    @property
    def familiar(self) -> str:
        """The shortest text that means the same, as Docker shows it."""
        return self.familiar_name + self._suffix()

    @property
    def target(self) -> str:
        """What a registry is asked for: the digest when there is one, else the tag or `latest`."""
        return str(self.digest) if self.digest else self.tag or DEFAULT_TAG

    def with_default_tag(self) -> Reference:
        """Give the same reference, tagged `latest` when it has neither tag nor digest."""
        return self if self.tag or self.digest else replace(self, tag=DEFAULT_TAG)

    def with_digest(self, digest: Digest) -> Reference:
        """Give the same reference pinned to a digest; the tag stays."""
        return replace(self, digest=digest)

    def to_pull(self) -> Reference:
        """Give what a pull asks for: the digest without the tag, else the tag or `latest`."""
        return replace(self, tag="") if self.digest else self.with_default_tag()

    def _suffix(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{tag}@{self.digest}" if self.digest else tag

    def __str__(self) -> str:
        return self.name + self._suffix()


def _digest_of(text: str, written: WrittenReference) -> Digest | None:
    if not written.digest:
        return None
    try:
        return Digest.parse(written.digest)
    except InvalidDigest as error:
        raise InvalidReference(f"{text!r}: {error.message}", error.hint) from error
