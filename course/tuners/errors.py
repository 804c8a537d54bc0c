"""Errors that end a search."""

from __future__ import annotations


class FatalError(RuntimeError):
    """Ends the whole search: a mistake in how it was set up, not in one trial."""


class DeclarationError(FatalError, ValueError):
    """Two declarations of a hyperparameter that cannot both hold."""
