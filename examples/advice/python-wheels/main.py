"""Print the mean of the numbers on standard input."""

import sys

import numpy

print(numpy.array(sys.stdin.read().split(), dtype=float).mean())
