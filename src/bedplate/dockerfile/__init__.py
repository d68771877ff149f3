"""Dockerfiles, read as BuildKit reads them and without the loss of a byte."""

from bedplate.dockerfile.build import Build
from bedplate.dockerfile.document import Dockerfile
from bedplate.dockerfile.expansion import Expansion, expand
from bedplate.dockerfile.instruction import (
    Comment,
    Directive,
    Flag,
    Heredoc,
    Instruction,
    Pair,
    Stage,
    Word,
)
from bedplate.dockerfile.parsing import parse
from bedplate.dockerfile.problem import Problem
from bedplate.dockerfile.rewrite import rewrite

__all__ = [
    "Build",
    "Comment",
    "Directive",
    "Dockerfile",
    "Expansion",
    "Flag",
    "Heredoc",
    "Instruction",
    "Pair",
    "Problem",
    "Stage",
    "Word",
    "expand",
    "parse",
    "rewrite",
]
