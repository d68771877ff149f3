"""Layers merged: the rules of the OCI image-spec, each as a user would see it."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from bedplate.images.file_tree import FileTree
from bedplate.images.index_layer import index_layer
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.selection import Selection
from bedplate.model.file_entry import FileKind
from bedplate.model.want import Want
from bedplate.testing.layer_builder import hard_link, layer_tar

ALL = Selection([Want("**/*.txt"), Want("**/status")])


def tree(*layers: bytes) -> FileTree:
    return FileTree(
        [index_layer(io.BytesIO(layer), "a layer", ALL, DEFAULT_LIMITS) for layer in layers]
    )


def paths(merged: FileTree) -> list[str]:
    return sorted(entry.path for entry in merged.entries())


def test_a_later_layer_wins_and_is_named_as_the_origin() -> None:
    merged = tree(layer_tar({"a.txt": b"old", "b.txt": b"b"}), layer_tar({"a.txt": b"new"}))
    assert merged.read("a.txt") == b"new"
    a, b = merged.get("a.txt"), merged.get("b.txt")
    assert a is not None
    assert b is not None
    assert (a.layer, b.layer) == (1, 0)


def test_a_whiteout_deletes_a_file_and_a_whole_folder() -> None:
    merged = tree(
        layer_tar({"a": b"", "d/x": b"", "d/e/y": b"", "dd": b""}, folders=["d", "d/e"]),
        layer_tar({}, whiteouts=["a", "d"]),
    )
    assert paths(merged) == ["dd"]


def test_a_whiteout_spares_what_its_own_layer_adds() -> None:
    merged = tree(layer_tar({"d/x": b""}), layer_tar({"d/z": b""}, whiteouts=["d"]))
    assert paths(merged) == ["d/z"]


def test_an_opaque_folder_hides_what_is_below_it_only() -> None:
    merged = tree(
        layer_tar({"d/x": b"", "e": b""}, folders=["d"]),
        layer_tar({"d/new": b""}, opaque=["d"]),
    )
    assert paths(merged) == ["d", "d/new", "e"]
    assert paths(tree(layer_tar({"a": b""}), layer_tar({"b": b""}, opaque=[""]))) == ["b"]


def test_a_file_in_place_of_a_folder_takes_its_content_away() -> None:
    merged = tree(layer_tar({"d/x": b""}, folders=["d"]), layer_tar({"d": b"file"}))
    assert paths(merged) == ["d"]


def test_files_below_a_symlinked_folder_land_where_it_leads() -> None:
    lower = layer_tar({"lib": "usr/lib", "usr/lib/a.txt": b"1"}, folders=["usr", "usr/lib"])
    merged = tree(lower, layer_tar({"lib/b.txt": b"2"}))
    assert merged.read("usr/lib/b.txt") == b"2"
    assert merged.read("lib/b.txt") == b"2"
    replaced = tree(lower, layer_tar({"lib/b.txt": b"2"}, folders=["lib"]))
    assert replaced.get("lib") is not None
    assert replaced.read("usr/lib/b.txt") is None


def test_links_are_followed_inside_the_root_and_no_further() -> None:
    merged = tree(
        layer_tar(
            {
                "usr/bin/busybox.txt": b"bb",
                "bin": "usr/bin",
                "bin2": "/usr/bin",
                "up": "../../../usr/bin/busybox.txt",
                "loop1": "loop2",
                "loop2": "loop1",
                "dangling": "nowhere",
            },
            folders=["usr", "usr/bin"],
        )
    )
    for path in ("bin/busybox.txt", "bin2/busybox.txt", "up"):
        assert merged.read(path) == b"bb"
        resolved = merged.resolve(path)
        assert resolved is not None
        assert resolved.path == "usr/bin/busybox.txt"
    assert merged.resolve("loop1") is merged.resolve("dangling") is None
    link = merged.get("bin")
    assert link is not None
    assert link.kind is FileKind.SYMLINK
    assert merged.children("bin") == ["busybox.txt"]


def test_a_folder_without_an_entry_of_its_own_is_a_folder() -> None:
    merged = tree(layer_tar({"usr/lib/a.txt": b"1", "lib": "usr/lib"}))
    for path in ("usr", "usr/lib", "lib"):
        folder = merged.resolve(path)
        assert folder is not None
        assert folder.kind is FileKind.DIRECTORY
    assert merged.resolve("usr/share") is merged.get("usr/share") is merged.get("nothing") is None
    assert merged.read("lib/a.txt") == b"1"


def test_hard_links_share_their_bytes_and_count_once() -> None:
    merged = tree(layer_tar({"a.txt": b"12345", "b.txt": hard_link("a.txt")}))
    assert merged.read("b.txt") == b"12345"
    assert sorted(merged.file_sizes()) == [("a.txt", 5), ("b.txt", 0)]
    after = tree(
        layer_tar({"a.txt": b"12345", "b.txt": hard_link("a.txt")}),
        layer_tar({}, whiteouts=["a.txt"]),
    )
    assert list(after.file_sizes()) == [("b.txt", 5)]
    assert after.read("b.txt") == b"12345"


def test_kept_lists_only_what_is_visible() -> None:
    merged = tree(
        layer_tar({"a/x.txt": b"1", "b/y.txt": b"2", "var/status": b"3"}),
        layer_tar({}, whiteouts=["a"]),
    )
    assert merged.kept("**/*.txt") == ["b/y.txt"]
    assert merged.kept("var/status") == ["var/status"]


def test_disk_size_counts_hidden_bytes_too() -> None:
    merged = tree(layer_tar({"a": b"12345"}), layer_tar({"a": b"1"}))
    assert merged.disk_size() == 6
    assert sum(size for _, size in merged.file_sizes()) == 1


def test_a_lowest_layer_that_writes_through_its_own_link_is_merged_too() -> None:
    merged = tree(layer_tar({"lib": "usr/lib", "lib/a.txt": b"1"}, folders=["usr", "usr/lib"]))
    assert merged.read("usr/lib/a.txt") == b"1"


parts = st.sampled_from(["a", "b", "c"])
some_path = st.lists(parts, min_size=1, max_size=3).map("/".join)


@given(
    st.lists(
        st.tuples(
            st.dictionaries(some_path, st.binary(max_size=3), max_size=5), st.sets(some_path)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_merge_agrees_with_applying_layer_after_layer(
    layers: list[tuple[dict[str, bytes], set[str]]],
) -> None:
    expected: dict[str, bytes] = {}
    written = []
    for drawn, gone in layers:
        # within a layer no path lies below another file: such a tar can't be made
        files = {p: c for p, c in drawn.items() if not any(p.startswith(f"{q}/") for q in drawn)}
        folders = {p.rpartition("/")[0] for p in files} - {""}
        folders |= {f.rpartition("/")[0] for f in folders} - {""}
        written.append(layer_tar(files, folders=sorted(folders), whiteouts=sorted(gone)))
        for path in [*gone, *files]:
            expected = {
                p: c for p, c in expected.items() if p != path and not p.startswith(f"{path}/")
            }
        for folder in folders:
            expected.pop(folder, None)
        expected.update(files)
    merged = tree(*written)
    seen = {e.path: e.size for e in merged.entries() if e.kind is FileKind.FILE}
    assert seen == {path: len(content) for path, content in expected.items()}
