"""Makes the embedded advisories: small stores for the packages of the catalog's images.

    python scripts/seed_advisories.py COPIES src/bedplate/advisories/data DATE

COPIES holds local copies of feeds, in any format that `bedplate db build` takes, and may hold
`aux/npm-bundled-*.txt`, lists of the modules that come with npm. No text of others is kept, only
facts: which package, which versions, which CVE, how grave, since when. Sources that may not be
handed on, and rows that only the OSVDB vouches for, are left out.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path

import zstandard

from bedplate.advisories.build import BuildOptions, build_stores
from bedplate.advisories.embedded import SUFFIX
from bedplate.advisories.namespaces import RUNTIME
from bedplate.advisories.store import open_store
from bedplate.advisories.stores import SUFFIX as PLAIN_SUFFIX
from bedplate.facts.catalog import Catalog
from bedplate.facts.entry import SCRATCH
from bedplate.model.reference import Reference

# lists that were made from other scanners' reports, and feeds that may not be handed on
LEFT_OUT = ("scan", "debian-extra", "npm-2026", "amazon", "wolfi", "chainguard", "openssl-upstream")
COVERS = "packages of the catalog's images, and what their runtimes bundle"
TEXTS = ("summary", "details", "references", "credits")
BUNDLED = {
    "pypi": ("pip", "setuptools", "wheel", "virtualenv"),
    "golang": ("stdlib", "toolchain"),
    "gem": ("bundler", "cgi", "date", "json", "net-imap", "net-smtp", "openssl", "psych", "rdoc",
            "reline", "resolv", "rexml", "rubygems-update", "stringio", "time", "uri", "webrick",
            "zlib"),
    "npm": ("npm", "corepack", "yarn"),
}  # fmt: skip
RUNTIMES = ("node", "python", "go", "java", "ruby", "php", "rust", "perl", "erlang", "dotnet")
ENRICHMENTS = {"ratings", "epss", "kev"}


def main(copies: Path, output: Path, date: str) -> None:
    """Build, and pack what was built."""
    wanted = wanted_packages(copies)
    options = BuildOptions(
        built=f"{date}T00:00:00Z",
        covers=COVERS,
        covered=frozenset(wanted | {(RUNTIME, name) for name in RUNTIMES}),
        wanted=lambda store: store not in ENRICHMENTS,
        keep=lambda namespace, name: (
            namespace == RUNTIME or (namespace.partition(":")[0], name) in wanted
        ),
    )
    with tempfile.TemporaryDirectory() as home:
        sources, stores = Path(home, "sources"), Path(home, "stores")
        sources.mkdir()
        for path in sorted(copies.iterdir()):
            if path.name.endswith((".json.gz", ".jsonl.gz")) and not is_left_out(path.name):
                copy_facts(path, sources / path.name)
        build_stores([sources], stores, options)
        enrichments = BuildOptions(
            built=options.built,
            covers=COVERS,
            wanted=ENRICHMENTS.__contains__,
            cves=cves_of(stores),
        )
        build_stores([sources], stores, enrichments)
        pack(stores, output)


def is_left_out(name: str) -> bool:
    """Tell whether a source may not be handed on."""
    return any(word in name for word in LEFT_OUT)


def wanted_packages(copies: Path) -> set[tuple[str, str]]:
    """List kind and name of every package of the catalog, and of what runtimes bundle.

    A name counts for every release of its kind, since images move on to the next one.
    """
    wanted = {(space, name) for space, names in BUNDLED.items() for name in names}
    for path in copies.glob("aux/npm-bundled-*.txt"):
        lines = path.read_text(encoding="utf-8").split()
        wanted |= {("npm", line.rpartition("@")[0] or line) for line in lines}
    catalog = Catalog.open(None)
    for summary in catalog.references():
        if summary.reference == SCRATCH:
            continue
        for row in catalog.rows(Reference.parse(summary.reference)):
            for package in row.packages or ():
                wanted.update({(package.type, package.name), (package.type, package.source_name)})
    return wanted


def copy_facts(path: Path, target: Path) -> None:
    """Copy a list of records without texts, and without those that only the OSVDB vouches for."""
    if ".jsonl" not in path.name:
        target.write_bytes(path.read_bytes())
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines, gzip.open(target, "wt") as kept:
        for line in lines:
            record = json.loads(line)
            if not record["id"].startswith("OSVDB"):
                facts = {name: value for name, value in record.items() if name not in TEXTS}
                kept.write(json.dumps(facts) + "\n")


def cves_of(stores: Path) -> set[str]:
    """List every CVE that an advisory of these stores names."""
    found: set[str] = set()
    for path in stores.iterdir():
        store = open_store(path)
        for namespace, name in store.packages():
            keys = {row.advisory for row in store.rows(namespace, [name])[name]}
            found.update(cve for one in store.advisories(keys).values() for cve in one.cves)
        store.close()
    return found


def pack(stores: Path, output: Path) -> None:
    """Compress every store that may be handed on, in place of those that were there."""
    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob(f"*{SUFFIX}"):
        old.unlink()
    total = 0
    for path in sorted(stores.iterdir()):
        store = open_store(path)
        manifest = store.manifest
        store.close()
        if not manifest.redistributable:
            print(f"{manifest.name}: may not be handed on ({manifest.licence})")
            continue
        packed = zstandard.ZstdCompressor(level=19).compress(path.read_bytes())
        (output / f"{path.name.removesuffix(PLAIN_SUFFIX)}{SUFFIX}").write_bytes(packed)
        total += len(packed)
        print(f"{manifest.name}: {manifest.advisories} advisories, {len(packed)} bytes")
    print(f"{total} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
