"""Every way to order versions that bedplate knows, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.versions.schemes import (
    apk,
    composer,
    deb,
    gem,
    generic,
    go,
    maven,
    npm,
    nuget,
    pep440,
    rpm,
    semver,
)

if TYPE_CHECKING:
    from bedplate.versions.scheme import Scheme

SCHEMES: dict[str, Scheme] = {
    apk.NAME: apk,
    composer.NAME: composer,
    deb.NAME: deb,
    gem.NAME: gem,
    generic.NAME: generic,
    go.NAME: go,
    maven.NAME: maven,
    npm.NAME: npm,
    nuget.NAME: nuget,
    pep440.NAME: pep440,
    rpm.NAME: rpm,
    semver.NAME: semver,
}
