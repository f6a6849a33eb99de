"""Checks within other programs: what builds documentation, and pytest."""
