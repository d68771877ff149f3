"""Code names of the long-term releases of Node.js, which tags use for the version.

Source: github.com/nodejs/Release, CODENAMES.md.
"""

from __future__ import annotations

_NODE = {
    "argon": "4",
    "boron": "6",
    "carbon": "8",
    "dubnium": "10",
    "erbium": "12",
    "fermium": "14",
    "gallium": "16",
    "hydrogen": "18",
    "iron": "20",
    "jod": "22",
    "krypton": "24",
}


def node_major(codename: str) -> str:
    """Give the major version of a code name: `iron` is `20`; empty when it is not known."""
    return _NODE.get(codename, "")
