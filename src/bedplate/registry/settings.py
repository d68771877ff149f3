"""Which endpoints stand for a registry, and how each is spoken to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.registry.certificate_folders import find_certificates
from bedplate.registry.endpoint import Endpoint, host_name, registry_host
from bedplate.support.http_settings import HttpSettings, Tls, is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.model.reference import Reference

ALWAYS, DIGEST_ONLY, TAG_ONLY = "all", "digest-only", "tag-only"


@dataclass(frozen=True, slots=True)
class Mirror:
    """A place that holds copies of what a registry holds.

    Args:
        location: `host[:port][/path]` that replaces the rule's prefix.
        insecure: take any certificate, and plain HTTP.
        pull: which pulls it is used for: `all`, `digest-only` or `tag-only`.
    """

    location: str
    insecure: bool = False
    pull: str = ALWAYS


@dataclass(frozen=True, slots=True)
class RegistryRule:
    """What holds for every repository whose name starts with `prefix`.

    Args:
        prefix: `host[:port][/path]`, or `*.domain` for every host below a domain.
        location: replaces the prefix; empty to leave the name as it is.
        insecure: take any certificate, and plain HTTP.
        blocked: never ask there.
        mirrors: asked first, in this order.
        tls: certificates for the host of the location.
        source: the file it comes from, for messages.
    """

    prefix: str
    location: str = ""
    insecure: bool = False
    blocked: bool = False
    mirrors: tuple[Mirror, ...] = ()
    tls: Tls = field(default_factory=Tls)
    source: str = ""

    def rank(self, name: str) -> int:
        """Tell how well this rule fits a repository name; -1: not at all."""
        if self.prefix.startswith("*."):
            host = host_name(name.partition("/")[0])
            return 0 if host.endswith(self.prefix[1:]) else -1
        fits = name == self.prefix or name.startswith(f"{self.prefix}/")
        return len(self.prefix) if fits else -1


@dataclass(frozen=True, slots=True)
class RegistrySettings:
    """Everything configured about registries.

    Args:
        rules: later ones win over earlier ones of the same prefix.
        certificate_folders: `certs.d` folders, the most important first.
        http: patience and proxies.
    """

    rules: tuple[RegistryRule, ...] = ()
    certificate_folders: tuple[Path, ...] = ()
    http: HttpSettings = field(default_factory=HttpSettings)

    def endpoints(self, reference: Reference) -> tuple[Endpoint, ...]:
        """List where to ask, in order: the mirrors, then the registry itself.

        Raises:
            InvalidConfiguration: the registry is blocked; names the file that says so.
        """
        rule = self._rule(reference.name)
        if rule is None:
            return (self._endpoint(reference.name, insecure=False, mirror=False),)
        if rule.blocked:
            raise InvalidConfiguration(
                f"{reference.name} is blocked by {rule.source}", "remove `blocked = true` there"
            )
        unused = TAG_ONLY if reference.digest else DIGEST_ONLY
        mirrors = [
            self._endpoint(
                _moved(reference.name, rule.prefix, mirror.location),
                insecure=mirror.insecure,
                mirror=True,
            )
            for mirror in rule.mirrors
            if mirror.pull != unused
        ]
        name = _moved(reference.name, rule.prefix, rule.location)
        return (*mirrors, self._endpoint(name, insecure=rule.insecure, mirror=False))

    def tls(self, host: str) -> Tls:
        """Give the certificates for `host[:port]`, as the rules and `certs.d` say.

        As with Docker, a loopback host without a CA of its own may show any certificate.
        """
        tls = find_certificates(self.certificate_folders, host)
        for rule in self.rules:
            if _host_of(rule.location or rule.prefix) == host and rule.tls != Tls():
                tls = rule.tls
        insecure = host in self._insecure_hosts()
        if not insecure and not tls.ca_files:
            insecure = is_loopback(host_name(host))
        return replace(tls, insecure=insecure or tls.insecure)

    def _insecure_hosts(self) -> set[str]:
        return {host for rule in self.rules for host in _hosts_called_insecure(rule)}

    def _rule(self, name: str) -> RegistryRule | None:
        best: RegistryRule | None = None
        for rule in self.rules:
            rank = rule.rank(name)
            if rank >= 0 and (best is None or rank >= best.rank(name)):
                best = rule
        return best

    def _endpoint(self, name: str, *, insecure: bool, mirror: bool) -> Endpoint:
        registry, _, repository = name.partition("/")
        return Endpoint(registry, repository, insecure, mirror)


def _hosts_called_insecure(rule: RegistryRule) -> Iterator[str]:
    if rule.insecure:
        yield _host_of(rule.location or rule.prefix)
    for mirror in rule.mirrors:
        if mirror.insecure:
            yield _host_of(mirror.location)


def _host_of(location: str) -> str:
    return registry_host(location.partition("/")[0])


def _moved(name: str, prefix: str, location: str) -> str:
    """Put a location in the place of the prefix of a name."""
    if not location:
        return name
    if prefix.startswith("*."):
        return f"{location}/{name.partition('/')[2]}"
    return location + name[len(prefix) :]
