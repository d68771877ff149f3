"""Files of a repository that name images: found, read and rewritten without loss."""

from bedplate.repofiles.building import inline_dockerfiles, placed_builds
from bedplate.repofiles.finding import find
from bedplate.repofiles.reading import images
from bedplate.repofiles.replacement import Replacement
from bedplate.repofiles.rewriting import rewrite

__all__ = ["Replacement", "find", "images", "inline_dockerfiles", "placed_builds", "rewrite"]
