"""Which language runtimes a root file system holds, and what they bring along.

`find` looks for all of them; an entry of `known/` knows one. All read a `Tree` and the
image configuration; none touches a disk or the network.
"""
