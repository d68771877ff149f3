"""Builders for tests, shipped so that users of the library can test with them too."""
