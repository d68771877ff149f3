"""The Node.js of the base offers the interface that an addon was built for.

Source: Node.js documentation, "Node-API version matrix", "Addons".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.node_addon import EXPERIMENTAL
from bedplate.binaries.plugins import PluginKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "Node-API"


def check(case: Case) -> Proof | None:
    """Compare Node-API and NODE_MODULE_VERSION."""
    program = case.host.program if case.host else None
    if program is None or PluginKind.NODE not in case.file.plugin_of or program.name != "node":
        return None
    addon = case.file.contents.addon
    if addon is None:
        return None
    if addon.module_version and program.module_version:
        if addon.module_version == program.module_version:
            return None
        return case.proof(
            Outcome.FAILS,
            NAME,
            f"built for NODE_MODULE_VERSION {addon.module_version}, "
            f"node {program.version} has {program.module_version}",
            missing=f"NODE_MODULE_VERSION {addon.module_version}",
            fix="install it again with the Node.js of this base",
        )
    wanted, offered = addon.api_version or 0, program.api_version
    if not offered or wanted == EXPERIMENTAL or wanted <= offered:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        f"built for Node-API {wanted}, node {program.version} offers {offered}: "
        "it crashes when it is registered",
        missing=f"Node-API {wanted}",
        fix="use a base with a newer Node.js, or an older release of the package",
    )
