"""What source files ask for: a shell, certificates, zone data.

Read by pattern, not understood: a line that only looks like one is a false alarm, which its
evidence lets a person see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.needs import Need, NeedKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles


class Sign(NamedTuple):
    """A pattern, and what it means.

    Args:
        kind: of the need.
        what: which one, or what for.
        pattern: in the text of a source file.
    """

    kind: NeedKind
    what: str
    pattern: re.Pattern[str]


def _sign(kind: NeedKind, what: str, pattern: str) -> Sign:
    return Sign(kind, what, re.compile(pattern, re.MULTILINE))


_TEST_PARTS = frozenset(
    ("test", "tests", "__tests__", "spec", "specs", "testdata", "fixtures", "docs", "examples")
)
_TEST_NAME = re.compile(r"(?:_test\.\w+|\.(?:test|spec)\.\w+|(?:^|/)test_[^/]*|conftest\.py)\Z")
_COMMENT = r"^(?!\s*(?://|#|\*)).*"


def source_needs(
    files: ProjectFiles, suffixes: tuple[str, ...], signs: tuple[Sign, ...]
) -> Iterator[Need]:
    """Find the first place of each need; tests, examples and documentation do not count.

    Args:
        files: the project.
        suffixes: of source files.
        signs: what to look for.
    """
    found: set[tuple[NeedKind, str]] = set()
    for path in files.contents:
        if not path.endswith(suffixes) or is_for_tests(path):
            continue
        for sign in signs:
            if (sign.kind, sign.what) in found:
                continue
            evidence = files.find(path, sign.pattern)
            if evidence is not None:
                found.add((sign.kind, sign.what))
                yield Need(sign.kind, sign.what, evidence)


def is_for_tests(path: str) -> bool:
    """Tell whether a file is not part of what runs."""
    parts = path.split("/")
    return not _TEST_PARTS.isdisjoint(parts[:-1]) or _TEST_NAME.search(path) is not None


JAVASCRIPT = (
    _sign(
        NeedKind.SHELL,
        "child_process with a shell",
        _COMMENT
        + r"(?:\bexecSync\s*\(|\b(?:cp|child_process['\"]?\)?)\.exec\s*\(|shell\s*:\s*true)",
    ),
    _sign(
        NeedKind.SHELL,
        "child_process with a shell",
        r"^\s*(?:import|const|let|var)\s*\{[^}\n]*\bexec\b[^}\n]*\}.*child_process",
    ),
)
PYTHON = (
    _sign(
        NeedKind.SHELL,
        "subprocess with a shell",
        _COMMENT + r"(?:shell\s*=\s*True|\bos\.(?:system|popen)\s*\(|\bsubprocess\.getoutput\s*\()",
    ),
    _sign(NeedKind.CERTIFICATES, "TLS", r"^\s*(?:import|from)\s+(?:ssl|urllib\.request|smtplib)\b"),
    _sign(NeedKind.TIME_ZONES, "zoneinfo", r"^\s*(?:from|import)\s+zoneinfo\b"),
)
GO = (
    _sign(
        NeedKind.SHELL,
        "os/exec with a shell",
        _COMMENT + r"exec\.Command(?:Context)?\([^)\n]*\"(?:/bin/)?(?:ba)?sh\"",
    ),
    _sign(
        NeedKind.CERTIFICATES,
        "TLS",
        _COMMENT
        + r"(?:http\.(?:Get|Post|Head|PostForm|DefaultClient|NewRequest\w*)\b|http\.Client\b"
        r"|tls\.Dial|\"https://|smtp\.SendMail|credentials\.NewTLS)",
    ),
    _sign(NeedKind.TIME_ZONES, "time.LoadLocation", _COMMENT + r"\btime\.LoadLocation\s*\("),
)
RUBY = (
    _sign(
        NeedKind.SHELL,
        "a command of the shell",
        _COMMENT + r"(?:(?:^|[\s(=])system\s*\(?\s*[\"']|%x[({\[]|=\s*`|\bOpen3\.\w+\(\s*\")",
    ),
    _sign(NeedKind.CERTIFICATES, "TLS", r"^\s*require\s+['\"](?:net/https?|openssl|open-uri)['\"]"),
    _sign(NeedKind.TIME_ZONES, "TZInfo", r"\b(?:TZInfo::|Time\.zone\b|in_time_zone\b)"),
)
PHP = (
    _sign(
        NeedKind.SHELL,
        "a command of the shell",
        _COMMENT + r"\b(?:shell_exec|passthru|proc_open|popen|system|(?<!curl_)(?<!->)exec)\s*\(",
    ),
    _sign(NeedKind.CERTIFICATES, "TLS", r"\b(?:curl_init|file_get_contents\(\s*['\"]https)"),
)
JAVA = (
    _sign(
        NeedKind.SHELL,
        "a process of the shell",
        _COMMENT + r"(?:ProcessBuilder|\.exec)\s*\([^)\n]*\"(?:/bin/)?(?:ba)?sh\"",
    ),
)
RUST = (
    _sign(
        NeedKind.SHELL,
        "a process of the shell",
        _COMMENT + r"Command::new\(\s*\"(?:/bin/)?(?:ba)?sh\"",
    ),
    _sign(NeedKind.CERTIFICATES, "TLS", r"\b(?:reqwest|native_tls|rustls_native_certs)::"),
    _sign(NeedKind.TIME_ZONES, "the system's zones", r"\btz::|\bchrono::Local\b|\btime_tz::system"),
)
DOTNET = (
    _sign(
        NeedKind.SHELL,
        "a process of the shell",
        _COMMENT + r"Process(?:StartInfo)?\s*(?:\.Start)?\([^)\n]*\"(?:/bin/)?(?:ba)?sh\"",
    ),
    _sign(NeedKind.CERTIFICATES, "TLS", r"\b(?:HttpClient|SslStream|IHttpClientFactory)\b"),
    _sign(NeedKind.TIME_ZONES, "TimeZoneInfo", r"\bTimeZoneInfo\.(?:Find|Get|Convert)\w*"),
)
