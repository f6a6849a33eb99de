"""Lines of code and their comments."""

from collections.abc import Iterator

LANGUAGES = frozenset(
    {
        *("yaml", "yml", "json", "jsonc", "json5", "toml", "ini", "cfg", "conf", "config"),
        *("properties", "env", "dotenv", "bash", "sh", "shell", "zsh", "fish", "console"),
        *("terminal", "shell-session", "sh-session", "shellsession", "make", "makefile"),
        *("python", "python3", "py", "py3", "pycon", "python-repl", "ipython", "ipython3"),
    }
)
"""Info strings of code that configures or loads something, or of code that does not say."""

_PROMPTS = ("$ ", ">>> ")


def is_read(info: str) -> bool:
    """Whether code with this info string sets values that are worth a look: not what styles,
    draws, differs, or was printed.
    """
    words = info.strip().strip("{}").split(None, 1)
    return not words or words[0].strip("{}.,").lower() in LANGUAGES


def commands(content: str) -> str:
    """Of what a terminal shows, the commands: all else was printed."""
    if not content.lstrip().startswith(_PROMPTS):
        return content
    kept, goes_on = [], False
    for line in content.split("\n"):
        is_command = goes_on or line.lstrip().startswith((*_PROMPTS, "... "))
        kept.append(line if is_command else "")
        goes_on = is_command and line.rstrip().endswith("\\")
    return "\n".join(kept)


def lines(content: str) -> Iterator[tuple[int, str, str]]:
    """Each line's number from 0, its code without indent, and the comment behind it."""
    for number, line in enumerate(content.split("\n")):
        text = line.lstrip()  # indents may have been tabs
        at = _comment(text)
        yield number, text[:at], text[at:]


def _comment(text: str) -> int:
    """Where a line's comment starts, its length where it has none."""
    if "# " not in text and "// " not in text:
        return len(text)
    if text.startswith(("# ", "// ")):
        return 0
    starts = [text.find(mark) for mark in (" # ", " // ")]
    return min((start for start in starts if start >= 0), default=len(text))
