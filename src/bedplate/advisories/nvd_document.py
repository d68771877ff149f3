"""A CVE of the NVD as it is written.

Source: csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema.
"""

from __future__ import annotations

import msgspec


class CpeMatch(msgspec.Struct, rename="camel", gc=False):
    """Versions of a product."""

    criteria: str
    vulnerable: bool = True
    version_start_including: str = ""
    version_start_excluding: str = ""
    version_end_including: str = ""
    version_end_excluding: str = ""


class Node(msgspec.Struct, rename="camel"):
    """Products, any of which counts."""

    cpe_match: list[CpeMatch] = []
    negate: bool = False


class Configuration(msgspec.Struct, rename="camel"):
    """Nodes, with `AND` all of them."""

    nodes: list[Node] = []
    operator: str = ""


class CvssData(msgspec.Struct, rename="camel", gc=False):
    """A vector with its score."""

    vector_string: str
    base_score: float
    base_severity: str = ""


class Metric(msgspec.Struct, rename="camel"):
    """Somebody's vector."""

    cvss_data: CvssData
    source: str = ""
    type: str = ""
    base_severity: str = ""


class Metrics(msgspec.Struct):
    """All vectors, by version."""

    cvss_metric_v40: list[Metric] = msgspec.field(name="cvssMetricV40", default=[])
    cvss_metric_v31: list[Metric] = msgspec.field(name="cvssMetricV31", default=[])
    cvss_metric_v30: list[Metric] = msgspec.field(name="cvssMetricV30", default=[])
    cvss_metric_v2: list[Metric] = msgspec.field(name="cvssMetricV2", default=[])


class Cve(msgspec.Struct, rename="camel"):
    """The CVE."""

    id: str = ""
    published: str = ""
    last_modified: str = ""
    vuln_status: str = ""
    metrics: Metrics | None = None
    configurations: list[Configuration] = []


class Vulnerability(msgspec.Struct):
    """Its envelope."""

    cve: Cve


class Page(msgspec.Struct):
    """An answer of the API, or a yearly file."""

    vulnerabilities: list[msgspec.Raw]
    timestamp: str = ""
