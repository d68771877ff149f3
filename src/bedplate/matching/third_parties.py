"""Packages in a distribution's format that are not the distribution's.

Advisories of the distribution say nothing of them: they have their own sources and versions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.package import Package

# What other repositories write into versions, and who they are.
_VERSIONS: tuple[tuple[str, str], ...] = (
    (r"nodesource", "NodeSource"),
    (r"\.pgdg|PGDG", "the PostgreSQL project"),
    (r"\+0~\d{8}\.\d+\+|deb\.sury\.org", "sury.org"),
    (r"[+~]ppa|~ppa\d", "a personal archive"),
    (r"\+maria~", "MariaDB"),
    (r"-\d+~(?:debian|ubuntu)\.\d[\d.]*~\w+$", "Docker"),
    (r"~(?:buster|bullseye|bookworm|trixie|forky|focal|jammy|noble|resolute)\d?$", "its project"),
    (r"\drl\d~\w+\d$", "Redis"),
    (r"\.remi(?:\.|$)", "Remi"),
    (r"~\+\+20\d{12}", "LLVM"),
)
# What they write as vendor or maintainer.
_VENDORS: tuple[tuple[str, str], ...] = (
    (r"nodesource", "NodeSource"),
    (r"nginx-packaging|nginx packaging", "nginx.org"),
    (r"@docker\.com|^docker$", "Docker"),
    (r"mysql release engineering|mysql-build", "MySQL"),
    (r"mongodb", "MongoDB"),
    (r"@percona\.|^percona", "Percona"),
    (r"@elastic\.co|^elastic", "Elastic"),
    (r"@google\.com|^google", "Google"),
    (r"@microsoft\.com|^microsoft", "Microsoft"),
    (r"@nvidia\.com|^nvidia", "NVIDIA"),
    (r"@redis\.(?:io|com)|^redis", "Redis"),
    (r"adoptium|temurin", "Adoptium"),
    (r"@azul\.com|^azul", "Azul"),
    (r"hashicorp", "HashiCorp"),
    (r"@gitlab\.com|^gitlab", "GitLab"),
    (r"@grafana\.com|grafana labs", "Grafana Labs"),
    (r"pgdg|postgresql global development group", "the PostgreSQL project"),
    (r"@mariadb\.(?:org|com)|^mariadb", "MariaDB"),
    (r"@sury\.org", "sury.org"),
    (r"apt\.llvm\.org", "LLVM"),
    (r"@kubernetes\.io|^kubernetes", "Kubernetes"),
    (r"clickhouse", "ClickHouse"),
    (r"@rabbitmq\.com|rabbitmq", "RabbitMQ"),
    (r"@influxdata\.com|influxdata", "InfluxData"),
)
# rpm: what a distribution writes as vendor into its own packages.
_OWN_VENDORS: Mapping[str, str] = {
    "rpm:rhel": r"red hat|centos",
    "rpm:almalinux": r"almalinux",
    "rpm:rocky": r"rocky",
    "rpm:amazon": r"amazon",
    "rpm:fedora": r"fedora",
}
_VERSION = re.compile("|".join(f"(?P<v{n}>{text})" for n, (text, _) in enumerate(_VERSIONS)))
_VENDOR = re.compile(
    "|".join(f"(?P<v{n}>{text})" for n, (text, _) in enumerate(_VENDORS)), re.IGNORECASE
)


def third_party(package: Package, namespace: str) -> str:
    """Tell whose package it is when it is not the distribution's; empty when it is.

    Args:
        package: of type deb, apk or rpm.
        namespace: of the distribution that it is installed on.
    """
    found = _VERSION.search(package.version)
    if found:
        return _VERSIONS[int((found.lastgroup or "v0")[1:])][1]
    vendor = package.vendor
    if not vendor:
        return ""
    own = _OWN_VENDORS.get(namespace.rpartition(":")[0])
    if own:
        # rebuilds of rpm packages keep everything but the vendor
        return "" if re.search(own, vendor, re.IGNORECASE) else vendor
    known = _VENDOR.search(vendor)
    # Ubuntu and Debian name themselves, or a person, as maintainer of what is theirs
    if known is None or re.search(r"@(?:lists\.)?(?:debian|ubuntu)\.", vendor):
        return ""
    return _VENDORS[int((known.lastgroup or "v0")[1:])][1]
