"""Small lock files of one project, in every format and version of the Python tools."""

from __future__ import annotations

import json

_GLIBC_WHEEL = "fast-1.0-cp312-cp312-manylinux_2_28_x86_64.whl"
_MUSL_WHEEL = "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl"
_PLAIN_WHEEL = "plain-2.0-py3-none-any.whl"
_ONLY_GLIBC = "glib-3.0-cp312-cp312-manylinux2014_x86_64.whl"
_SOURCE = "glib-3.0.tar.gz"

UV = f"""
version = 1
[[package]]
name = "app"
version = "0"
source = {{ virtual = "." }}
dependencies = [{{ name = "fast" }}, {{ name = "plain" }}, {{ name = "glib" }}]
[[package]]
name = "fast"
version = "1.0"
wheels = [
  {{ url = "https://h.example/{_GLIBC_WHEEL}", hash = "sha256:aa", size = 10 }},
  {{ url = "https://h.example/{_MUSL_WHEEL}", hash = "sha256:bb", size = 11 }},
]
[[package]]
name = "plain"
version = "2.0"
wheels = [{{ url = "https://h.example/{_PLAIN_WHEEL}", hash = "sha256:cc", size = 12 }}]
[[package]]
name = "glib"
version = "3.0"
sdist = {{ url = "https://h.example/{_SOURCE}", hash = "sha256:dd", size = 13 }}
wheels = [{{ url = "https://h.example/{_ONLY_GLIBC}", hash = "sha256:ee", size = 14 }}]
""".encode()

_FILES = """
files = [
  {{file = "{0}", hash = "sha256:aa"}},
  {{file = "{1}", hash = "sha256:aa"}},
]
"""
POETRY = f"""
[[package]]
name = "fast"
version = "1.0"
optional = false
groups = ["main"]
{_FILES.format(_GLIBC_WHEEL, _MUSL_WHEEL)}
[[package]]
name = "plain"
version = "2.0"
files = [{{file = "{_PLAIN_WHEEL}", hash = "sha256:aa"}}]
[[package]]
name = "glib"
version = "3.0"
{_FILES.format(_ONLY_GLIBC, _SOURCE)}
[metadata]
lock-version = "2.1"
""".encode()
POETRY_OLD = f"""
[[package]]
name = "fast"
version = "1.0"
category = "main"
[[package]]
name = "plain"
version = "2.0"
category = "main"
[[package]]
name = "glib"
version = "3.0"
category = "main"
[metadata]
lock-version = "1.1"
[metadata.files]
fast = [{{file = "{_GLIBC_WHEEL}", hash = "sha256:aa"}},
  {{file = "{_MUSL_WHEEL}", hash = "sha256:aa"}}]
plain = [{{file = "{_PLAIN_WHEEL}", hash = "sha256:aa"}}]
glib = [{{file = "{_ONLY_GLIBC}", hash = "sha256:aa"}}, {{file = "{_SOURCE}", hash = "sha256:aa"}}]
""".encode()
PDM = f"""
[[package]]
name = "fast"
version = "1.0"
groups = ["default"]
files = [{{url = "https://h.example/{_GLIBC_WHEEL}", hash = "sha256:aa"}},
  {{url = "https://h.example/{_MUSL_WHEEL}", hash = "sha256:aa"}}]
[[package]]
name = "plain"
version = "2.0"
files = [{{file = "{_PLAIN_WHEEL}", hash = "sha256:aa"}}]
[[package]]
name = "glib"
version = "3.0"
{_FILES.format(_ONLY_GLIBC, _SOURCE)}
""".encode()
PYLOCK = f"""
lock-version = "1.0"
[[packages]]
name = "fast"
version = "1.0"
[[packages.wheels]]
name = "{_GLIBC_WHEEL}"
url = "https://h.example/1/{_GLIBC_WHEEL}"
hashes = {{sha256 = "aa"}}
[[packages.wheels]]
url = "https://h.example/1/{_MUSL_WHEEL}"
hashes = {{sha256 = "aa"}}
[[packages]]
name = "plain"
version = "2.0"
wheels = [{{url = "https://h.example/{_PLAIN_WHEEL}", hashes = {{sha256 = "aa"}}}}]
[[packages]]
name = "glib"
version = "3.0"
sdist = {{url = "https://h.example/{_SOURCE}", hashes = {{sha256 = "aa"}}}}
wheels = [{{url = "https://h.example/{_ONLY_GLIBC}", hashes = {{sha256 = "aa"}}}}]
""".encode()

# Every one of them says the same of `fast`, `plain` and `glib`.
PYTHON = {
    "uv.lock": UV,
    "poetry.lock": POETRY,
    "old/poetry.lock": POETRY_OLD,
    "pdm.lock": PDM,
    "pylock.toml": PYLOCK,
}

PIPFILE = json.dumps(
    {
        "_meta": {},
        "default": {"fast": {"version": "==1.0", "hashes": ["sha256:aa"]}},
        "develop": {"only-tests": {"version": "==9.0"}},
    }
).encode()
REQUIREMENTS = b"""
fast==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
open-ended>=2
plain @ https://h.example/plain-2.0-py3-none-any.whl
"""
