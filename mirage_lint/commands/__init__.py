"""One module to a command: each has a `run` that returns the exit status."""

from __future__ import annotations
