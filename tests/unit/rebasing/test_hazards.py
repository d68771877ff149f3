"""What speaks against another base, hazard by hazard."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.images.index_layer import index_layer
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.selection import Selection
from bedplate.model.want import Want
from bedplate.rebasing.concerns import concerns
from bedplate.rebasing.situation import Runs, Situation
from bedplate.testing.layer_builder import layer_tar

if TYPE_CHECKING:
    from bedplate.images.layer_index import LayerIndex
    from bedplate.model.rebase_report import Concern

KEPT = Selection([Want("etc/passwd"), Want("etc/group")])
PASSWD = b"root:x:0:0:root:/:/bin/sh\nweb:x:1000:1000::/:/bin/sh\n"
OTHER = b"root:x:0:0:root:/:/bin/sh\nubuntu:x:1000:1000::/:/bin/sh\n"


def index(*words: Any, **more: Any) -> LayerIndex:
    return index_layer(io.BytesIO(layer_tar(*words, **more)), "layer", KEPT, DEFAULT_LIMITS)


def found(app: LayerIndex, old: LayerIndex, new: LayerIndex, **runs: Any) -> list[Concern]:
    return list(concerns(Situation([app], [old], [new], Runs(**runs))))


def owned(path: str, uid: int) -> dict[str, tarfile.TarInfo]:
    header = tarfile.TarInfo(path)
    header.uid = uid
    return {path: header}


def test_an_application_beside_its_base_has_nothing_against_it() -> None:
    base = index({"etc/passwd": PASSWD, "bin/sh": b"x"})
    assert found(index({"srv/app": b"x"}), base, base) == []


@pytest.mark.parametrize(
    "path", ["var/lib/dpkg/status", "lib/apk/db/installed", "var/lib/rpm/rpmdb.sqlite"]
)
@pytest.mark.parametrize("deleted", [False, True])
def test_a_package_database_in_the_application(path: str, deleted: bool) -> None:  # noqa: FBT001
    base = index({path: b"a"})
    app = index({}, whiteouts=[path]) if deleted else index({path: b"b"})
    concern = found(app, base, base)[0]
    assert (concern.hazard, concern.blocks, concern.paths) == ("package-database", True, (path,))
    assert found(app, index({}), index({})) == []  # a database of the application's own


def test_a_folder_in_the_place_of_a_link() -> None:
    old = index({"lib/libc.so": b"x"}, folders=["lib"])
    new = index({"usr/lib/libc.so": b"x", "lib": "usr/lib"})
    app = index({"lib/own.so": b"x"})  # no entry for the folder itself
    [concern] = found(app, old, new)
    assert (concern.hazard, concern.blocks, concern.paths) == ("folders-over-links", True, ("lib",))
    assert found(app, new, new) == []  # it was so before


def test_a_file_in_the_place_of_a_folder() -> None:
    new = index({"opt/tool/bin": b"x"}, folders=["opt/tool"])
    [concern] = [one for one in found(index({"opt/tool": b"x"}), index({}), new) if one.blocks]
    assert "all that is in it would be gone" in concern.message


@pytest.mark.parametrize(
    ("user", "word"), [("ghost", "user ghost"), ("web:staff", "group staff"), ("ghost:0", "ghost")]
)
def test_a_start_as_somebody_unknown(user: str, word: str) -> None:
    base = index({"etc/passwd": PASSWD, "etc/group": b"root:x:0:\n"})
    [concern] = found(index({}), base, base, merged={"User": user})
    assert concern.blocks
    assert word in concern.message


@pytest.mark.parametrize("user", ["", "web", "1000", "0:0", "4711:4711", "web:root"])
def test_a_start_as_somebody_known_or_a_number(user: str) -> None:
    base = index({"etc/passwd": PASSWD, "etc/group": b"root:x:0:\n"})
    assert found(index({}), base, base, merged={"User": user}) == []


def test_a_user_that_the_application_made_is_still_there() -> None:
    app = index({"etc/passwd": PASSWD + b"own:x:5:5::/:/bin/sh\n"})
    base = index({"etc/passwd": PASSWD})
    assert not any(one.blocks for one in found(app, base, base, merged={"User": "own"}))


def test_accounts_of_the_new_base_that_are_hidden() -> None:
    app, old, new = (index({"etc/passwd": text}) for text in (PASSWD, PASSWD, OTHER))
    messages = [one.message for one in found(app, old, new)]
    assert any("are hidden: ubuntu" in message for message in messages)


def test_files_that_belong_to_another_name() -> None:
    old, new = index({"etc/passwd": PASSWD}), index({"etc/passwd": OTHER})
    [concern] = found(index(owned("srv/x", 1000)), old, new)
    assert "user 1000, web on the old base, belong to ubuntu" in concern.message
    [concern] = found(index(owned("srv/x", 1000)), old, index({}))
    assert "belong to nobody" in concern.message
    assert found(index(owned("srv/x", 0)), old, new) == []


def test_files_of_the_base_that_were_replaced() -> None:
    base = index({"etc/conf": b"1"})
    [concern] = found(index({"etc/conf": b"2"}), base, base)
    assert (concern.blocks, concern.paths) == (False, ("etc/conf",))
    [concern] = found(index({"etc/conf": b"2"}), index({}), base)
    assert "only the new base has" in concern.message


def test_deletions_that_hit_the_new_base() -> None:
    base = index({"usr/share/doc/a": b"1"})
    [concern] = found(index({}, whiteouts=["usr/share/doc/a"]), base, base)
    assert (concern.hazard, concern.blocks) == ("deletions", False)
    assert found(index({}, whiteouts=["usr/share/doc/a"]), base, index({})) == []


def test_opaque_folders_over_something_new() -> None:
    old, new = index({"opt/a": b"1"}), index({"opt/a": b"1", "opt/b": b"1"})
    [concern] = found(index({}, opaque=["opt"]), old, new)
    assert concern.paths == ("opt/b",)
    assert found(index({}, opaque=["opt"]), old, old) == []


def test_an_entry_point_that_is_another_now() -> None:
    run = {"Entrypoint": ["a"], "Cmd": ["x"]}
    own = {**run, "Cmd": ["mine"]}
    [concern] = found(
        index({}), index({}), index({}), own=own, before=run, after={"Entrypoint": ["b"]}
    )
    assert "['b'] in place of ['a']" in concern.message


def test_triggers() -> None:
    [concern] = found(index({}), index({}), index({}), after={"OnBuild": ["RUN x", "RUN y"]})
    assert "2 ONBUILD triggers" in concern.message


def test_grave_things_come_first() -> None:
    base = index({"etc/conf": b"1", "var/lib/dpkg/status": b"1"})
    app = index({"etc/conf": b"2", "var/lib/dpkg/status": b"2"})
    assert [one.blocks for one in found(app, base, base)] == [True, False]
