"""The Sphinx extension ``mirage_lint.plugins.sphinx``: a check of the documents at each build.

A finding is a warning at its place, so that ``sphinx-build -W`` fails; ``suppress_warnings`` knows
it as ``mirage.MIR101``.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from mirage_lint import __version__
from mirage_lint.errors import MirageError
from mirage_lint.plugins import checking
from mirage_lint.reports.printable import printable

FAILED = 2

_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Join the build. Pages that Sphinx has read already are checked, too: the lock may be new."""
    app.connect("env-before-read-docs", _check)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _check(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    try:
        paths = sorted(str(env.doc2path(one)) for one in env.found_docs)
        report = checking.check(checking.documents(paths))
    except MirageError as error:  # one that is raised, Sphinx shows with a traceback
        _fail(app, error)
        return
    for place, code, message in checking.told(report):
        text = f"{code} {message}"
        _log.warning("%s", text, location=place, type="mirage", subtype=code)
    for unread in report.unread:
        _fail(app, unread)
    _log.info("mirage-lint: %s", report.conclusion)


def _fail(app: Sphinx, error: MirageError) -> None:
    _log.error("mirage-lint: %s", printable(str(error)))
    app.statuscode = FAILED
