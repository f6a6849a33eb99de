"""Bar charts without words, so that the documents' images are there to be looked at."""

from collections.abc import Mapping, Sequence

_BAR, _GAP, _HEIGHT = 28, 12, 120


def _bars(heights: Sequence[float]) -> bytes:
    """An SVG with a bar for each height of 0 to 1."""
    width = _GAP + len(heights) * (_BAR + _GAP)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}">']
    for place, share in enumerate(heights):
        height = round(share * _HEIGHT)
        left, top = _GAP + place * (_BAR + _GAP), _HEIGHT - height
        lines.append(f'  <rect x="{left}" y="{top}" width="{_BAR}" height="{height}"/>')
    return ("\n".join([*lines, "</svg>"]) + "\n").encode()


def figures() -> Mapping[str, bytes]:
    """File name to bytes."""
    return {
        "kv_retention.svg": _bars([1, 7 / 12, 6 / 12, 2 / 12, 1 / 12]),
        "blackbox_gap.svg": _bars([24 / 36, 15 / 36, 22 / 36, 16 / 36, 26 / 36]),
        "fine_tuning.svg": _bars([152 / 371, 368 / 371, 219 / 371, 1 / 371]),
        "ntsb_budgets.svg": _bars([24 / 60, 33 / 60, 46 / 60]),
        "streaming_traps.svg": _bars([447 / 1400, 781 / 1400, 1078 / 1400]),
    }
