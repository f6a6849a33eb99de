"""The formats that coverage is told in."""

FORMATS = ("text", "json", "html", "badge")
