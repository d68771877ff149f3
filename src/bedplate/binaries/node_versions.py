"""Which interfaces for addons a release of Node.js offers.

Source: Node.js documentation, "Node-API version matrix"; doc/abi_version_registry.json of its
source code.
"""

from __future__ import annotations

# major version -> NODE_MODULE_VERSION
_MODULE_VERSIONS = {
    12: 72,
    14: 83,
    16: 93,
    18: 108,
    19: 111,
    20: 115,
    21: 120,
    22: 127,
    23: 131,
    24: 137,
    25: 141,
}
# Node-API version -> first release with it, for each major version that got it later
_API_VERSIONS = {
    10: {22: (22, 14, 0), 23: (23, 6, 0)},
    9: {18: (18, 17, 0), 20: (20, 3, 0)},
    8: {12: (12, 22, 0), 14: (14, 17, 0), 15: (15, 12, 0)},
}
_SINCE = {10: 24, 9: 21, 8: 16}


def module_version(version: str) -> int:
    """Give NODE_MODULE_VERSION of a release; 0 when it is not known.

    Args:
        version: `20.18.0`.
    """
    return _MODULE_VERSIONS.get(_numbers(version)[0], 0)


def api_version(version: str) -> int:
    """Give the Node-API version of a release; 0 when it is not known.

    Args:
        version: `20.18.0`.
    """
    release = _numbers(version)
    for api, later in _API_VERSIONS.items():
        first = later.get(release[0], (_SINCE[api], 0, 0))
        if release >= first:
            return api
    return 0


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.partition("-")[0].split(".")
    numbers = [int(part) if part.isdecimal() else 0 for part in parts[:3]]
    return tuple([*numbers, 0, 0, 0][:3])
