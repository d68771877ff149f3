"""A build plan -> the text of a Dockerfile and of its .dockerignore."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.advising.build_plan import BuildPlan

_UNPINNED = (
    "# bedplate: ignore=unpinned-package the release decides; its mirrors drop older versions"
)
_ALWAYS_IGNORED = (".git", ".github", "Dockerfile", ".dockerignore", ".env")
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
_ZONES = "/usr/share/zoneinfo"


def dockerfile_text(plan: BuildPlan) -> str:
    """Write the Dockerfile."""
    stages = [list(_builder(plan))] if plan.builder else []
    stages.append(list(_final(plan)))
    return "\n\n".join("\n".join(stage) for stage in stages) + "\n"


def dockerignore_text(plan: BuildPlan) -> str:
    """Write the .dockerignore: what the build does not need, or must not take along."""
    return "".join(f"{line}\n" for line in dict.fromkeys((*_ALWAYS_IGNORED, *plan.recipe.ignored)))


def _builder(plan: BuildPlan) -> Iterator[str]:
    recipe = plan.recipe
    yield f"FROM {plan.builder} AS build"
    yield from _packages(plan.builder_manager, plan.builder_packages)
    yield f"WORKDIR {recipe.folder}"
    yield from _environment(recipe.build_environment)
    if recipe.tool_stage is not None:
        image, path = recipe.tool_stage
        yield f"COPY --from={image} {path} {path}"
    if recipe.manifests == (".",):
        yield "COPY . ."
    elif recipe.manifests:
        yield f"COPY {' '.join(recipe.manifests)} ./"
    yield from _runs(recipe.install)
    if recipe.whole and recipe.manifests != (".",):
        yield "COPY . ."
    yield from _runs(recipe.build)


def _final(plan: BuildPlan) -> Iterator[str]:
    recipe = plan.recipe
    yield f"FROM {plan.image}"
    yield from _packages(plan.family.manager, plan.packages)
    if plan.make_user:
        yield f"RUN {_account(plan)}"
    if plan.certificates:
        yield f"COPY --from=build {_CERTIFICATES} {_CERTIFICATES}"
    if plan.zones:
        yield f"COPY --from=build {_ZONES} {_ZONES}"
    yield f"WORKDIR {recipe.folder if recipe.folder != '/src' else '/'}"
    yield from _environment(recipe.environment)
    yield from plan.kept
    source = "--from=build " if plan.builder else ""
    for path, target in recipe.copies:
        yield f"COPY {source}{path} {target}"
    yield from _runs(recipe.final)
    yield f"USER {plan.user}"
    yield from (f"EXPOSE {port}" for port in plan.ports)
    if recipe.command:
        yield f"{recipe.keyword} {json.dumps(list(recipe.command), ensure_ascii=False)}"


def _packages(manager: str, names: Sequence[str]) -> Iterator[str]:
    if not names:
        return
    yield _UNPINNED
    if manager == "apk":
        yield f"RUN apk add --no-cache {' '.join(sorted(names))}"
        return
    yield "RUN apt-get update \\"
    yield f" && apt-get install --yes --no-install-recommends {' '.join(sorted(names))} \\"
    yield " && rm -rf /var/lib/apt/lists/*"


def _account(plan: BuildPlan) -> str:
    if plan.family.manager == "apk":
        return f"adduser -S -D -H -u {plan.user} app"
    return f"useradd --system --no-create-home --uid {plan.user} app"


def _environment(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [f"{name}={value}" for name, value in pairs]
    if lines:
        yield "ENV " + " \\\n    ".join(lines)


def _runs(commands: Iterable[str]) -> Iterator[str]:
    """Write commands, those that belong together as one RUN."""
    found = list(commands)
    if found:
        yield "RUN " + " \\\n && ".join(found)
