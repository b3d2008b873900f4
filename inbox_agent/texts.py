"""The interface's language: gettext catalogues, Finnish unless asked otherwise.

Message ids are the English texts, so English needs no catalogue; Finnish and Swedish are complete (a test proves it).
Letters do not come from here: they are templates of the package `replies`, in the reader's language.
"""

from __future__ import annotations

import gettext as _gettext
from importlib import resources

LANGUAGES = ("fi", "sv", "en")
DEFAULT = "fi"

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use(language: str = DEFAULT) -> None:
    """Choose the interface's language for this process; unknown languages fall back to English."""
    global _current, _language  # noqa: PLW0603  # one process speaks one language, as gettext itself assumes
    with resources.as_file(resources.files("inbox_agent") / "locale") as folder:
        _current = _gettext.translation("inbox_agent", folder, [language], fallback=True)
    _language = language if language in LANGUAGES else "en"


def spoken() -> str:
    """The interface's language, for what is cited in it."""
    return _language


def gettext(message: str) -> str:
    """Translate one interface text."""
    return _current.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text that counts something."""
    return _current.ngettext(singular, plural, number)
