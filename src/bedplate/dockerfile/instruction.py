"""The nouns of a parsed Dockerfile, each with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.span import Span


class Word(NamedTuple):
    """One argument.

    Args:
        text: as BuildKit sees it: continuations joined, quotes and variables left as written;
            strings of the JSON form are decoded.
        span: where it stands, quotes included.
    """

    text: str
    span: Span


class Flag(NamedTuple):
    """One `--name=value` before the arguments.

    Args:
        name: without the dashes, as written.
        value: without quotes; None when there is no `=`.
        span: the whole flag.
        value_span: the value without its quotes; None when there is no value.
    """

    name: str
    value: str | None
    span: Span
    value_span: Span | None

    @property
    def text(self) -> str:
        """The flag in one word, as BuildKit shows it."""
        return f"--{self.name}" if self.value is None else f"--{self.name}={self.value}"


class Pair(NamedTuple):
    """One variable or label of ARG, ENV or LABEL.

    Args:
        name: as written, quotes included.
        value: as written, quotes included; None for an ARG without a default.
        separator: `=`, a space in the old form `ENV name value`, empty without a value.
        span: name, separator and value.
        value_span: the value; None without one.
    """

    name: str
    value: str | None
    separator: str
    span: Span
    value_span: Span | None


class Heredoc(NamedTuple):
    """One here-document of RUN, COPY or ADD.

    Args:
        name: the terminator, without quotes.
        descriptor: file descriptor before the `<<`; 0 when none is given.
        expand: variables are expanded, as nothing of the name is quoted.
        chomp: `<<-`: leading tabs do not count.
        content: the lines as written, tabs and line ends included.
        span: the content, without the line of the terminator.
    """

    name: str
    descriptor: int
    expand: bool
    chomp: bool
    content: str
    span: Span


class Comment(NamedTuple):
    """One comment line.

    Args:
        text: without the `#` and the white space around it.
        line: from 1.
        span: from the `#` to the end of the line.
    """

    text: str
    line: int
    span: Span


class Directive(NamedTuple):
    """One parser directive: `# syntax=docker/dockerfile:1`.

    Args:
        name: in lower case: `syntax`, `escape` or `check`.
        value: without white space around it.
        line: from 1.
        span: the value.
    """

    name: str
    value: str
    line: int
    span: Span


# Not frozen: its fields would be set one by one through object.__setattr__, a tenth of all the
# time that reading takes. Nobody changes one.
@dataclass(slots=True, eq=False)
class Instruction:
    """One instruction.

    Args:
        keyword: in upper case.
        name: the keyword as written.
        flags: in order; a name may come more than once.
        arguments: what BuildKit makes of the value: one word for the shell form, the strings of
            the JSON form, words; none for a keyword that it does not know.
        json: the value is a JSON array of strings.
        value: everything behind keyword and flags, continuations joined.
        value_span: where the value stands, from its first to its last character.
        span: from the keyword to the end of the last line, here-documents included; without the
            line end.
        line: first line, from 1.
        end_line: last line.
        pairs: variables or labels of ARG, ENV and LABEL.
        heredocs: in order of their lines.
        onbuild: the instruction that ONBUILD puts off.
        comments: the comment lines directly above.
    """

    keyword: str
    name: str
    flags: tuple[Flag, ...]
    arguments: tuple[Word, ...]
    json: bool
    value: str
    value_span: Span
    span: Span
    line: int
    end_line: int
    pairs: tuple[Pair, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    onbuild: Instruction | None = None
    comments: tuple[Comment, ...] = ()

    def flag(self, name: str) -> Flag | None:
        """Give the last flag of a name; BuildKit refuses a second one."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One build stage.

    Args:
        index: from 0.
        name: in lower case, as BuildKit compares it; None when the stage has none.
        name_word: the name as written; None when the stage has none.
        base: image or stage that it starts from, variables as written.
        platform: value of `--platform`, variables as written; None without the flag.
        origin: the FROM instruction.
        instructions: what follows FROM.
        span: from FROM to the end of the last instruction.
    """

    index: int
    name: str | None
    name_word: Word | None
    base: Word
    platform: str | None
    origin: Instruction
    instructions: tuple[Instruction, ...]
    span: Span
