"""Perl distributions that are installed: the metadata that cpanm and App::cpm keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.want import MIB, Want
from bedplate.support.json_fields import mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "cpan"
_GLOBS = ("**/.meta/*/MYMETA.json", "**/META.json", "**/META.yml")
WANTS: tuple[Want, ...] = tuple(Want(glob, MIB) for glob in _GLOBS)

# Other tools call their files META.json too; that of PostgreSQL's extensions copies even this.
_SPECIFICATION = "meta-spec"
_OTHER = "pgxn.org"


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each distribution.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: CPAN::Meta::Spec; purl type definition "cpan".
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    if path.endswith(".yml"):
        documents = yaml_documents(path, content)
        document = mapping(documents[0] if documents else None)
    else:
        document = json_document(path, content)
    specification = text(mapping(document.get(_SPECIFICATION)).get("url"))
    if _SPECIFICATION not in document or _OTHER in specification:
        return
    name, version = text(document.get("name")), text(document.get("version"))
    if not name or not version:
        raise InvalidDocument(f"{path}: names no distribution and version")
    stated = document.get("license")
    licenses = tuple(texts(stated)) or ((text(stated),) if text(stated) else ())
    yield language_package("cpan", path, name, version, licenses=licenses)
