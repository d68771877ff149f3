"""What a build is given beside the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.dockerfile.value import Fragment, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFAULT_PLATFORM = "linux/amd64"


@dataclass(frozen=True, slots=True)
class Build:
    """The parameters of a build.

    Args:
        target: stage to build, by name or number; the last one when None.
        arguments: values of `--build-arg`.
        platform: platform of the result, `os/architecture[/variant]`.
        build_platform: platform that the build runs on.
        contexts: names of `--build-context`, which go before images of the same name.
    """

    target: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    platform: str = _DEFAULT_PLATFORM
    build_platform: str = _DEFAULT_PLATFORM
    contexts: frozenset[str] = frozenset()

    def predefined(self) -> dict[str, Value]:
        """Give the variables that FROM knows without an ARG.

        Source: BuildKit, dockerfile2llb, platform.go.
        """
        values = {"TARGETSTAGE": self.target or "default"}
        for prefix, platform in (("BUILD", self.build_platform), ("TARGET", self.platform)):
            system, _, rest = platform.partition("/")
            architecture, _, variant = rest.partition("/")
            values |= {
                f"{prefix}PLATFORM": platform,
                f"{prefix}OS": system,
                f"{prefix}OSVERSION": "",
                f"{prefix}ARCH": architecture,
                f"{prefix}VARIANT": variant,
            }
        return {name: Value((Fragment(text),)) for name, text in values.items()}
