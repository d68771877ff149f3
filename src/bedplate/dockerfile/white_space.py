"""What BuildKit takes for white space: two sets, by place.

Words of an instruction are cut at five ASCII characters (`parser.go`, reWhitespace); lines are
trimmed of everything that Go's `unicode.IsSpace` accepts, which differs from `str.isspace`.
"""

from __future__ import annotations

WORD_BREAKS = "\t\v\f\r "
SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
