"""Advisories: what feeds say, in one shape, kept in one small SQLite file per feed and release."""
