"""What goes wrong at the command line."""

from __future__ import annotations


class CommandError(Exception):
    """A command cannot do what was asked; the message says why, and what to do about it."""
