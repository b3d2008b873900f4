"""What a form, a task or a finding stands on, cited in the interface's language.

Owns the words for what is no article; articles and sections are `replies.citations`'.
"""

from __future__ import annotations

import re

from inbox_agent.texts import gettext as _
from inbox_agent.texts import spoken
from replies import citations


def source(provision: str) -> str:
    """On what something stands: provisions as they are cited, or that it is our choice, in the interface's language."""
    return "; ".join(map(_source, provision.split("; ")))


def beside(provision: str) -> str:
    """The same as it stands beside a question or a finding; what is our choice tells its reader nothing there."""
    return "" if provision == _OURS else f"  {source(provision)}"


_OURS = "our choice"


def _source(provision: str) -> str:
    known = {
        _OURS: _("our choice"),
        "the controller's own notice": _("the controller's privacy notice"),
        "Regulation 1182/71 art. 3(2)(c)": _("Regulation 1182/71, article 3(2)(c)"),
        "Data Protection Act 1050/2018 repealed the Personal Data Act 523/1999": _(
            "the Data Protection Act 1050/2018 repealed the Personal Data Act 523/1999"
        ),
    }
    if section := re.fullmatch(r"Data Protection Act 1050/2018, section (\d+)", provision):
        return _("Data Protection Act 1050/2018, section {number}").format(number=section[1])
    if guidelines := re.fullmatch(r"EDPB Guidelines (\d+/\d+), (.+)", provision):
        text = _("EDPB Guidelines {number}, paragraphs {paragraphs}")
        return text.format(number=guidelines[1], paragraphs=guidelines[2].replace("-", "–"))
    if judgment := re.fullmatch(r"CJEU (C-\d+/\d+)", provision):
        return _("Court of Justice {case}").format(case=judgment[1])
    return known.get(provision) or citations.short(provision, spoken())
