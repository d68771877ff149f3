from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument
from bedplate.inventory.sqlite_table import rows

VALUES = st.one_of(
    st.none(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
    st.binary(max_size=3000),
)


def _write(
    path: Path,
    values: list[tuple[object, object]],
    *,
    page_size: int = 512,
    encoding: str = "UTF-8",
    journal: str = "DELETE",
) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA page_size = {page_size}")
    connection.execute(f"PRAGMA encoding = '{encoding}'")
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("CREATE TABLE Other (a, b)")
    connection.execute("CREATE TABLE Wanted (a, b)")
    connection.executemany("INSERT INTO Other VALUES (?, ?)", values[:2])
    connection.executemany("INSERT INTO Wanted VALUES (?, ?)", values)
    connection.commit()
    return connection


@given(st.lists(st.tuples(VALUES, VALUES), max_size=40), st.sampled_from([512, 1024, 65536]))
@settings(deadline=None)
def test_what_sqlite_writes_is_read(values: list[tuple[object, object]], page_size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        _write(path, values, page_size=page_size).close()
        content = path.read_bytes()
    assert [tuple(row) for row in rows(content, "Wanted")] == values


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_every_encoding_of_text_is_read(encoding: str, tmp_path: Path) -> None:
    _write(tmp_path / "db", [("é", 1)], encoding=encoding).close()
    assert list(rows((tmp_path / "db").read_bytes(), "Wanted")) == [["é", 1]]


def test_a_tree_of_several_levels_is_read_in_order(tmp_path: Path) -> None:
    values = [(number, b"x" * 100) for number in range(5000)]
    _write(tmp_path / "db", [*values]).close()
    assert [row[0] for row in rows((tmp_path / "db").read_bytes(), "Wanted")] == [*range(5000)]


def test_committed_pages_of_the_log_count(tmp_path: Path) -> None:
    path = tmp_path / "db"
    connection = _write(path, [(1, "a")], journal="WAL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.executemany("INSERT INTO Wanted VALUES (?, ?)", [(n, "b" * 300) for n in (2, 3, 4)])
    connection.commit()
    content, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    connection.close()
    assert [row[0] for row in rows(content, "Wanted")] == [1]
    assert [row[0] for row in rows(content, "Wanted", log)] == [1, 2, 3, 4]
    # half a transaction, or a log of other salts, is as if there were none
    assert [row[0] for row in rows(content, "Wanted", log[:-512])] == [1]
    assert [row[0] for row in rows(content, "Wanted", log[:16] + bytes(8) + log[24:])] == [1]
    assert [row[0] for row in rows(content, "Wanted", bytes(len(log)))] == [1]


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    _write(tmp_path / "db", []).close()
    with pytest.raises(InvalidDocument, match="without a table Missing"):
        list(rows((tmp_path / "db").read_bytes(), "Missing"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "db"
    _write(path, [(number, b"x" * 400 * (number % 5)) for number in range(30)]).close()
    return path.read_bytes()


@pytest.mark.parametrize("size", [0, 50, 99, 100, 512, 1024])
def test_a_cut_file_is_refused(size: int, sample: bytes) -> None:
    with pytest.raises(InvalidDocument):
        list(rows(sample[:size], "Wanted"))


@given(data=st.data())
@settings(deadline=None)
def test_any_change_is_refused_or_read(data: st.DataObject, sample: bytes) -> None:
    place = data.draw(st.integers(16, len(sample) - 1))
    octets = data.draw(st.binary(min_size=1, max_size=12))
    changed = sample[:place] + octets + sample[place + len(octets) :]
    try:
        found = list(rows(changed, "Wanted"))
    except InvalidDocument:
        return
    # no change of a dozen bytes can make more of the file than there is
    blobs = [value for row in found for value in row if isinstance(value, bytes)]
    assert sum(map(len, blobs)) <= len(sample)


@given(st.binary(max_size=2000))
def test_any_bytes_after_the_magic_number_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidDocument):
        list(rows(b"SQLite format 3\0\x02\x00" + content, "Wanted"))
