"""What only development needs, in lock files that do not mark it themselves."""

from __future__ import annotations

import json

import pytest

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.proving.lock_evidence import judge_lock, read_lock

LOCKS = {
    "pnpm-lock.yaml": """
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      app-needs: {specifier: ^1, version: 1.0.0}
    devDependencies:
      tests-need: {specifier: ^1, version: 1.0.0}
packages:
  app-needs@1.0.0: {resolution: {integrity: sha512-AA==}}
  deep@1.0.0: {resolution: {integrity: sha512-AA==}}
  tests-need@1.0.0: {resolution: {integrity: sha512-AA==}}
snapshots:
  app-needs@1.0.0: {dependencies: {deep: 1.0.0}}
  deep@1.0.0: {}
  tests-need@1.0.0: {}
""",
    "older/pnpm-lock.yaml": """
lockfileVersion: 5.4
dependencies: {app-needs: 1.0.0}
devDependencies: {tests-need: 1.0.0}
packages:
  /app-needs/1.0.0: {dependencies: {deep: 1.0.0}}
  /deep/1.0.0: {}
  /tests-need/1.0.0: {}
""",
    "bun.lock": json.dumps(
        {
            "lockfileVersion": 1,
            "workspaces": {
                "": {"dependencies": {"app-needs": "1"}, "devDependencies": {"tests-need": "1"}}
            },
            "packages": {
                "app-needs": ["app-needs@1.0.0", "", {"dependencies": {"deep": "1"}}, ""],
                "deep": ["deep@1.0.0", "", {}, ""],
                "tests-need": ["tests-need@1.0.0", "", {}, ""],
            },
        }
    ),
    "uv.lock": """
[[package]]
name = "app"
version = "0"
source = { editable = "." }
dependencies = [{ name = "app-needs" }]
dev-dependencies = { dev = [{ name = "tests-need" }] }
[[package]]
name = "app-needs"
version = "1.0.0"
dependencies = [{ name = "deep" }]
[[package]]
name = "deep"
version = "1.0.0"
[[package]]
name = "tests-need"
version = "1.0.0"
""",
}


@pytest.mark.parametrize("path", LOCKS)
def test_what_tests_need_is_left_out(path: str) -> None:
    project = read_lock(path, LOCKS[path].encode())
    assert isinstance(project, LockedProject)
    names = {proof.package.partition(" ")[0] for proof in judge_lock(project, InstallTarget())}
    assert names == {"app-needs", "deep"}
    everything = judge_lock(project, InstallTarget(), development=True)
    assert len(everything) == 3
