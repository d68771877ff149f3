"""What the advisories of a distribution leave out: why counts of two of them differ.

One more distribution is one more line here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Comparison

_FIXED_ONLY = "lists what it has fixed; what is not fixed yet can't be seen"
_ERRATA = "lists what its errata fix; what has no erratum can't be seen"
# os-release ID -> name, and what its advisories say and do not say
_POLICIES = {
    "alpine": ("Alpine", _FIXED_ONLY),
    "wolfi": ("Wolfi", _FIXED_ONLY),
    "chainguard": ("Chainguard", _FIXED_ONLY),
    "debian": ("Debian", "lists everything known, also what it will not fix"),
    "ubuntu": ("Ubuntu", "lists what it has looked at; what waits for that is not counted"),
    "rhel": ("Red Hat", "lists what is fixed and what is not, with its own levels"),
    "almalinux": ("AlmaLinux", _ERRATA),
    "rocky": ("Rocky Linux", _ERRATA),
    "amzn": ("Amazon Linux", _ERRATA),
    "fedora": ("Fedora", _ERRATA),
}


def policy_note(images: Iterable[BaseFacts]) -> str:
    """Say in one line how the advisories of the images' distributions differ.

    Returns:
        Empty when all are of one distribution, or none is known.
    """
    keys = dict.fromkeys(_key(facts) for facts in images)
    known = [_POLICIES[key] for key in keys if key in _POLICIES]
    if len(known) < 2:
        return ""
    told: dict[str, list[str]] = {}
    for name, policy in known:
        told.setdefault(policy, []).append(name)
    return "; ".join(f"{' and '.join(names)} {policy}" for policy, names in told.items())


def comparison_note(report: Comparison) -> str:
    """Say how the advisories differ by which the images of a comparison were counted."""
    counted = (one.facts for one in report.images if one.vulnerabilities is not None)
    return policy_note(counted)


def _key(facts: BaseFacts) -> str:
    release = facts.distro
    if release is None:
        return ""
    return release.id if release.id in _POLICIES else release.base_id
