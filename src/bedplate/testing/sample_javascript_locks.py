"""Small lock files of one project, in every format and version of npm, pnpm, Yarn and Bun."""

from __future__ import annotations

import json


def npm(*, libc: bool = True, musl: bool = True) -> bytes:
    """npm: a parent with platform packages, one that compiles, one without native code.

    Args:
        libc: written by npm 11.11 or later, which keeps the field.
        musl: the build for musl is there.
    """
    packages: dict[str, dict[str, object]] = {
        "": {"name": "app", "dependencies": {"fast": "^1", "built": "^2", "plain": "^3"}},
        "node_modules/fast": {
            "version": "1.0.0",
            "optionalDependencies": {"@fast/linux-x64-gnu": "1", "@fast/linux-x64-musl": "1"},
        },
        "node_modules/@fast/linux-x64-gnu": _build("glibc", libc=libc),
        "node_modules/built": {
            "version": "2.0.0",
            "hasInstallScript": True,
            "dependencies": {"nan": "^2"},
        },
        "node_modules/nan": {"version": "2.0.0"},
        "node_modules/plain": {"version": "3.0.0", "resolved": "https://h.example/plain-3.0.0.tgz"},
    }
    if musl:
        packages["node_modules/@fast/linux-x64-musl"] = _build("musl", libc=libc)
    return json.dumps({"lockfileVersion": 3, "packages": packages}).encode()


def _build(libc_name: str, *, libc: bool) -> dict[str, object]:
    fields: dict[str, object] = {
        "version": "1.0.0",
        "os": ["linux"],
        "cpu": ["x64"],
        "optional": True,
    }
    return {**fields, "libc": [libc_name]} if libc else fields


NPM_1 = json.dumps(
    {
        "lockfileVersion": 1,
        "dependencies": {
            "fast": {
                "version": "1.0.0",
                "requires": {"@fast/linux-x64-gnu": "1", "@fast/linux-x64-musl": "1"},
            },
            "@fast/linux-x64-gnu": {"version": "1.0.0", "optional": True},
            "@fast/linux-x64-musl": {"version": "1.0.0", "optional": True},
            "built": {"version": "2.0.0", "requires": {"nan": "^2"}},
            "nan": {"version": "2.0.0"},
            "plain": {"version": "3.0.0"},
        },
    }
).encode()

PNPM_9 = b"""
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      fast: {specifier: ^1, version: 1.0.0}
      built: {specifier: ^2, version: 2.0.0(plain@3.0.0)}
      plain: {specifier: ^3, version: 3.0.0}
packages:
  fast@1.0.0:
    resolution: {integrity: sha512-AA==}
  '@fast/linux-x64-gnu@1.0.0':
    resolution: {integrity: sha512-AA==}
    os: [linux]
    cpu: [x64]
    libc: [glibc]
  '@fast/linux-x64-musl@1.0.0':
    resolution: {integrity: sha512-AA==}
    os: [linux]
    cpu: [x64]
    libc: [musl]
  built@2.0.0:
    resolution: {integrity: sha512-AA==}
  nan@2.0.0:
    resolution: {integrity: sha512-AA==}
  plain@3.0.0:
    resolution: {integrity: sha512-AA==}
snapshots:
  fast@1.0.0:
    optionalDependencies:
      '@fast/linux-x64-gnu': 1.0.0
      '@fast/linux-x64-musl': 1.0.0
  '@fast/linux-x64-gnu@1.0.0':
    optional: true
  '@fast/linux-x64-musl@1.0.0':
    optional: true
  built@2.0.0(plain@3.0.0):
    dependencies:
      nan: 2.0.0
  nan@2.0.0: {}
  plain@3.0.0: {}
"""

_PNPM_OLD = """
lockfileVersion: {version}
packages:
  {fast}:
    resolution: {{integrity: sha512-AA==}}
    optionalDependencies:
      '@fast/linux-x64-gnu': 1.0.0
      '@fast/linux-x64-musl': 1.0.0
    dev: false
  {gnu}:
    resolution: {{integrity: sha512-AA==}}
    os: [linux]
    cpu: [x64]
    libc: [glibc]
    optional: true
  {musl}:
    resolution: {{integrity: sha512-AA==}}
    os: [linux]
    cpu: [x64]
    libc: [musl]
    optional: true
  {built}:
    resolution: {{integrity: sha512-AA==}}
    requiresBuild: true
    dependencies:
      nan: 2.0.0
  {nan}:
    resolution: {{integrity: sha512-AA==}}
  {plain}:
    resolution: {{integrity: sha512-AA==}}
"""
PNPM_5 = _PNPM_OLD.format(
    version="5.4",
    fast="/fast/1.0.0",
    gnu="/@fast/linux-x64-gnu/1.0.0",
    musl="/@fast/linux-x64-musl/1.0.0",
    built="/built/2.0.0",
    nan="/nan/2.0.0",
    plain="/plain/3.0.0",
).encode()
PNPM_6 = _PNPM_OLD.format(
    version="'6.0'",
    fast="/fast@1.0.0",
    gnu="/@fast/linux-x64-gnu@1.0.0",
    musl="/@fast/linux-x64-musl@1.0.0",
    built="/built@2.0.0",
    nan="/nan@2.0.0",
    plain="/plain@3.0.0",
).encode()

YARN_1 = b"""# yarn lockfile v1

"@fast/linux-x64-gnu@1":
  version "1.0.0"
  resolved "https://h.example/@fast/linux-x64-gnu/-/linux-x64-gnu-1.0.0.tgz#aa"

"@fast/linux-x64-musl@1":
  version "1.0.0"

built@^2:
  version "2.0.0"
  dependencies:
    nan "^2"

fast@^1:
  version "1.0.0"
  optionalDependencies:
    "@fast/linux-x64-gnu" "1"
    "@fast/linux-x64-musl" "1"

nan@^2:
  version "2.0.0"

plain@^3:
  version "3.0.0"
"""

YARN_BERRY = b"""__metadata:
  version: 8

"@fast/linux-x64-gnu@npm:1":
  version: 1.0.0
  resolution: "@fast/linux-x64-gnu@npm:1.0.0"
  conditions: os=linux & cpu=x64 & libc=glibc
  languageName: node
  linkType: hard

"@fast/linux-x64-musl@npm:1":
  version: 1.0.0
  resolution: "@fast/linux-x64-musl@npm:1.0.0"
  conditions: os=linux & cpu=x64 & libc=musl
  languageName: node
  linkType: hard

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    fast: "npm:^1"
  languageName: unknown
  linkType: soft

"built@npm:^2":
  version: 2.0.0
  resolution: "built@npm:2.0.0"
  dependencies:
    nan: "npm:^2"
  languageName: node
  linkType: hard

"fast@npm:^1":
  version: 1.0.0
  resolution: "fast@npm:1.0.0"
  dependencies:
    "@fast/linux-x64-gnu": "npm:1"
    "@fast/linux-x64-musl": "npm:1"
  dependenciesMeta:
    "@fast/linux-x64-gnu":
      optional: true
    "@fast/linux-x64-musl":
      optional: true
  languageName: node
  linkType: hard

"nan@npm:^2":
  version: 2.0.0
  resolution: "nan@npm:2.0.0"
  languageName: node
  linkType: hard

"plain@npm:^3":
  version: 3.0.0
  resolution: "plain@npm:3.0.0"
  languageName: node
  linkType: hard
"""

BUN = b"""{
  "lockfileVersion": 1,
  "workspaces": {"": {"name": "app", "dependencies": {
    "fast": "^1", "built": "^2", "plain": "^3"}}},
  "trustedDependencies": ["built"],
  "packages": {
    "fast": ["fast@1.0.0", "", {"optionalDependencies": {
      "@fast/linux-x64-gnu": "1", "@fast/linux-x64-musl": "1"}}, "sha512-AA=="],
    "@fast/linux-x64-gnu": ["@fast/linux-x64-gnu@1.0.0", "",
      {"os": "linux", "cpu": "x64", "libc": "glibc"}, "sha512-AA=="],
    "@fast/linux-x64-musl": ["@fast/linux-x64-musl@1.0.0", "",
      {"os": "linux", "cpu": "x64", "libc": "musl"}, "sha512-AA=="],
    "built": ["built@2.0.0", "", {"dependencies": {"nan": "^2"}}, "sha512-AA=="],
    "nan": ["nan@2.0.0", "", {}, "sha512-AA=="],
    "plain": ["plain@3.0.0", "", {}, "sha512-AA=="],
  }
}
"""

# Every one of them says the same of `fast`, `built` and `plain`.
JAVASCRIPT = {
    "package-lock.json": npm(),
    "npm-shrinkwrap.json": NPM_1,
    "app/pnpm-lock.yaml": PNPM_9,
    "old/pnpm-lock.yaml": PNPM_6,
    "older/pnpm-lock.yaml": PNPM_5,
    "yarn.lock": YARN_1,
    "berry/yarn.lock": YARN_BERRY,
    "bun.lock": BUN,
}
