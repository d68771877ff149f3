"""The platforms that an image must not lose when it moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.platform import Platform
    from bedplate.updating.published import Published


def lost_platforms(
    current: Published, candidate: Published, wanted: tuple[Platform, ...]
) -> tuple[Platform, ...]:
    """List the platforms that the candidate is not offered for.

    Args:
        current: what is used now.
        candidate: what could be; its platforms are known.
        wanted: the platforms in use; empty for all of the current image. What the current image
            does not have can't be lost.
    """
    offered = candidate.platforms or ()
    kept = wanted or current.platforms or ()
    if wanted and current.platforms is not None:
        kept = tuple(one for one in wanted if _is_offered(one, current.platforms))
    return tuple(one for one in kept if not _is_offered(one, offered))


def same_content(current: Published, candidate: Published, wanted: tuple[Platform, ...]) -> bool:
    """Tell whether both indexes hold the same image for every platform in use.

    A platform that was published anew, an attestation that was added: nothing that is built
    here changes by them.
    """
    used = [str(one) for one in wanted] if wanted else sorted(current.images)
    before = [current.images.get(one) for one in used]
    after = [candidate.images.get(one) for one in used]
    return bool(used) and None not in before and before == after


def _is_offered(platform: Platform, offered: tuple[Platform, ...]) -> bool:
    # a build of Windows is in the platform: 10.0.20348.2031 moves on with every patch
    release = ".".join(platform.os_version.split(".")[:3])
    asked = replace(platform, os_version=release)
    return any(asked.matches(one) for one in offered)
