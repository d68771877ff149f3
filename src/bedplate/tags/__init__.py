"""What tags say, and which one comes next; texts in, values out, without a registry."""

from bedplate.tags.axes import axes_between
from bedplate.tags.choosing import newest, successive
from bedplate.tags.grammar import parse
from bedplate.tags.grouping import Family, families
from bedplate.tags.ordering import compare

__all__ = ["Family", "axes_between", "compare", "families", "newest", "parse", "successive"]
