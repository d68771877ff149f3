"""The order of versions, as each packaging system defines it.

`compare` tells which of two versions is newer, `in_range` reads a range as its system writes it,
`from_events` and `affected` evaluate those of advisories. No version is ever compared as plain
text: what a scheme can't parse raises `InvalidVersion`, or makes the answer None, not known.
"""

from bedplate.versions.comparing import compare, in_range
from bedplate.versions.events import from_events
from bedplate.versions.keys import key
from bedplate.versions.names import scheme
from bedplate.versions.ranges import affected

__all__ = ["affected", "compare", "from_events", "in_range", "key", "scheme"]
