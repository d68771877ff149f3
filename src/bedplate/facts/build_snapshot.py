"""Makes the embedded catalog from a folder of entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts.codec import check_schema, encode_plain, plain, read
from bedplate.facts.entry import Entry, decode_entry, entry_document
from bedplate.facts.snapshot import IMAGES, INDEX, INDEX_SCHEMA, TAGS, read_file
from bedplate.facts.summary import Summary, summarise
from bedplate.facts.tag_list import SCHEMA as TAGS_SCHEMA
from bedplate.facts.tag_list import TagTable
from bedplate.facts.user_entries import decode_lines
from bedplate.support.cache import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_MODE = 0o644  # package data is for everyone, unlike the temporary file it comes from
_REGISTRY = "docker.io/library/"


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: how many images, rows and bytes."""

    images: int
    rows: int
    size: int


def build_snapshot(source: Path, output: Path) -> Built:
    """Turn entries into the layout of `snapshot`; the same input gives the same bytes.

    Args:
        source: folder with `*.json` (one entry each), `*.jsonl` (one entry a line, as
            `catalog export` writes) and, optional, `tags.json`.
        output: folder to fill; images that are no longer in `source` are removed from it.

    Raises:
        InvalidDocument: a file of `source` can't be used, or two hold the same image.
        StorageError: `output` can't be written.
    """
    entries = _read_entries(source)
    documents = {f"{IMAGES}/{file_name(e.reference)}": _lines(entry_document(e)) for e in entries}
    if len(documents) < len(entries):
        raise InvalidDocument(f"{source}: two references would share one file name")
    index = [summarise(entry, file_name(entry.reference)) for entry in entries]
    documents[INDEX] = _index_lines(index)
    if (source / TAGS).is_file():
        documents[TAGS] = _tags_lines(_read_tags(source / TAGS))
    try:
        _write(output, documents)
    except OSError as error:
        raise StorageError(f"cannot write {output}: {error.strerror or error}") from error
    rows = sum(len(entry.rows) for entry in entries)
    return Built(len(entries), rows, sum(map(len, documents.values())))


def file_name(reference: str) -> str:
    """Give the file name of an image: `docker.io/library/node:20` -> `node-20.json`."""
    return _UNSAFE.sub("-", reference.removeprefix(_REGISTRY).lower()).strip("-") + ".json"


def _read_entries(source: Path) -> list[Entry]:
    found: dict[str, Entry] = {}
    paths = sorted(p for p in source.rglob("*") if p.suffix in (".json", ".jsonl"))
    for path in paths:
        if path.name == TAGS:
            continue
        content = read_file(path)
        is_lines = path.suffix == ".jsonl"
        entries = (
            decode_lines(content, str(path)) if is_lines else [decode_entry(content, str(path))]
        )
        for entry in entries:
            if entry.reference in found:
                raise InvalidDocument(f"{path}: {entry.reference} is there twice", "keep one")
            found[entry.reference] = entry
    if not found:
        raise InvalidDocument(f"{source} holds no catalog entries", "give a folder of *.json files")
    return [found[reference] for reference in sorted(found)]


def _read_tags(path: Path) -> TagTable:
    table = read(read_file(path), TagTable, str(path))
    check_schema(table.schema, TAGS_SCHEMA, str(path))
    return table


def _lines(document: dict[str, Any]) -> bytes:
    """Lay an entry out for review: a line for each field, package and layer."""
    head = {key: value for key, value in document.items() if key not in ("common", "rows")}
    body = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    body.append(f'"common": {_object_lines(document["common"])}')
    rows = ",\n".join(_object_lines(row) for row in document["rows"])
    body.append(f'"rows": [\n{rows}\n]')
    return ("{\n" + ",\n".join(body) + "\n}\n").encode()


def _object_lines(value: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f" {_json(k)}: {_value_lines(v)}" for k, v in value.items()) + "\n}"


def _value_lines(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"  {_json(item)}" for item in value) + "\n ]"
    return _json(value)


def _index_lines(summaries: list[Summary]) -> bytes:
    lines = ",\n".join(_json(plain(summary)) for summary in summaries)
    return f'{{\n"schema": {_json(INDEX_SCHEMA)},\n"entries": [\n{lines}\n]\n}}\n'.encode()


def _tags_lines(table: TagTable) -> bytes:
    head = [f'"{key}": {_json(getattr(table, key))}' for key in ("schema", "observed", "source")]
    repositories = []
    for name in sorted(table.repositories):
        groups = ",\n".join(f"  {_json(plain(group))}" for group in table.repositories[name])
        repositories.append(f" {_json(name)}: [\n{groups}\n ]")
    head.append('"repositories": {\n' + ",\n".join(repositories) + "\n}")
    return ("{\n" + ",\n".join(head) + "\n}\n").encode()


def _json(value: Any) -> str:
    return encode_plain(value).decode()


def _write(output: Path, documents: dict[str, bytes]) -> None:
    (output / IMAGES).mkdir(parents=True, exist_ok=True)
    for stale in (output / IMAGES).glob("*.json"):
        if f"{IMAGES}/{stale.name}" not in documents:
            stale.unlink()
    for name, content in documents.items():
        write_atomically(output / name, content)
        (output / name).chmod(_MODE)
