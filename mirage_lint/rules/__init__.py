"""The rules: one file each; a file's docstring is its manual page.

Rules judge bindings: they look nothing up, and each answers for one kind of change.
"""

from __future__ import annotations
