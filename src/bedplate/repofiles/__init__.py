"""Files of a repository that name images: found, read and rewritten without loss."""

from bedplate.repofiles.finding import find
from bedplate.repofiles.reading import images
from bedplate.repofiles.replacement import Replacement
from bedplate.repofiles.rewriting import rewrite

__all__ = ["Replacement", "find", "images", "rewrite"]
