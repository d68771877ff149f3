"""Text -> instructions, each with its place, and errors that show theirs."""

from __future__ import annotations

import pytest

from bedplate.dockerfile import parse
from bedplate.errors import BedplateError, InvalidDockerfile, LimitExceeded


def _shape(text: str) -> list[tuple[str, list[str], tuple[int, int]]]:
    return [
        (one.keyword, [word.text for word in one.arguments], (one.line, one.end_line))
        for one in parse(text).instructions
    ]


def test_source_comes_back_byte_for_byte() -> None:
    source = b"\xef\xbb\xbf# syntax=a\r\nfrom\talpine \r\n\r\n  run echo \xff\\\r\n # no\r\n\r\n  x"
    parsed = parse(source)
    assert bytes(parsed) == source
    assert str(parse(str(parsed))) == str(parsed)


def test_continuations_comments_and_blank_lines_are_joined() -> None:
    text = "FROM a\nRUN one \\\n  # why\n\n  && two \\  \n && three\nUSER me\n"
    parsed = parse(text)
    assert _shape(text)[1:] == [
        ("RUN", ["one   && two  && three"], (2, 6)),
        ("USER", ["me"], (7, 7)),
    ]
    assert parsed.instructions[1].span.of(text) == text[text.index("RUN") : text.index("\nUSER")]
    assert [(one.text, one.line) for one in parsed.comments] == [("why", 3)]
    assert [(one.line, one.warning) for one in parsed.warnings] == [(6, True)]


@pytest.mark.parametrize("end", ["\\\\", "\\\\ ", "\\\\\\"])
def test_escaped_escape_does_not_continue(end: str) -> None:
    assert len(parse(f"FROM a\nRUN x {end}\nUSER b\n").instructions) == 3


def test_escape_directive_changes_continuations_words_and_flags() -> None:
    text = "# escape=`\nFROM a\nRUN --mount=type=cache,target=C:\\x dir C:\\ `\n  /s\nENV A=b` c\n"
    parsed = parse(text)
    assert parsed.escape == "`"
    assert parsed.instructions[1].flags[0].value == "type=cache,target=C:\\x"
    assert parsed.instructions[1].value == "dir C:\\   /s"
    assert parsed.instructions[2].pairs[0].value == "b` c"


def test_directives_end_at_the_first_line_that_is_none() -> None:
    parsed = parse("# syntax = a/b:1 \n#check=skip=all\n# note\n# escape=`\nFROM a\n")
    assert [(one.name, one.value, one.line) for one in parsed.directives] == [
        ("syntax", "a/b:1", 1),
        ("check", "skip=all", 2),
    ]
    assert parsed.directives[0].span.of(str(parsed)) == "a/b:1"


@pytest.mark.parametrize(
    "head",
    ["#!/bin/x\n# syntax=a/b\n", "// syntax=a/b\n", '{"syntax": "a/b"}\n', "\ufeff#syntax=a/b\n"],
)
def test_syntax_is_found_in_all_its_forms(head: str) -> None:
    parsed = parse(f"{head}FROM x\n")
    assert parsed.syntax is not None
    assert parsed.syntax.value == parsed.syntax.span.of(str(parsed)) == "a/b"


def test_syntax_below_an_instruction_is_a_comment() -> None:
    assert parse("FROM x\n# syntax=a\n").syntax is None


def test_flags_keep_their_order_and_places() -> None:
    text = 'FROM a\nCOPY --link --from="b c" --exclude=x --exclude=y \\\n --chmod=7 src dst\n'
    copy = parse(text).instructions[1]
    assert [(one.name, one.value) for one in copy.flags] == [
        ("link", None),
        ("from", "b c"),
        ("exclude", "x"),
        ("exclude", "y"),
        ("chmod", "7"),
    ]
    origin = copy.flag("from")
    assert origin is not None
    assert origin.value_span is not None
    assert origin.value_span.of(text) == "b c"
    assert origin.span.of(text) == '--from="b c"'
    assert [word.span.of(text) for word in copy.arguments] == ["src", "dst"]


def test_two_dashes_end_the_flags() -> None:
    run = parse("FROM a\nRUN --network=none -- --help\n").instructions[1]
    assert [flag.text for flag in run.flags] == ["--network=none"]
    assert run.value == "--help"


def test_json_form_is_decoded_and_placed() -> None:
    text = 'FROM a\nRUN [ "a\\tb" , "\\u00e4" ]\nCOPY ["x y", "/z"]\nCMD []\nRUN [ "$x" = 1 ]\n'
    _, run, copy, cmd, shell = parse(text).instructions
    assert [word.text for word in run.arguments] == ["a\tb", "ä"]
    assert [word.span.of(text) for word in copy.arguments] == ['"x y"', '"/z"']
    assert (run.json, cmd.json, cmd.arguments, shell.json) == (True, True, (), False)
    assert shell.arguments[0].text == '[ "$x" = 1 ]'


def test_half_of_a_character_in_json_is_replaced() -> None:
    assert parse('FROM a\nCMD ["\\ud800x"]\n').instructions[1].arguments[0].text == "\ufffdx"


def test_pairs_of_env_label_and_arg() -> None:
    text = "ARG A B=\"c d\"\nFROM x\nENV old  value with spaces\nLABEL a=1 'b c'='d'\\\n e=\n"
    arg, _, env, label = parse(text).instructions
    assert [(one.name, one.value, one.separator) for one in arg.pairs] == [
        ("A", None, ""),
        ("B", '"c d"', "="),
    ]
    assert [(one.name, one.value, one.separator) for one in env.pairs] == [
        ("old", "value with spaces", " ")
    ]
    assert [(one.name, one.value) for one in label.pairs] == [
        ("a", "1"),
        ("'b c'", "'d'"),
        ("e", ""),
    ]
    value = arg.pairs[1].value_span
    assert value is not None
    assert value.of(text) == '"c d"'


def test_here_documents() -> None:
    text = (
        "FROM a\nRUN <<-A cat <<'B' 3<<C\n\techo $x\n\tA\n# kept\nB\nC\n"
        'COPY <<X <<Y /d\nY\nX\nX\nY\nRUN ["<<EOF"]\nRUN "<<EOF"\nRUN <<- E\nUSER u\n'
    )
    parsed = parse(text)
    run, copy = parsed.instructions[1:3]
    assert [(h.name, h.descriptor, h.expand, h.chomp, h.content) for h in run.heredocs] == [
        ("A", 0, True, True, "\techo $x\n"),
        ("B", 0, False, False, "# kept\n"),
        ("C", 3, True, False, ""),
    ]
    assert [h.content for h in copy.heredocs] == ["Y\n", "X\n"]
    assert run.heredocs[1].span.of(text) == "# kept\n"
    assert (run.line, run.end_line) == (2, 7)
    assert parsed.instructions[-1].arguments[0].text == "u"
    assert not parsed.comments


def test_onbuild_holds_an_instruction_with_its_here_document() -> None:
    onbuild = parse("FROM a\nonbuild copy --from=b <<E /x\ny\nE\n").instructions[1]
    nested = onbuild.onbuild
    assert nested is not None
    assert (onbuild.keyword, nested.keyword, nested.name) == ("ONBUILD", "COPY", "copy")
    assert [one.content for one in nested.heredocs] == ["y\n"]


def test_comments_belong_to_the_instruction_directly_below() -> None:
    parsed = parse("# far\n\n# one\n# two\nFROM a\nUSER b\n")
    assert [one.text for one in parsed.instructions[0].comments] == ["one", "two"]
    assert parsed.instructions[1].comments == ()


def test_stages() -> None:
    text = "ARG V=1\nFROM --platform=linux/arm64 a:$V AS Build\nRUN x\nFROM build\nUSER y\n"
    first, second = parse(text).stages
    assert (first.index, first.name, first.base.text) == (0, "build", "a:$V")
    assert (first.platform, second.name, second.base.text) == ("linux/arm64", None, "build")
    assert first.name_word is not None
    assert first.name_word.text == "Build"
    assert [one.keyword for one in second.instructions] == ["USER"]
    assert second.span.of(text) == "FROM build\nUSER y"


def test_fragment_without_from_is_read() -> None:
    parsed = parse("RUN x\n")
    assert parsed.stages == ()
    assert parsed.images() == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "no instruction"),
        ("# only\n", 1, 1, "no instruction"),
        ("FROM a\nENV A=1 oops\n", 2, 9, "has no '='"),
        ("FROM a\n  ENV PATH\n", 2, 7, "without a value"),
        ("FROM a\nCMD [1]\n", 2, 5, "strings only"),
        ("FROM a\nRUN <<E\nx\n", 2, 1, "'E' has no end"),
        ("# escape=x\nFROM a\n", 1, 10, "no escape"),
        ("# check=a\n# check=b\nFROM a\n", 2, 1, "a second check"),
        ("FROM a\nENV a=1 \\\n  b\n", 3, 3, "has no '='"),
        (f"FROM a\nRUN {'x' * 70_000}\n", 2, 1, "a line of 70004 bytes"),
    ],
)
def test_refused_text_names_line_and_column_and_shows_them(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(InvalidDockerfile, match=message) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    assert str(error).startswith(f"line {line}, column {column}: ")
    shown, marker = error.excerpt.split("\n")
    assert shown.startswith(f"{line} | ")
    assert marker.endswith("^")
    assert len(shown) < 150
    assert len(str(error).splitlines()) == 1


def test_marker_stands_below_the_fault() -> None:
    with pytest.raises(InvalidDockerfile) as caught:
        parse("FROM a\n\tENV A=1 oops\n")
    assert caught.value.excerpt == "2 |  ENV A=1 oops\n             ^"


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nCMD " + "[" * 60_000,
        "FROM a\n" + "ONBUILD " * 5_000 + "RUN x",
        "FROM a\nCMD [" + "9" * 50_000 + "]",
    ],
)
def test_deep_and_long_values_are_refused(text: str) -> None:
    with pytest.raises(BedplateError):
        parse(text)


@pytest.mark.parametrize("text", [b"#" * (50 << 20), "\n" * (2 << 20), "x\n" * 20_000])
def test_huge_file_is_refused(text: str | bytes) -> None:
    with pytest.raises(LimitExceeded):
        parse(text)


@pytest.mark.parametrize("piece", ["COPY|x ", "ENV|a=1 ", "RUN|--mount=x ", "RUN|<<E "])
def test_too_many_pieces_are_refused(piece: str) -> None:
    keyword, _, word = piece.partition("|")
    with pytest.raises(InvalidDockerfile, match="too many"):
        parse(f"FROM a\n{keyword} " + (word * 4_000 + "\\\n") * 20)
    with pytest.raises(InvalidDockerfile, match="too many"):
        parse("FROM a\nCMD [" + ('"",' * 4_000 + "\\\n") * 20 + '""]')


def test_here_document_of_a_very_long_instruction_is_found() -> None:
    text = "FROM a\nRUN cat <<E " + "\\\n y" * 60_000 + "\nx\nE\nUSER z\n"
    assert parse(text).instructions[1].heredocs[0].content == "x\n"


def test_very_many_continuation_lines() -> None:
    parsed = parse("FROM a\nRUN x " + "\\\n y" * 200_000 + "\nUSER z\n")
    assert parsed.instructions[1].end_line == 200_002
    assert parsed.instructions[2].line == 200_003


def test_position_counts_from_one() -> None:
    parsed = parse("FROM a\nUSER b")
    assert parsed.position(0) == (1, 1)
    assert parsed.position(7) == (2, 1)
    assert parsed.position(13) == (2, 7)


def test_text_that_utf8_does_not_know_has_no_bytes() -> None:
    with pytest.raises(InvalidDockerfile, match="line 2, column 6"):
        bytes(parse("FROM a\nUSER \ud800"))
