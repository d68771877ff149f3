"""Compiled files out of the wild: npm packages and wheels, for glibc and for musl."""

from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from pathlib import Path

# each has prebuilt files in its archive, or in a package for each platform
_NPM = {
    "@datadog/native-metrics": "3.1.0",
    "@napi-rs/canvas": "0.1.65",
    "@node-rs/argon2": "2.0.2",
    "@node-rs/bcrypt": "1.10.7",
    "@parcel/watcher": "2.5.0",
    "@resvg/resvg-js": "2.6.2",
    "@sentry-internal/node-cpu-profiler": "2.2.0",
    "@serialport/bindings-cpp": "12.0.1",
    "argon2": "0.45.1",
    "bcrypt": "6.0.0",
    "blake-hash": "2.0.0",
    "bufferutil": "4.0.8",
    "classic-level": "1.4.1",
    "deasync": "0.1.30",
    "esbuild": "0.24.0",
    "keccak": "3.0.4",
    "koffi": "2.9.2",
    "leveldown": "6.1.1",
    "lightningcss": "1.28.2",
    "lmdb": "3.2.0",
    "microtime": "3.1.1",
    "msgpackr-extract": "3.0.3",
    "ref-napi": "3.0.3",
    "rollup": "4.28.1",
    "secp256k1": "5.0.1",
    "sharp": "0.33.5",
    "snappy": "7.2.2",
    "sodium-native": "4.3.1",
    "tree-sitter": "0.22.1",
    "usb": "2.14.0",
    "utf-8-validate": "6.0.5",
    "zeromq": "6.1.2",
}
_WHEELS = {
    "aiohttp": "3.11.10",
    "bcrypt": "4.2.1",
    "cffi": "1.17.1",
    "cryptography": "43.0.3",
    "greenlet": "3.1.1",
    "lxml": "5.3.0",
    "orjson": "3.10.12",
    "pillow": "11.0.0",
    "psycopg2-binary": "2.9.10",
    "pydantic-core": "2.27.1",
    "pymssql": "2.3.2",
    "pyzmq": "26.2.0",
    "regex": "2024.11.6",
    "uvloop": "0.21.0",
    "zstandard": "0.23.0",
}
_GLIBC_TAGS = ("2014", "_2_17", "_2_24", "_2_27", "_2_28")
_PLATFORMS = {
    "glibc": tuple(f"manylinux{tag}_x86_64" for tag in _GLIBC_TAGS),
    "musl": ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64"),
}
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


def npm_packages(folder: Path, libc: str) -> Path:
    """Install the npm packages, once, without running their scripts.

    Args:
        folder: where finished ones are kept.
        libc: `glibc` or `musl`: whose platform packages are taken.
    """
    target = folder / f"npm-{libc}"
    if not target.exists():
        unfinished = folder / f"unfinished-npm-{libc}"
        unfinished.mkdir(parents=True, exist_ok=True)
        manifest = {"name": "laboratory", "version": "1.0.0", "dependencies": _NPM}
        (unfinished / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
        platform = ("--os=linux", "--cpu=x64", f"--libc={libc}")
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
        run(["npm", "install", *quiet, *platform], cwd=unfinished)
        unfinished.rename(target)
    return target / "node_modules"


def wheels(folder: Path, libc: str) -> Path:
    """Unpack wheels for CPython 3.11, once.

    Args:
        folder: where finished ones are kept.
        libc: `glibc` or `musl`.
    """
    target = folder / f"wheels-{libc}" / "site-packages"
    if not target.exists():
        archives = folder / f"archives-{libc}"
        python = ("--python-version=3.11", "--implementation=cp", "--abi=cp311", "--abi=abi3")
        tags = [f"--platform={tag}" for tag in _PLATFORMS[libc]]
        pins = [f"{name}=={version}" for name, version in _WHEELS.items()]
        options = ("--no-deps", "--only-binary=:all:", *python, *tags, f"--dest={archives}")
        run([*_PIP, "download", *options, *pins])
        unfinished = target.with_name("unfinished")
        for path in archives.glob("*.whl"):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(unfinished)
        unfinished.rename(target)
    return target
