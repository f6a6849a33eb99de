"""A badge: how many claims are verified and contradicted, as an SVG without a font of its own."""

from mirage_lint.coverage.counts import Counts

_GREEN, _RED, _AMBER, _GREY = "#1b7a4d", "#b3261e", "#8a5a00", "#59626b"
_LABEL = "claims"
_NARROW, _WIDE = frozenset("fijlrt.,:1 "), frozenset("mw")
_WIDTHS = {True: 4.0, False: 6.6}
_WIDEST = 9.6
_MARGIN = 6


def badge(counts: Counts) -> str:
    """The SVG: "claims: 128 verified, 0 contradicted"."""
    message = f"{counts.verified:,} verified, {counts.contradicted:,} contradicted"
    left, right = _width(_LABEL), _width(message)
    whole, title = left + right, f"{_LABEL}: {message}"
    return _SVG.format(
        title=title,
        label=_LABEL,
        message=message,
        colour=_colour(counts),
        left=left,
        right=right,
        whole=whole,
        label_at=left / 2,
        message_at=left + right / 2,
        label_width=left - 2 * _MARGIN,
        message_width=right - 2 * _MARGIN,
    )


def _colour(counts: Counts) -> str:
    if counts.contradicted:
        return _RED
    if counts.ambiguous:
        return _AMBER
    return _GREEN if counts.verified else _GREY


def _width(text: str) -> int:
    """Pixels that a text takes in Verdana at 11 pixels, about, with its margins; the SVG stretches
    other fonts to that.
    """
    widths = (_WIDEST if char in _WIDE else _WIDTHS[char in _NARROW] for char in text)
    return round(sum(widths)) + 2 * _MARGIN


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" viewBox="0 0 {whole} 20" \
role="img" aria-labelledby="title">
<title id="title">{title}</title>
<clipPath id="round"><rect width="{whole}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="{left}" height="20" fill="#3b4148"/>
<rect x="{left}" width="{right}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" \
text-anchor="middle" aria-hidden="true">
<text x="{label_at}" y="14" textLength="{label_width}">{label}</text>
<text x="{message_at}" y="14" textLength="{message_width}">{message}</text>
</g>
</svg>
"""
