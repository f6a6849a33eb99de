"""Documents to passages: what a reader sees, in its context, with exact places in the source."""

from __future__ import annotations
