"""Every kind of file that bedplate finds images in.

The order decides where a path and a text fit several: what is recognised by its name stands
before what is recognised by its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.file_kinds import (
    ansible,
    argo_cd,
    azure_pipelines,
    bake,
    batect,
    bitbucket,
    buildkite,
    circleci,
    cloud_build,
    compose,
    devcontainer,
    dockerfile,
    drone,
    earthfile,
    github_workflow,
    gitlab_ci,
    helm_values,
    ko,
    kubernetes,
    kustomize,
    nomad,
    quadlet,
    skaffold,
    tekton,
    terraform,
    vela,
    woodpecker,
)

if TYPE_CHECKING:
    from bedplate.repofiles.file_kind import FileKind

FILE_KINDS: tuple[FileKind, ...] = (
    dockerfile,
    compose,
    github_workflow,
    gitlab_ci,
    circleci,
    drone,
    woodpecker,
    vela,
    bitbucket,
    azure_pipelines,
    cloud_build,
    buildkite,
    batect,
    kustomize,
    skaffold,
    ko,
    devcontainer,
    bake,
    earthfile,
    quadlet,
    terraform,
    nomad,
    tekton,
    argo_cd,
    kubernetes,
    helm_values,
    ansible,
)
