"""The ends of the program: files written, the terminal, git asked."""

from __future__ import annotations
