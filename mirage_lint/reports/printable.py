"""Text from files and names, safe to show: nothing in it steers a terminal."""


def printable(text: str) -> str:
    """``text`` with a mark for each character that cannot be seen, line ends and tabs too."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
