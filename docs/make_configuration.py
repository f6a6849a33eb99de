"""Writes the table of options in ``docs/configuration.md`` from the code that declares them."""

from collections.abc import Iterator
from pathlib import Path

from mirage_lint.settings.options import Settings, key, options

PAGE = Path(__file__).parent / "configuration.md"

_START = "<!-- options: made by docs/make_configuration.py -->\n"
_END = "<!-- end of options -->\n"
_LONGEST = 60


def text(old: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = old.partition(_START)
    _, mark, after = rest.partition(_END)
    if not mark:
        raise SystemExit(f"{PAGE.name}: lacks {_START.strip()} … {_END.strip()}")
    lines = "".join(f"{line}\n" for line in _lines())
    return f"{before}{_START}\n{lines}\n{_END}{after}"


def _lines() -> Iterator[str]:
    yield "| Key | What it says | Default | Example |"
    yield "|---|---|---|---|"
    for name, option in options():
        default = _default(getattr(Settings(), name))
        yield f"| `{key(name)}` | {option.help} | {default} | `{option.example}` |"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple) and value:
        told = "[" + ", ".join(f'"{one}"' for one in value) + "]"
        return f"`{told}`" if len(told) < _LONGEST else "see below"
    return ""


if __name__ == "__main__":
    PAGE.write_text(text(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
