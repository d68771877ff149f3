"""What an image's configuration asks of a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.flows.proof_base import WANTS
from bedplate.model.image_config import ImageConfig
from bedplate.model.platform import Platform
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving import prove
from bedplate.proving.application import Application
from bedplate.testing.sample_roots import GLIBC_FILES, MUSL_FILES, program
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from typing import Any

APP = MemoryTree({"app/server": program("libc.so.6")}, modes={"app/server": 0o755})
SCRATCH = MemoryTree({})
DEBIAN = MemoryTree(
    {
        **GLIBC_FILES,
        "usr/bin/sh": program("libc.so.6"),
        "bin": "usr/bin",
        "etc/passwd": b"root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n",
        "etc/group": b"root:x:0:\n",
    },
    wants=WANTS,
    modes={"usr/bin/sh": 0o755},
)
MUSL = MemoryTree(MUSL_FILES, wants=WANTS)


def of_image(base: MemoryTree, **fields: Any) -> dict[str, Proof]:
    config = ImageConfig(Platform("linux", "amd64"), **fields)
    proofs = prove(Application(APP, config=config), base)
    return {proof.path: proof for proof in proofs if "/" not in proof.path}


def test_the_command_is_looked_up() -> None:
    assert of_image(DEBIAN, command=("/app/server",))["CMD"].outcome is Outcome.LOADS
    relative = of_image(DEBIAN, command=("./server",), working_directory="/app")
    assert relative["CMD"].outcome is Outcome.LOADS
    absent = of_image(DEBIAN, entrypoint=("tini", "--"), command=("/app/server",))
    assert (absent["ENTRYPOINT"].outcome, absent["ENTRYPOINT"].missing) == (Outcome.FAILS, "tini")
    path = of_image(DEBIAN, command=("server",), environment=("PATH=/app",))
    assert path["CMD"].outcome is Outcome.LOADS


def test_the_shell_form_needs_a_shell() -> None:
    shell = ("/bin/sh", "-c", "/app/server")
    assert of_image(DEBIAN, command=shell)["CMD"].outcome is Outcome.LOADS
    assert of_image(SCRATCH, command=shell)["CMD"].missing == "/bin/sh"


def test_the_health_check_needs_its_program() -> None:
    by_shell = ("CMD-SHELL", "curl -f localhost")
    assert "HEALTHCHECK" not in of_image(DEBIAN, health_check=by_shell)
    assert of_image(SCRATCH, health_check=by_shell)["HEALTHCHECK"].missing == "/bin/sh"
    assert of_image(DEBIAN, health_check=("CMD", "curl"))["HEALTHCHECK"].missing == "curl"
    for nothing in ((), ("NONE",), ("CMD",)):
        assert "HEALTHCHECK" not in of_image(SCRATCH, health_check=nothing)


def test_npm_needs_a_shell_too() -> None:
    proofs = of_image(SCRATCH, command=("npm", "start"))
    assert proofs["CMD"].missing in ("npm", "/bin/sh")
    assert proofs["CMD"].outcome is Outcome.FAILS


def test_users_by_name_need_an_entry_and_numbers_none() -> None:
    assert "USER" not in of_image(DEBIAN, user="1000:1000")
    assert of_image(SCRATCH, user="node")["USER"].outcome is Outcome.FAILS
    assert of_image(DEBIAN, user="0:staff")["USER"].missing == "staff"
    home = of_image(DEBIAN, user="node")["USER"]
    assert (home.outcome, home.missing) == (Outcome.RISK, "/home/node")


def test_locales_of_glibc_must_be_there() -> None:
    german = ("LANG=de_DE.UTF-8",)
    assert of_image(DEBIAN, environment=german)["LANG"].outcome is Outcome.RISK
    assert "LANG" not in of_image(DEBIAN, environment=("LANG=C.UTF-8",))
    assert "LANG" not in of_image(MUSL, environment=german)


def test_a_time_zone_needs_the_database() -> None:
    proof = of_image(DEBIAN, environment=("TZ=Europe/Berlin",))["TZ"]
    assert (proof.outcome, proof.provided_by) == (Outcome.RISK, ("tzdata",))
    assert "TZ" not in of_image(DEBIAN, environment=("TZ=UTC",))
