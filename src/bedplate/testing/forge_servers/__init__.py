"""Forges in memory on real loopback sockets, for tests of whatever opens change requests.

with GithubServer(token="secret") as forge:
    repository = forge.add_repository("acme/shop")
    repository.branches["bedplate/node"] = "1" * 40
    ...
    assert forge.mutations == 1
"""
