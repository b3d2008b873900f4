"""A profile read as the notice that it stands for: what it says of the processing, and what it lacks by itself."""

from __future__ import annotations

from collections.abc import Iterator

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.notice.linter import Finding, lint, rules
from inbox_agent.rules.notice.reader import facts, read

_SAID = frozenset(
    {"purposes_open_ended", "privacy_shield", "transfer_basis_missing", "retention_vague", "retention_long"}
    | {"retention_kpl_wrong", "repealed_law", "old_authority_name", "placeholder_left", "old_ombudsman_address"}
    | {"old_ombudsman_url", "objection_narrowed", "access_narrowed", "erasure_overpromised", "rights_waived"}
)
"""What can be wrong in a profile's own texts. What they leave out is asked of a person when a letter needs it."""


def lint_profile(profile: ControllerProfile) -> tuple[Finding, ...]:
    """Everything in a profile that falls short of the law, in the table's order."""
    document = read("\n\n".join(_sections(profile)))
    said = [finding for finding in lint(document, facts(document)) if finding.code in _SAID]
    found = [*said, *(Finding(code, None, rules()[code].source) for code in _lacking(profile))]
    order = list(rules())
    return tuple(sorted(found, key=lambda finding: order.index(finding.code)))


def _sections(profile: ControllerProfile) -> Iterator[str]:
    """The profile's texts under the headings of a notice."""
    told = profile.processing
    for heading, text in (
        ("Rekisterinpitäjä", f"{profile.controller.name}\n{profile.controller.address}"),
        ("Käsittelyn tarkoitukset", told.purposes),
        ("Rekisterin tietosisältö", told.categories),
        ("Tietolähteet", told.sources),
        ("Vastaanottajat", ", ".join((*told.recipients, *(told.processors or ())))),
        ("Siirrot EU:n ja ETA:n ulkopuolelle", told.transfers),
        ("Säilytysaika", told.retention),
        ("Yhteystiedot", profile.replies.signature),
    ):
        if text.strip():
            yield f"{heading}\n\n{text}"


def _lacking(profile: ControllerProfile) -> Iterator[str]:
    if profile.controller.business_id is None:
        yield "business_id_missing"
    if not profile.controller.address.strip():
        yield "no_address"
    if profile.contact.deputy_email is None:
        yield "single_contact"
    if profile.processing.processors is None:
        yield "processors_unknown"
