"""`pubspec.lock` of pub, for Dart and Flutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.source_url import git_source
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "pubspec.lock"
WANTS: tuple[Want, ...] = (Want("**/pubspec.lock", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages; what comes with the SDK has no version of its own and is left out.

    Args:
        path: of the file.
        content: of the file.

    Source: Dart documentation, "Lockfile"; purl type definition "pub".
    """
    documents = yaml_documents(path, content)
    for name, entry in mapping(
        mapping(documents[0] if documents else None).get("packages")
    ).items():
        fields = mapping(entry)
        version, kind = text(fields.get("version")), text(fields.get("dependency"))
        if not name or not version or fields.get("source") == "sdk":
            continue
        origin = mapping(fields.get("description"))
        url = text(origin.get("url")) if fields.get("source") == "git" else ""
        yield language_package(
            "pub",
            path,
            name,
            version,
            qualifiers=git_source(url, text(origin.get("resolved-ref"))) if url else None,
            direct=kind.startswith("direct"),
            development=kind == "direct dev",
        )
