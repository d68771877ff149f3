from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedplate.linting import lint
from bedplate.model.severity import Severity
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from conftest import Shell

EXAMPLES = Path(__file__).parents[3] / "examples/advice"
BCRYPT_NODE = (EXAMPLES / "node-bcrypt/Dockerfile").read_text().split()[1]
RUNTIMES = ("node", "python", "go", "java", "ruby", "php", "rust", "dotnet")


def put(shell: Shell, **files: str) -> None:
    for name, text in files.items():
        path = shell.folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def alarms(text: str) -> list[str]:
    return [one.message for one in lint(text) if one.severity >= Severity.WARNING]


def example(shell: Shell, name: str) -> None:
    for path in (EXAMPLES / name).iterdir():
        (shell.folder / path.name).write_bytes(path.read_bytes())


def test_bcrypt_is_refused_on_alpine_for_the_true_reason(shell: Shell) -> None:
    words = ("advise", "--offline", str(EXAMPLES / "node-bcrypt"))
    assert shell.run(*words, "--exit-code") == 1
    assert shell.run(*words) == 0
    text = " ".join(shell.out.split())
    assert "take node:20-slim instead of node:20" in text
    assert "node:20-alpine: bcrypt 5.1.1 has no musl build in it" in text
    assert "no C compiler" in text
    assert "package-lock.json: bcrypt 5.1.1" in text


def test_a_compiler_in_the_builder_allows_it(shell: Shell) -> None:
    example(shell, "node-bcrypt")
    shell.run("advise", "--offline", "--compile", "--prefer", "size", "--format", "json")
    document = json.loads(shell.out)
    alpine = next(one for one in document["candidates"] if one["family"] == "alpine")
    assert alpine["standing"] in ("fits", "advised")
    code = shell.run("advise", "--offline", "--compile", "--onto", "alpine", "--write")
    assert code == 0
    text = (shell.folder / "Dockerfile").read_text()
    assert "apk add --no-cache build-base python3" in text
    assert text.count("node:20-alpine") == 2
    assert alarms(text) == []


def test_one_line_changes_where_that_will_do(shell: Shell) -> None:
    example(shell, "node-plain")
    before = (shell.folder / "Dockerfile").read_text().splitlines()
    assert shell.run("advise", "--offline", "--write") == 0
    after = (shell.folder / "Dockerfile").read_text().splitlines()
    assert after[0].startswith("FROM node:24-alpine")
    assert after[1:] == before[1:]
    assert not (shell.folder / ".dockerignore").exists()
    assert shell.run("advise", "--offline") == 0
    assert "stay on node:24-alpine" in shell.out


@pytest.mark.parametrize("name", ["node-bcrypt", "go-service", "python-wheels"])
def test_what_is_written_passes_our_own_rules(shell: Shell, name: str) -> None:
    example(shell, name)
    assert shell.run("advise", "--offline", "--write") == 0
    text = (shell.folder / "Dockerfile").read_text()
    assert text.count("FROM ") == 2
    assert alarms(text) == []
    assert "USER " in text
    assert ".git\n" in (shell.folder / ".dockerignore").read_text()


def test_scratch_gets_certificates_and_zones(shell: Shell) -> None:
    example(shell, "go-service")
    shell.run("advise", "--offline", "--diff", "--onto", "scratch")
    assert "+COPY --from=build /etc/ssl/certs/ca-certificates.crt" in shell.out
    assert "+COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo" in shell.out
    assert '+ENTRYPOINT ["/app"]' in shell.out
    assert "+ENV CGO_ENABLED=0" in shell.out


def test_a_patch_writes_nothing(shell: Shell) -> None:
    example(shell, "go-service")
    before = (shell.folder / "Dockerfile").read_text()
    assert shell.run("advise", "--offline", "--diff") == 1
    assert shell.out.startswith("--- a/Dockerfile\n+++ b/Dockerfile\n")
    assert (shell.folder / "Dockerfile").read_text() == before


def test_packages_are_renamed_and_the_rest_of_the_file_goes_over(shell: Shell) -> None:
    put(
        shell,
        package__json='{"scripts": {"start": "node a.js"}}',
        Dockerfile="FROM node:24-slim\n"
        "RUN apt-get update && apt-get install -y libvips42 g++ vim\n"
        "RUN special-tool --now\n"
        "WORKDIR /srv/app\nENV LOG=info\nLABEL a=b\nCOPY . .\nRUN npm install\n"
        "HEALTHCHECK CMD node check.js\nEXPOSE 3000/tcp\nCMD npm start\n",
    )
    assert shell.run("advise", "--offline", "--write", "--onto", "alpine") == 0
    text = (shell.folder / "Dockerfile").read_text()
    builder, final = text.split("\n\n")
    assert "apk add --no-cache g++" in builder
    assert "apk add --no-cache vips" in final
    assert "vim" not in text
    assert "WORKDIR /srv/app\n" in final
    assert "COPY --from=build /srv/app ./" in final
    assert 'ENV LOG=info\nLABEL a=b\nHEALTHCHECK CMD ["node", "check.js"]\n' in final
    assert final.endswith('EXPOSE 3000\nCMD ["node", "a.js"]\n')
    assert "special-tool" in shell.err
    assert "vim" in shell.err
    assert alarms(text) == []


def test_an_unknown_package_is_told_not_guessed(shell: Shell) -> None:
    put(
        shell,
        package__json="{}",
        Dockerfile="FROM node:24-slim\nRUN apt-get install -y libobscure3\nUSER 1000\n",
    )
    assert shell.run("advise", "--offline", "--onto", "alpine", "--write") == 2
    assert "libobscure3 is needed, and no name of it there is known" in shell.err


def test_a_refused_image_is_not_written_for(shell: Shell) -> None:
    example(shell, "node-bcrypt")
    assert shell.run("advise", "--offline", "--onto", "node:20-alpine", "--write") == 2
    assert "bcrypt 5.1.1" in shell.err
    assert shell.run("advise", "--offline", "--onto", "fedora:44", "--write") == 2
    assert "none of the candidates" in shell.err


def test_images_of_the_configuration_are_looked_at(shell: Shell) -> None:
    example(shell, "node-plain")
    put(shell, bedplate__toml='[advise]\nimages = ["ubuntu:24.04"]\nprefer = "size"\n')
    shell.run("advise", "--offline", "--format", "json")
    document = json.loads(shell.out)
    assert "ubuntu:24.04" in [one["image"] for one in document["candidates"]]
    assert document["preference"] == "size"
    put(shell, bedplate__toml="[advise]\nimagse = []\n")
    assert shell.run("advise", "--offline") == 2
    assert "unknown key advise.imagse" in shell.err


def test_markdown_is_for_a_change_request(shell: Shell) -> None:
    example(shell, "node-bcrypt")
    shell.run("advise", "--offline", "--format", "markdown")
    assert shell.out.startswith("## take node:20-slim instead of node:20\n")
    assert "### Refused" in shell.out


def test_a_folder_without_a_project_is_bad_input(shell: Shell) -> None:
    assert shell.run("advise", "--offline") == 2
    assert "no project of a known kind" in shell.err
    assert shell.run("advise", "--offline", "nowhere") == 2


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_new_dockerfile_passes_our_own_rules(shell: Shell, runtime: str) -> None:
    assert shell.run("new", "--offline", "--runtime", runtime, "--port", "8080") == 0
    text = (shell.folder / "Dockerfile").read_text()
    assert alarms(text) == []
    assert "EXPOSE 8080" in text
    assert "USER " in text
    assert (shell.folder / ".dockerignore").exists()
    assert shell.run("new", "--offline", "--runtime", runtime) == 2


def test_a_new_dockerfile_takes_the_version_and_family_that_are_asked_for(shell: Shell) -> None:
    words = ("--runtime", "node", "--version", "22", "--onto", "slim", "--diff")
    assert shell.run("new", "--offline", *words) == 0
    assert "+FROM node:22-slim" in shell.out
    assert not (shell.folder / "Dockerfile").exists()
    assert shell.run("new", "--offline", "--runtime", "node", "--port", "99999") == 2


def test_names_of_packages_are_held_against_indexes_where_they_are_configured(shell: Shell) -> None:
    put(
        shell,
        package__json="{}",
        Dockerfile="FROM node:24-slim\nRUN apt-get install -y libvips42\n",
        bedplate__toml='[lint.packages]\nalpine = "https://mirror.example/alpine"\n',
    )
    shell.run("advise", "--offline", "--format", "json")
    skipped = [one["reason"] for one in json.loads(shell.out)["skipped"]]
    assert "offline, and no index of Alpine 3.24 is in the cache" in skipped


def test_registries_are_asked_and_no_layer_is_read(shell: Shell) -> None:
    with MemoryRegistry() as registry:
        for name, tag in (("node", "22"), ("node", "22-slim"), ("node", "22-alpine")):
            image = registry.add_image(f"library/{name}", "", config={"created": tag})
            registry.add_index(f"library/{name}", tag, {"linux/amd64": image})
        hosts = "".join(
            f'[[registry.host]]\nprefix = "{name}"\nlocation = "{registry.host}"\ninsecure = true\n'
            for name in ("docker.io", "gcr.io", "cgr.dev")
        )
        put(
            shell,
            package__json="{}",
            bedplate__toml=hosts,
            Dockerfile='FROM node:22\nUSER 1000\nCMD ["node", "a.js"]\n',
        )
        shell.run("advise", "--format", "json", "--platform", "linux/amd64")
        document = json.loads(shell.out)
        families = {one["family"]: one for one in document["candidates"]}
        assert set(families) == {"full", "slim", "alpine"}
        assert all(one["digest"] for one in families.values())
        assert not [path for path in registry.paths() if "/blobs/" in path and "layer" in path]
        assert "distroless" in " ".join(one["what"] for one in document["skipped"])


def test_without_a_lock_file_another_c_library_is_not_advised(shell: Shell) -> None:
    package = '{"scripts": {"start": "node a.js"}, "dependencies": {"x": "1"}}'
    put(shell, package__json=package, Dockerfile="FROM node:24-slim\n")
    shell.run("advise", "--offline", "--format", "json")
    document = json.loads(shell.out)
    alpine = next(one for one in document["candidates"] if one["family"] == "alpine")
    assert alpine["standing"] == "cannot tell"
    assert "no lock file tells which packages are installed" in shell.out
