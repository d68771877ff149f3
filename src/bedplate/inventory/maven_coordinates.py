"""Which Maven artifact an archive is, by what it says of itself and by its file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.inventory.java_archive import JavaArchive


class Coordinates(NamedTuple):
    """A Maven artifact; the group is empty where nothing tells it.

    Args:
        group: group id.
        artifact: artifact id.
        version: version.
        shaded: merged into an archive that is something else.
    """

    group: str
    artifact: str
    version: str
    shaded: bool = False

    @property
    def name(self) -> str:
        """Group and artifact, as advisories write them."""
        return f"{self.group}:{self.artifact}" if self.group else self.artifact


_FILE_NAME = re.compile(r"(?P<artifact>[A-Za-z0-9._-]*?[A-Za-z0-9_])-(?P<version>v?\d[^/]*)")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_GROUP = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+")
_VERSION = re.compile(r"[0-9A-Za-z][^\s${}]{0,80}")
_DOMAIN = re.compile(r"(org|com|net|io|edu|de|fr|jakarta|javax|dev)\.")

# The interfaces of Java EE and Jakarta EE.
_INTERFACES = re.compile(r"((?:jakarta|javax)\.[a-z.]+)-api")

# Families that are not built with Maven, so that their archives hold no pom.properties, by the
# beginning of the artifact id; the longest wins. From the artifacts' pages, 2026-11.
_GROUPS = {
    "spring-": "org.springframework",
    "spring-boot": "org.springframework.boot",
    "spring-security-": "org.springframework.security",
    "spring-data-": "org.springframework.data",
    "spring-cloud-": "org.springframework.cloud",
    "spring-integration-": "org.springframework.integration",
    "spring-kafka": "org.springframework.kafka",
    "spring-ldap-": "org.springframework.ldap",
    "spring-session-": "org.springframework.session",
    "spring-web-services": "org.springframework.ws",
    "spring-ws-": "org.springframework.ws",
    "spring-batch-": "org.springframework.batch",
    "spring-amqp": "org.springframework.amqp",
    "spring-rabbit": "org.springframework.amqp",
    "spring-retry": "org.springframework.retry",
    "spring-hateoas": "org.springframework.hateoas",
    "spring-graphql": "org.springframework.graphql",
    "tomcat-": "org.apache.tomcat",
    "tomcat-embed-": "org.apache.tomcat.embed",
    "kotlin-": "org.jetbrains.kotlin",
    "okhttp": "com.squareup.okhttp3",
    "okio": "com.squareup.okio",
    "retrofit": "com.squareup.retrofit2",
    "reactor-core": "io.projectreactor",
    "reactor-netty": "io.projectreactor.netty",
    "micrometer-": "io.micrometer",
    "hibernate-core": "org.hibernate",
    "hibernate-orm": "org.hibernate.orm",
    "lucene-": "org.apache.lucene",
    "kafka-": "org.apache.kafka",
    "kafka_": "org.apache.kafka",
    "elasticsearch": "org.elasticsearch",
    "opensearch": "org.opensearch",
    "grpc-": "io.grpc",
    "opentelemetry-": "io.opentelemetry",
    "rxjava": "io.reactivex.rxjava3",
    "groovy": "org.apache.groovy",
    "gradle-": "org.gradle",
    "bcprov-": "org.bouncycastle",
    "bcpkix-": "org.bouncycastle",
    "bcutil-": "org.bouncycastle",
    "bcpg-": "org.bouncycastle",
    "bctls-": "org.bouncycastle",
    "mysql-connector-j": "com.mysql",
    "ant-": "org.apache.ant",
}
# Old artifacts whose group is called like them.
_SELF_NAMED = frozenset({
    *("ant", "antlr", "aopalliance", "asm", "axis", "cglib", "classworlds", "dom4j", "jdom"),
    *("commons-beanutils", "commons-cli", "commons-codec", "commons-collections"),
    *("commons-configuration", "commons-daemon", "commons-dbcp", "commons-digester"),
    *("commons-discovery", "commons-fileupload", "commons-httpclient", "commons-io"),
    *("commons-jxpath", "commons-lang", "commons-logging", "commons-net", "commons-pool"),
    *("commons-validator", "hsqldb", "joda-time", "junit", "log4j", "oro", "quartz", "taglibs"),
    *("velocity", "xalan", "xerces", "xml-apis", "xmlgraphics", "xmlpull", "xom", "xpp3"),
})  # fmt: skip


def identify(file_name: str, archive: JavaArchive) -> list[Coordinates]:
    """Name an archive, and what was merged into it.

    pom.properties are believed before the manifest, that before the file name. Of several
    pom.properties, the one that the file is named after is its own.

    Args:
        file_name: with its ending.
        archive: what it says of itself.
    """
    stem = file_name.rpartition(".")[0]
    poms = [Coordinates(*pom) for pom in dict.fromkeys(archive.poms) if _is_whole(*pom)]
    own = [pom for pom in poms if _is_named_after(stem, pom)] or (poms if len(poms) == 1 else [])
    if own:
        main: Coordinates | None = max(own, key=lambda pom: len(pom.artifact))
    else:
        main = _by_manifest(stem, archive)
    merged = [pom._replace(shaded=True) for pom in poms if pom != main]
    return [main, *merged] if main else merged


def _is_whole(group: str, artifact: str, version: str) -> bool:
    named = _ID.fullmatch(group) and _ID.fullmatch(artifact)
    return bool(named and _VERSION.fullmatch(version))


def _is_named_after(stem: str, pom: Coordinates) -> bool:
    return stem in (pom.artifact, f"{pom.artifact}-{pom.version}") or (
        stem.startswith(f"{pom.artifact}-{pom.version}-")  # with a classifier
    )


def _by_manifest(stem: str, archive: JavaArchive) -> Coordinates | None:
    said = archive.manifest
    symbolic = said.get("Bundle-SymbolicName", "").partition(";")[0].strip()
    named = _FILE_NAME.fullmatch(stem)
    versions = (
        said.get("Implementation-Version", "").partition(" ")[0],
        said.get("Bundle-Version", ""),
        said.get("Plugin-Version", "").partition(" ")[0],
        said.get("Specification-Version", ""),
    )
    artifacts = (
        said.get("Implementation-Title", ""),
        said.get("Short-Name", ""),
        _last_part(symbolic),
        said.get("Specification-Title", ""),
        _last_part(said.get("Automatic-Module-Name", "")),
        stem,
    )
    version = next(filter(_VERSION.fullmatch, versions), "")
    artifact = named["artifact"] if named else next(filter(_is_artifact, artifacts), "")
    # a repository names files precisely; distributors shorten the version at most
    if named and not version.startswith(named["version"]):
        version = named["version"]
    if not artifact or not version:
        return None
    return Coordinates(_group(artifact, symbolic, archive), artifact, version)


def _is_artifact(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _last_part(name: str) -> str:
    return name.rpartition(".")[2]


def _group(artifact: str, symbolic: str, archive: JavaArchive) -> str:
    """Find the group: families first, since their manifests tell names of modules."""
    if artifact in _SELF_NAMED:
        return artifact
    if interface := _INTERFACES.fullmatch(artifact):
        return interface[1]
    beginnings = [one for one in _GROUPS if artifact.startswith(one)]
    if beginnings:
        return _GROUPS[max(beginnings, key=len)]
    said = archive.manifest
    # next to the artifact there may be a pom.properties that lacks the rest
    halves = [group for group, its, _ in archive.poms if its == artifact]
    stated = (*halves, said.get("Implementation-Vendor-Id", ""), said.get("Group-Id", ""))
    for name in stated:
        if _GROUP.fullmatch(name):
            return name
    for name in (symbolic, said.get("Automatic-Module-Name", ""), artifact):
        if _GROUP.fullmatch(name) and _DOMAIN.match(name):
            whole = name.removesuffix(f".{artifact}")
            return whole if whole != name else name.rpartition(".")[0]
    return ""
