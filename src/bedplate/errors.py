"""Every exception that bedplate raises on purpose.

    BedplateError
    ├── BadInput (2)                 what was given can't be used: the user must change it
    │   ├── InvalidReference         not an image reference
    │   ├── InvalidDigest            not `algorithm:hex` of a known algorithm
    │   ├── InvalidPlatform          not `os/architecture[/variant]`
    │   ├── InvalidVersion           not a version or range of its scheme, or no such scheme
    │   ├── InvalidDocument          JSON that breaks its specification; names the field
    │   ├── InvalidConfiguration     bedplate.toml, registries.conf, config.json, ...
    │   ├── InvalidDockerfile        text that BuildKit refuses; names line and column
    │   ├── InvalidBinary            a compiled file that is cut off or contradicts itself
    │   ├── ExpansionError           a variable form that BuildKit refuses, or ${x:?message}
    │   ├── UnsupportedMediaType     schema 1, encrypted layers, unknown documents
    │   ├── ImageNotFound            no such image, tag, file or folder
    │   ├── PlatformNotFound         the image has no such platform
    │   ├── CorruptImage             truncated, undecodable or inconsistent bytes
    │   │   └── DigestMismatch       bytes that are not what their digest says
    │   ├── LimitExceeded            larger, longer or more than bedplate will read
    │   ├── NotRebasable             an image that does not stand on that base, or may not move
    │   ├── TargetMoved              a tag that somebody else changed while we worked
    │   └── Unauthorized             wrong or missing credentials
    └── Unavailable (3)              could not be examined: try again, or with other means
        ├── RegistryUnreachable      no connection, a time-out, a name that does not resolve
        ├── RateLimited              429, with the time after which to try again
        ├── RegistryError            any other refusal, in the registry's own words
        ├── ForgeError               any other refusal of a forge, in its own words
        ├── GitError                 a git command that failed, in git's own words
        │   └── BranchMoved          a branch on the remote that is not what we saw there
        ├── CorruptStore             advisories that are damaged, locked or of another version
        └── StorageError             a full or read-only disk

Each error is one line that names the file, image or field, and a `hint`: what to do next.
"""

from __future__ import annotations


class BedplateError(Exception):
    """An expected failure, shown as one line.

    Args:
        message: what is wrong, naming the file, image or field.
        hint: what to do about it, one short sentence without a final stop.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class BadInput(BedplateError):  # noqa: N818 - the names are the field's, shown in the tree above
    """What was given can't be used."""

    exit_code = 2


class InvalidReference(BadInput):
    """Not an image reference."""


class InvalidDigest(BadInput):
    """Not a digest."""


class InvalidPlatform(BadInput):
    """Not a platform."""


class InvalidVersion(BadInput):
    """Not a version or a range of its scheme, or no such scheme."""


class InvalidDocument(BadInput):
    """A document that breaks its specification."""


class InvalidConfiguration(BadInput):
    """A configuration file that can't be used."""


class InvalidDockerfile(BadInput):
    """A Dockerfile that BuildKit would refuse to parse.

    Args:
        message: what is wrong, naming line and column.
        hint: what to do about it.
        line: line where it begins, from 1.
        column: column of the first wrong character, from 1.
        excerpt: the line with a marker below it; empty when there is no line to show.
    """

    def __init__(
        self, message: str, hint: str = "", *, line: int = 1, column: int = 1, excerpt: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column
        self.excerpt = excerpt


class InvalidBinary(BadInput):
    """A compiled file that is cut off or contradicts itself."""


class ExpansionError(BadInput):
    """Variables of a Dockerfile that can't be expanded."""


class UnsupportedMediaType(BadInput):
    """A document or layer of a kind that bedplate does not read."""


class ImageNotFound(BadInput):
    """No such image, tag, file or folder."""


class PlatformNotFound(BadInput):
    """The image has no such platform."""


class CorruptImage(BadInput):
    """Truncated, undecodable or inconsistent bytes."""


class DigestMismatch(CorruptImage):
    """Bytes that are not what their digest says."""


class LimitExceeded(BadInput):
    """Larger, longer or more than bedplate will read."""


class NotRebasable(BadInput):
    """An image that does not stand on that base, or may not be moved to another one."""


class TargetMoved(BadInput):
    """A tag that somebody else changed while we worked."""


class Unauthorized(BadInput):
    """Wrong or missing credentials."""


class Unavailable(BedplateError):  # noqa: N818
    """Could not be examined."""

    exit_code = 3


class RegistryUnreachable(Unavailable):
    """No connection, a time-out, or a name that does not resolve."""


class RateLimited(Unavailable):
    """The registry asks for patience.

    Args:
        message: what is wrong.
        hint: what to do about it.
        retry_after: seconds after which to try again, when the registry said so.
    """

    def __init__(self, message: str, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class RegistryError(Unavailable):
    """Any other refusal of a registry, in its own words."""


class ForgeError(Unavailable):
    """Any other refusal of a forge, in its own words."""


class GitError(Unavailable):
    """A git command that failed, in git's own words."""


class BranchMoved(GitError):  # noqa: N818
    """A branch on the remote that is not what we saw there."""


class CorruptStore(Unavailable):
    """Advisories that are damaged, locked, or of another version of bedplate."""


class StorageError(Unavailable):
    """A full or read-only disk."""
