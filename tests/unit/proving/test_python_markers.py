"""Environment markers, and what lock files say with them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.proving.lock_evidence import judge_lock, read_lock
from bedplate.proving.python_markers import both, either, holds

LINUX = InstallTarget(runtimes={"python": "3.12.1"})
UNKNOWN = InstallTarget()


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("sys_platform == 'linux'", True),
        ("sys_platform == 'win32'", False),
        ("'win' in sys_platform", False),
        ("sys_platform not in 'win32 darwin'", True),
        ("platform_machine == 'x86_64' and os_name == \"posix\"", True),
        ("python_version < '3.12'", False),
        ("python_version < '3.9' or python_full_version >= '3.12'", True),
        ("python_full_version == '3.12.*'", True),
        ("(python_version >= '3.10' and sys_platform == 'win32') or os_name == 'nt'", False),
        ("python_version >= '3.9'", True),
        ("extra == 'tests'", None),
        ("sys_platform == 'linux' or extra == 'tests'", True),
        ("sys_platform == 'win32' and extra == 'tests'", False),
        ("sys_platform == ", None),
        ("what?", None),
        ("(" * 100 + "os_name == 'nt'" + ")" * 100, None),
    ],
)
def test_three_values(marker: str, expected: bool | None) -> None:  # noqa: FBT001
    assert holds(marker, LINUX) is expected


def test_an_unknown_python_decides_nothing() -> None:
    assert holds("python_version < '3'", UNKNOWN) is None
    assert holds("python_version < '3' and sys_platform == 'win32'", UNKNOWN) is False


def test_joined() -> None:
    assert either(["a == 'b'", ""]) == ""
    assert holds(both(either(["os_name == 'nt'", "os_name == 'posix'"]), ""), LINUX) is True
    assert holds(both("os_name == 'nt'", "os_name == 'posix'"), LINUX) is False


@given(st.text(alphabet="()'\"= <>andornti_svpy.3", max_size=60))
def test_arbitrary_text(marker: str) -> None:
    assert holds(marker, LINUX) in {True, False, None}


LOCKS = {
    "uv.lock": """
[[package]]
name = "app"
version = "0"
source = { virtual = "." }
dependencies = [{ name = "only-win", marker = "sys_platform == 'win32'" }, { name = "n" }]
[[package]]
name = "only-win"
version = "1"
[[package]]
name = "n"
version = "1"
resolution-markers = ["python_full_version < '3.12'"]
[[package]]
name = "n"
version = "2"
resolution-markers = ["python_full_version >= '3.12'"]
""",
    "poetry.lock": """
[[package]]
name = "only-win"
version = "1"
markers = "sys_platform == 'win32'"
[[package]]
name = "n"
version = "2"
markers = {main = "sys_platform == 'linux'", dev = "sys_platform == 'win32'"}
""",
    "pdm.lock": """
[[package]]
name = "only-win"
version = "1"
marker = "sys_platform == 'win32'"
[[package]]
name = "n"
version = "2"
""",
    "pylock.toml": """
[[packages]]
name = "only-win"
version = "1"
marker = "sys_platform == 'win32'"
[[packages]]
name = "n"
version = "2"
""",
    "Pipfile.lock": json.dumps(
        {
            "default": {
                "only-win": {"version": "==1", "markers": "sys_platform == 'win32'"},
                "n": {"version": "==2"},
            }
        }
    ),
    "requirements.txt": "only-win==1 ; sys_platform == 'win32' --hash=sha256:aa\nn==2  # ; os\n",
}


@pytest.mark.parametrize("path", LOCKS)
def test_what_is_for_others_is_not_judged(path: str) -> None:
    project = read_lock(path, LOCKS[path].encode())
    assert isinstance(project, LockedProject)
    assert [proof.package for proof in judge_lock(project, LINUX)] == ["n 2"]
