"""The MkDocs plugin ``mirage-lint``: a check of the pages at each build of a site.

A finding is a warning, so that ``mkdocs build --strict`` fails.
"""

import os

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from mirage_lint.errors import MirageError
from mirage_lint.plugins import checking
from mirage_lint.reports.printable import printable

_log = get_plugin_logger("mirage-lint")


class Options(Config):
    """What ``mkdocs.yml`` can say below the plugin."""

    enabled = Type(bool, default=True)


class Plugin(BasePlugin[Options]):
    """Checks the pages that lie in ``docs_dir``; what other plugins make is not looked at."""

    @event_priority(-100)  # behind plugins that add and take out pages
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Check the pages when all of them are known."""
        if self.config.enabled:
            _check(_pages(files, config.docs_dir))


def _pages(files: Files, folder: str) -> list[str]:
    """The whole paths of the pages of a site that are files of ``folder``."""
    below = os.path.join(folder, "")
    paths = (one.abs_src_path for one in files.documentation_pages() if not one.generated_by)
    return [one for one in paths if one and one.startswith(below)]


def _check(pages: list[str]) -> None:
    try:
        report = checking.check(checking.documents(pages))
    except MirageError as error:
        raise PluginError(f"mirage-lint: {printable(str(error))}") from None
    for place, code, message in checking.told(report):
        _log.warning("%s: %s %s", place, code, message)
    _log.info("%s", report.conclusion)
    if report.unread:
        unread = "\n".join(printable(str(one)) for one in report.unread)
        raise PluginError(f"mirage-lint: {unread}")
