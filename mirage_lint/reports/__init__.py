"""Findings to text: one file a format; each returns text, and only the command line writes it."""

from __future__ import annotations
