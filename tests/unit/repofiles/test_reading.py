"""What each kind of file names, and what it does not."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, BedplateError, LimitExceeded
from bedplate.model.image_use import ImageUse
from bedplate.repofiles import images
from bedplate.repofiles.file_kinds import FILE_KINDS
from bedplate.repofiles.reading import MAX_CHARACTERS, can_name_images, kind_of

DIGEST = "sha256:" + "ab" * 32

# Path, text, kind, and the references with their roles.
CASES: list[tuple[str, str, str, list[str]]] = [
    (
        "api/Dockerfile",
        "ARG V=20\nFROM node:$V AS b\nFROM scratch\nCOPY --from=busybox:1 /a /b\n",
        "dockerfile",
        ["from node:20", "copy-from busybox:1"],
    ),
    ("Containerfile.dev", "FROM alpine\n", "dockerfile", ["from alpine"]),
    (
        "compose.yaml",
        """
        services:
          web: {image: "registry.test:5000/web:1"}
          own:
            image: own-build
            build: .
          db:
            image: ${DB:-postgres}:${DB_TAG:-16}
          lost:
            image: ${UNKNOWN}
        x-shared: &shared
          image: redis:7
        """,
        "compose",
        ["image registry.test:5000/web:1", "image postgres:16", "skipped ${UNKNOWN}",
         "image redis:7"],
    ),
    (
        "compose.yml",
        """
        services:
          app:
            build:
              dockerfile_inline: |
                ARG TAG=3.12
                FROM python:$TAG
              args:
                BASE_IMAGE: debian:12
                VERSION: node:20
              additional_contexts:
                - tools=docker-image://busybox:1.36
        """,
        "compose",
        ["from python:3.12", "build-arg debian:12", "context busybox:1.36"],
    ),
    (
        "deploy/app.yaml",
        f"""
        apiVersion: apps/v1
        kind: Deployment
        spec:
          template:
            spec:
              initContainers: [{{image: busybox}}]
              containers:
                - image: nginx@{DIGEST}
              ephemeralContainers:
                - image: 'debug:1'
              volumes:
                - image: {{reference: data:2}}
        ---
        apiVersion: example.test/v1
        kind: Custom
        spec: {{image: custom:3}}
        """,
        "kubernetes",
        ["image busybox", f"image nginx@{DIGEST}", "image debug:1", "volume data:2",
         "image custom:3"],
    ),
    (
        "chart/templates/pod.yaml",
        """
        apiVersion: v1
        kind: Pod
        {{- if .Values.sidecar }}
        spec:
          containers:
            - image: nginx:1.25
            - image: {{ .Values.image }}
        {{- end }}
        """,
        "kubernetes",
        ["skipped chart/templates/pod.yaml", "image nginx:1.25", "skipped {{ .Values.image }}"],
    ),
    (
        "chart/values.yaml",
        """
        image:
          registry: quay.test
          repository: team/app
          tag: 1.10
        sidecarImage: envoy:v1
        chart:
          repository: https://charts.test
          tag: 5
        job:
          image: {repository: job, tag: ""}
        """,
        "helm-values",
        ["image quay.test/team/app:1.10", "image envoy:v1", "skipped job"],
    ),
    (
        "kustomization.yaml",
        f"""
        images:
          - {{name: a, newTag: "2"}}
          - {{name: b, newName: mirror.test/b, digest: "{DIGEST}"}}
          - {{name: untouched}}
          - {{name: c, newTag: "1", digest: "{DIGEST}"}}
        """,
        "kustomize",
        ["image a:2", f"image mirror.test/b@{DIGEST}", "skipped c"],
    ),
    (
        ".github/workflows/ci.yml",
        """
        jobs:
          a:
            container: node:20
            services:
              db: {image: "postgres:16"}
            steps:
              - uses: actions/checkout@v4
              - uses: docker://alpine:3.20
          b:
            container: {image: "${{ matrix.image }}"}
        """,
        "github-workflow",
        ["image node:20", "service postgres:16", "step alpine:3.20",
         "skipped ${{ matrix.image }}"],
    ),
    ("tool/action.yml", "runs: {using: docker, image: 'docker://a:1'}", "github-workflow",
     ["step a:1"]),
    ("tool/action.yml", "runs: {using: docker, image: Dockerfile}", "github-workflow", []),
    (
        ".gitlab-ci.yml",
        """
        image: {name: ruby:3.3}
        build:
          image: ${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/node:20
          services: [docker:dind, {name: redis}]
          script: ["echo image: no"]
        include: other.yml
        """,
        "gitlab-ci",
        ["image ruby:3.3", "image node:20", "service docker:dind", "service redis"],
    ),
    (
        ".circleci/config.yml",
        """
        executors: {one: {docker: [{image: cimg/go:1.22}]}}
        jobs: {vm: {machine: {image: ubuntu-2204:current}}}
        """,
        "circleci",
        ["image cimg/go:1.22"],
    ),
    (".drone.yml", "steps: [{image: a:1, settings: {image: no:1}}]\nservices: [{image: b:1}]",
     "drone", ["image a:1", "service b:1"]),
    (".woodpecker/ci.yaml", "steps: {one: {image: a:1}}\nclone: [{image: b:2}]", "woodpecker",
     ["image a:1", "image b:2"]),
    (".vela.yml", "stages: {t: {steps: [{image: a:1}]}}", "vela", ["image a:1"]),
    (
        "bitbucket-pipelines.yml",
        """
        image: node:20
        pipelines: {default: [{step: {image: {name: go:1}, script: [{pipe: "docker://p:2"},
          {pipe: atlassian/x:1}]}}]}
        """,
        "bitbucket",
        ["image node:20", "image go:1", "step p:2"],
    ),
    (
        "azure-pipelines.yml",
        """
        resources: {containers: [{container: tools, image: tools:1}]}
        jobs: [{container: tools}, {container: ubuntu:24.04}]
        """,
        "azure-pipelines",
        ["image tools:1", "image ubuntu:24.04"],
    ),
    ("cloudbuild.yaml", "steps: [{name: gcr.io/b/go}]\nimages: [gcr.io/me/out]", "cloud-build",
     ["step gcr.io/b/go"]),
    ("pipeline.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: a:1}]}",
     "tekton", ["image a:1"]),
    (
        "app.yaml",
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        spec:
          source: {repoURL: "oci://r.test/c", chart: web, targetRevision: 1.2.0}
        """,
        "argo-cd",
        ["chart r.test/c/web:1.2.0"],
    ),
    (
        ".devcontainer/devcontainer.json",
        ('{\n\t// the image: "not:1"\n\t"image": "mcr.test/base:2", /* two\nlines */\n'
        '\t"features": {"ghcr.io/f/git:1": {}, "./own": {}},\n}\n'),
        "devcontainer",
        ["image mcr.test/base:2", "feature ghcr.io/f/git:1"],
    ),
    (
        "docker-bake.hcl",
        ('target "a" {\n  contexts = { base = "docker-image://alpine:3.20" }\n'
        '  args = { BASE_IMAGE = "debian:12", VERSION = "a:1" }\n'
        '  tags = ["me/out:1"]\n  dockerfile-inline = <<EOT\nFROM busybox:1\nEOT\n}\n'),
        "bake",
        ["context alpine:3.20", "build-arg debian:12", "from busybox:1"],
    ),
    ("docker-bake.json", '{"target": {"a": {"contexts": {"b": "docker-image://c:1"}}}}', "bake",
     ["context c:1"]),
    (
        "Earthfile",
        ("VERSION 0.8\nFROM golang:1.22\nbuild:\n  FROM +deps\n  FROM DOCKERFILE .\n"
        "test:\n  WITH DOCKER \\\n      --pull redis:7\n  END\n"),
        "earthfile",
        ["from golang:1.22", "image redis:7"],
    ),
    ("skaffold.yaml", ("apiVersion: skaffold/v4\nkind: Config\n"
     "build: {artifacts: [{image: out, ko: {fromImage: base:1}}]}"), "skaffold", ["from base:1"]),
    (".ko.yaml", "defaultBaseImage: a:1\nbaseImageOverrides: {x/y: b:2}", "ko",
     ["from a:1", "from b:2"]),
    ("web.container", "[Unit]\nImage=no:1\n[Container]\nImage=docker.io/nginx:1\n", "quadlet",
     ["image docker.io/nginx:1"]),
    ("web.container", "[Container]\nImage=web.build\n", "quadlet", []),
    (
        "main.tf",
        ('resource "docker_image" "a" {\n  name = "nginx"\n}\n'
        'resource "google_compute_instance" "v" {\n  image = "debian-12"\n}\n'
        'resource "aws_ecs_task_definition" "t" {\n  x = jsonencode([{ image = "r.test/a:1" }])\n'
        '  y = <<EOT\n[{"image": "b:2"}]\nEOT\n  z { image = "${var.image}" }\n}\n'),
        "terraform",
        ["image nginx", "image r.test/a:1", "image b:2"],
    ),
    ("job.nomad", 'task "a" {\n  config {\n    image = "redis:7"\n  }\n}\n', "nomad",
     ["image redis:7"]),
    ("batect.yml", "containers: {a: {image: b:1}}", "batect", ["image b:1"]),
    ("roles/x/tasks/main.yml", "- docker_container: {image: a:1}", "ansible", ["image a:1"]),
    (".buildkite/pipeline.yml", "steps: [{plugins: [{docker#v5: {image: a:1}}]}]", "buildkite",
     ["image a:1"]),
]  # fmt: skip


def _shown(path: str, text: str) -> list[str]:
    found = images(path, text)
    return [
        f"{one.role} {one.text}" if isinstance(one, ImageUse) else f"skipped {one.what}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("path", "text", "kind", "expected"), CASES, ids=[f"{case[2]}-{case[0]}" for case in CASES]
)
def test_kind_names_images(path: str, text: str, kind: str, expected: list[str]) -> None:
    text = textwrap.dedent(text)
    reader = kind_of(path, text)
    assert reader is not None
    assert kind == reader.NAME
    assert can_name_images(path)
    assert _shown(path, text) == expected


def test_every_kind_has_a_case_and_a_line_in_the_docs() -> None:
    names = {kind.NAME for kind in FILE_KINDS}
    assert {case[2] for case in CASES} == names
    docs = (Path(__file__).parents[3] / "docs" / "repofiles.md").read_text(encoding="utf-8")
    assert not [name for name in names if f"| `{name}` |" not in docs]


def test_places_count_characters_of_the_file() -> None:
    text = "\ufeff# 🙂\r\nservices:\r\n  a:\r\n    image: 'r.test:5000/n:1@sha256:ff' # x\r\n"
    (use,) = images("compose.yml", text)
    assert isinstance(use, ImageUse)
    assert use.line == 4
    spans = (use.span, use.name_span, use.tag_span, use.digest_span)
    assert [text[one.start : one.end] for one in spans if one] == [
        "r.test:5000/n:1@sha256:ff",
        "r.test:5000/n",
        "1",
        "sha256:ff",
    ]


def test_anchor_is_found_once_however_often_it_is_used() -> None:
    text = "services:\n  a: &a {image: x:1}\n  b: *a\n  c: {<<: *a}\n  d: {<<: [*a]}\n"
    assert _shown("compose.yml", text) == ["image x:1"]


def test_merged_mapping_is_read_where_it_is_merged() -> None:
    text = "y: &a\n  docker:\n    - image: x:1\njobs: {b: {<<: *a}}\n"
    assert _shown(".circleci/config.yml", text) == ["image x:1"]


def test_broken_document_hides_no_other() -> None:
    text = "apiVersion: v1\nkind: A\nimage: a:1\n---\nb: c: d\n---\nkind: B\nimage: e:2\n"
    assert _shown("x.yaml", text) == ["skipped x.yaml", "image a:1", "image e:2"]


def test_yaml_that_aliases_itself_comes_to_an_end() -> None:
    lines = ["a0: &a0 {image: x:1}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    text = "apiVersion: v1\nkind: K\nloop: &l [*l]\n" + "\n".join(lines)
    assert _shown("bomb.yaml", text) == ["image x:1"]


def test_tags_have_no_effect() -> None:
    text = "services:\n  a:\n    image: !!python/object:os.system x:1\n    ports: !reset null\n"
    assert _shown("compose.yml", text) == ["image x:1"]


@pytest.mark.parametrize("value", ["null", "true", "~", "''", "scratch", "[]"])
def test_value_that_is_no_image_is_none(value: str) -> None:
    assert images("compose.yml", f"services: {{a: {{image: {value}}}}}") == []


@pytest.mark.parametrize("value", ["a b", "x@@y", "http://x/y", "-a", "a:b:c", "a/", "ä:1"])
def test_what_is_no_reference_is_skipped_with_a_reason(value: str) -> None:
    (found,) = images("compose.yml", f"services: {{a: {{image: '{value}'}}}}")
    assert not isinstance(found, ImageUse)
    assert found.reason == "is not an image reference"


def test_known_variables_are_filled_in() -> None:
    (use,) = images(".gitlab-ci.yml", "image: $REG/a:1", variables={"REG": "r.test"})
    assert isinstance(use, ImageUse)
    assert (use.text, use.name_span, use.written) == ("r.test/a:1", None, "$REG/a:1")


def test_image_written_with_escapes_is_read_but_has_no_place_to_edit() -> None:
    (use,) = images("compose.yml", 'services: {a: {image: "a:1\\x41"}}')
    assert isinstance(use, ImageUse)
    assert (use.text, use.name, use.tag, use.tag_span) == ("a:1A", "a", "1A", None)


def test_every_document_of_a_pipeline_is_read() -> None:
    text = "---\n".join(f"job: {{image: a:{number}}}\n" for number in range(50))
    assert _shown(".gitlab-ci.yml", text) == [f"image a:{number}" for number in range(50)]


def test_variables_of_a_pipeline_are_no_jobs() -> None:
    assert images(".gitlab-ci.yml", "variables: {image: x:1}") == []


def test_platform_of_a_service_is_kept() -> None:
    (use,) = images("compose.yml", "services: {a: {image: a:1, platform: linux/arm64}}")
    assert isinstance(use, ImageUse)
    assert use.platform == "linux/arm64"


def test_unknown_kind_of_file_has_no_images() -> None:
    assert images("README.md", "image: a:1") == []


def test_kind_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(BadInput, match="kubernetes"):
        images("x", "y", kind="nothing")


def test_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        images("compose.yml", "image:" + " " * MAX_CHARACTERS)


def test_file_with_more_images_than_anybody_writes_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="more than 20,000 images"):
        images("web.container", "[Container]\n" + "Image=a\n" * 20_001)


def test_nesting_without_end_is_told() -> None:
    (found,) = images("compose.yml", "# image\nx: " + "[" * 100_000)
    assert not isinstance(found, ImageUse)
    assert "nested too deeply" in found.reason


@given(
    st.sampled_from([(case[0], textwrap.dedent(case[1])) for case in CASES]),
    st.text(alphabet=st.characters(), max_size=40),
    st.integers(0, 400),
    st.integers(0, 60),
)
def test_no_text_is_more_than_bad_input(
    case: tuple[str, str], noise: str, start: int, size: int
) -> None:
    path, text = case
    broken = text[:start] + noise + text[start + size :]
    try:
        found = images(path, broken)
    except BedplateError:
        return
    for one in found:
        if isinstance(one, ImageUse):
            places = [(one.name_span, one.name), (one.tag_span, one.tag)]
            for span, part in places:
                assert span is None or broken[span.start : span.end] == part
