"""What a user may set: declared once, read from a file and the command line, asked by path."""

from __future__ import annotations
