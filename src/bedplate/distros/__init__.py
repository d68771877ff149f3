"""Which distribution a root file system is, and what its userland offers.

`identify` tells the release, `userland` the C libraries, shells, package managers,
certificates and time zones. Both read a `Tree`; neither touches a disk or the network.
"""
