"""From documents that are named to findings that are told."""

from __future__ import annotations
