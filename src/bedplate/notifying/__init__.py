"""Tells people and programs what a watch found."""
