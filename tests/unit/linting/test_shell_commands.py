from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.linting.checking import linted_file
from bedplate.linting.shell_commands import parse_commands


def commands(text: str) -> list[list[str]]:
    return [[command.name, *command.args] for command in parse_commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b && c", [["a", "b"], ["c"]]),
        ("a; b || c | d & e", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("if a; then b c; else d; fi", [["a"], ["b", "c"], ["d"]]),
        ("for x in 1 2; do y $x; done", [["y", "$x"]]),
        ("case x in p) a;; q|r) b;; esac; c", [["a"], ["b"], ["c"]]),
        ("f() { a b; }; f", [["a", "b"], ["f"]]),
        ("(a) && { b; }", [["a"], ["b"]]),
        ("time ! a b", [["a", "b"]]),
        ("a > /x 2>&1 b", [["a", "b"]]),
        ("a >=1 'b>=2'", [["a", "b>=2"]]),
        ("a <<E\nnot a command\nE\nb", [["a"], ["b"]]),
        ("a <<<word b", [["a", "b"]]),
        ("a \\\n  b \\\n  # c\n  d", [["a", "b", "d"]]),
        ("foo\\\nbar", [["foobar"]]),
        ("a # b", [["a"]]),
        ("a#b", [["a#b"]]),
        ("echo \"$(a 'b c')\" d", [["echo", "$(a 'b c')", "d"], ["a", "b c"]]),
        ("x=`a b`", [[""], ["a", "b"]]),
        ("a $((1 + 2)) b", [["a", "$((1 + 2))", "b"]]),
        ('a b\\ c "d e"', [["a", "b c", "d e"]]),
    ],
)
def test_commands_are_found(text: str, expected: list[list[str]]) -> None:
    assert commands(text) == expected


def test_settings_in_front_of_a_command_are_kept() -> None:
    [command] = parse_commands("A=1 B='2 3' run --fast")
    assert command.settings == {"A": "1", "B": "2 3"}
    assert command.name == "run"


def test_flags_are_read_in_every_form() -> None:
    [command] = parse_commands("a -xy --long=1 --other -v=2 word")
    assert command.flags == {"x", "y", "long", "other", "v"}
    assert [word.text for word in command.operands()] == ["word"]


def test_offsets_point_into_the_text() -> None:
    text = "a && \\\n  bcd 'e f'"
    command = parse_commands(text, base=10)[1]
    assert text[command.start - 10 : command.start - 7] == "bcd"
    assert text[command.end - 15 : command.end - 10] == "'e f'"


@given(st.text(alphabet="ab \\\n'\"$(){}`;&|<>#=", max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    for command in parse_commands(text):
        assert 0 <= command.start <= command.end <= len(text)


def test_substitutions_deeper_than_the_limit_are_left_out() -> None:
    assert len(parse_commands("$(" * 1000 + "a")) < 50


@pytest.mark.parametrize(
    ("text", "piped"),
    [
        ("a | b", ["a"]),
        ("a || b", []),
        ("(a; b) | c |& d", ["b", "c"]),
        ("case x in a|b) c | d;; esac", ["c"]),
        ("[[ $x =~ (a|b) ]] && c | d", ["c"]),
        ("x=$(a | b)", ["a"]),
        ("echo 'a | b' \\| c", []),
    ],
)
def test_pipes(text: str, piped: list[str]) -> None:
    assert [one.name for one in parse_commands(text) if one.piped] == piped


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('["make", "a"]', ["make"]),
        ('["sh", "-c", "make a"]', ["sh"]),
        ('["sh", "-c", "make && cd b; x | y"]', ["sh", "cd", "x", "y"]),
        ('["a", "||", "b"]', ["a", "b"]),
        ('["sh", "-c", "a \\"b\\" && c"]', ["sh"]),
        ("[]", []),
    ],
)
def test_commands_of_the_exec_form_stand_where_they_stand(value: str, names: list[str]) -> None:
    text = f"FROM a:1\nRUN {value}\n"
    file = linted_file(text)
    commands = file.runs[0].commands
    assert [one.name for one in commands] == names
    for one in commands:
        assert text[one.start : one.end].strip('"').startswith(one.name)
        for word in one.words:
            assert word.text in text[word.start : word.end].replace("\\", "")
