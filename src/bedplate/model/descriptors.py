"""The parts that all OCI documents are made of: descriptors, media types, platforms."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import HEX_LENGTHS, Digest
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from bedplate.model.oci_json import JsonObject

# RFC 6838, section 4.2, as image-spec's descriptor.md asks.
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
_MEDIA_TYPE = re.compile(rf"{_NAME}/{_NAME}")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def read_descriptor(fields: JsonObject) -> Descriptor:
    """Read a descriptor.

    Raises:
        InvalidDocument: breaks image-spec, descriptor.md; names the field.
    """
    media_type = read_media_type(fields, "mediaType")
    if not media_type:
        raise fields.refuse("mediaType", "is missing")
    digest, size = fields.digest("digest"), fields.size("size")
    platform = fields.object("platform")
    return Descriptor(
        media_type=media_type,
        digest=digest,
        size=size,
        platform=None if platform is None else read_platform(platform),
        annotations=fields.pairs("annotations"),
        artifact_type=read_media_type(fields, "artifactType"),
        urls=_urls(fields),
        data=_data(fields, digest, size),
    )


def read_media_type(fields: JsonObject, field: str) -> str:
    """Read a media type; empty when absent.

    Raises:
        InvalidDocument: there, but not a media type.
    """
    value = fields.text(field)
    if field in fields and not _MEDIA_TYPE.fullmatch(value):
        raise fields.refuse(field, "is not a media type")
    return value


def read_platform(fields: JsonObject) -> Platform:
    """Read the fields of a platform out of an index entry or an image configuration.

    Raises:
        InvalidDocument: without operating system or architecture.
    """
    return Platform(
        os=fields.needed("os"),
        architecture=fields.needed("architecture"),
        variant=fields.text("variant"),
        os_version=fields.text("os.version"),
        os_features=fields.texts("os.features"),
    )


def _urls(fields: JsonObject) -> tuple[str, ...]:
    urls = fields.texts("urls")
    for i, url in enumerate(urls):
        if not _URL.fullmatch(url):
            raise fields.refuse(f"urls[{i}]", "is not an address")
    return urls


def _data(fields: JsonObject, digest: Digest, size: int) -> bytes | None:
    """Decode embedded content; it must be what the descriptor says.

    Source: image-spec, descriptor.md, "Embedded Content".
    """
    if "data" not in fields:
        return None
    try:
        data = base64.b64decode(fields.text("data").encode(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise fields.refuse("data", "is not base64") from error
    known = digest.algorithm in HEX_LENGTHS
    if len(data) != size or (known and Digest.of(data, digest.algorithm) != digest):
        raise fields.refuse("data", "is not the content that digest and size describe")
    return data
