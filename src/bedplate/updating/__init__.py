"""Moves images forward in the files that name them: pins now, versions later."""
