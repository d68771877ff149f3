"""Asks a `docker-credential-*` program for a login."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading

from bedplate.errors import InvalidConfiguration
from bedplate.registry.credential_source import Credential

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PATIENCE = 30.0  # seconds; a helper may unlock a key ring or ask a cloud
_MAX_BYTES = 256 * 1024
_TOKEN_USER = "<token>"  # noqa: S105 - the protocol's word for "the secret is an identity token"
_NOT_FOUND = "credentials not found"


def ask_helper(
    name: str, server: str, search_path: str, patience: float = _PATIENCE
) -> Credential | None:
    """Run `docker-credential-NAME get`; None when the helper has no login.

    Args:
        name: of the helper, without its prefix.
        server: what the login is asked for, written to the helper's standard input.
        search_path: folders to find the program in, as in PATH.
        patience: seconds it may take.

    Raises:
        InvalidConfiguration: no such program, or it fails; never holds its output's secrets.

    Source: docker-credential-helpers, README, "Development".
    """
    program = f"docker-credential-{name}"
    found = shutil.which(program, path=search_path) if _NAME.fullmatch(name) else None
    if found is None:
        raise InvalidConfiguration(
            f"the credential helper {program[:100]!r} is not on PATH", "install it, or log in again"
        )
    status, said = _run(found, server.encode(), program, patience)
    if status != 0:
        if _NOT_FOUND.encode() in said:
            return None
        raise InvalidConfiguration(f"{program} failed with status {status}")
    return _read(said, program)


def _run(path: str, question: bytes, program: str, patience: float) -> tuple[int, bytes]:
    """Run the helper; give its status and at most a little more than it may say."""
    late = threading.Event()
    try:
        process = subprocess.Popen(
            [path, "get"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that what it starts ends with it
        )
    except OSError as error:
        raise InvalidConfiguration(f"{program} can't be run: {error.strerror}") from error

    def end() -> None:
        late.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    watchdog = threading.Timer(patience, end)
    watchdog.start()
    try:
        said = _converse(process, question)
        if len(said) > _MAX_BYTES:
            end()
            raise InvalidConfiguration(f"{program} answers with more than {_MAX_BYTES} bytes")
        status = process.wait()
    finally:
        watchdog.cancel()
        process.wait()
    if late.is_set():
        raise InvalidConfiguration(f"{program} gave no login in {patience:g} s")
    return status, said


def _converse(process: subprocess.Popen[bytes], question: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        return b""
    with process.stdin, process.stdout:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(question)
            process.stdin.close()
        return process.stdout.read(_MAX_BYTES + 1)


def _read(said: bytes, program: str) -> Credential | None:
    try:
        document = json.loads(said)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise InvalidConfiguration(f"{program} did not answer with a JSON object")
    username, secret = document.get("Username"), document.get("Secret")
    if not isinstance(username, str) or not isinstance(secret, str):
        raise InvalidConfiguration(f"{program} answered without Username and Secret")
    if not secret:
        return None
    if username == _TOKEN_USER:
        return Credential(identity_token=secret, source=program)
    return Credential(username, secret, source=program)
