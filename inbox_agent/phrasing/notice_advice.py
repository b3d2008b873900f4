"""What to write instead of a notice's clause, and what the assistant does meanwhile, by the linter's codes.

Owns the words of advice; total over the table of findings (a test proves it). The ombudsman's details come from where
letters take them.
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox_agent.texts import gettext as _
from replies.authority import ombudsman


@dataclass(frozen=True, slots=True)
class Advice:
    """`write`: what to write instead. `meanwhile`: how such a clause is handled until then."""

    write: str
    meanwhile: str


def advice(code: str) -> Advice:
    """The advice on a finding. A code nobody has worded is said as it is."""
    base, _colon, detail = code.partition(":")
    write, meanwhile = (_who() | _why() | _rights() | _use() | _aged()).get(base, (code, ""))
    office = ombudsman("fi")
    address = f"{office.visiting}; {office.postal}"
    right = _named().get(detail, detail)
    return Advice(write.format(right=right, address=address, web=office.web), meanwhile)


def _who() -> dict[str, tuple[str, str]]:
    unaffected = _("The assistant works as usual; the letters are not affected.")
    return {
        "controller_not_legal_person": (
            _("Name the controller as a legal person or a trader, with its registered name."),
            _("Letters name the controller as the profile does; without a name no profile is ready for use."),
        ),
        "business_id_missing": (
            _("Give the business id: it tells beyond doubt who answers."),
            _("Letters leave the business id out until the profile has it."),
        ),
        "business_id_invalid": (
            _("Correct the business id: its check digit is wrong."),
            _("The wrong number is not taken into the profile or into letters."),
        ),
        "no_address": (
            _("Give the controller's postal address."),
            _("Letters leave the address out until the profile has it."),
        ),
        "contact_missing": (
            _("Say whom to turn to: an address that is read, and a telephone number or a name."),
            _("Every request that reaches the watched mailbox is a request, whatever the notice names."),
        ),
        "no_email_channel": (
            _("Give an e-mail address: who asks by e-mail must be answered electronically."),
            _("Requests by e-mail are taken in and answered by e-mail."),
        ),
        "single_contact": (
            _("Add a general mailbox and a deputy: requests run even while the one person is away."),
            _(
                "Requests to every mailbox that is watched count; name a deputy in the profile, who gets the "
                "reminders too."
            ),
        ),
        "processors_unknown": (
            _('Name in processing.processors who processes data for you; where nobody does, write "none".'),
            _(
                "Copies and changes bring the task of finding them out, and no letter says that data is gone "
                "everywhere."
            ),
        ),
        "joint_essence_missing": (
            _("Tell the essence of the joint controllers' arrangement: who does what, and who answers requests."),
            _(
                "A request to any of the controllers is taken in and the time counts from it; the letter "
                "names them all."
            ),
        ),
        "dpo_conflict": (
            _(
                "Choose a data protection officer who does not decide on the processing; a managing director "
                "or an IT manager does."
            ),
            unaffected,
        ),
    }


def _why() -> dict[str, tuple[str, str]]:
    return {
        "purposes_open_ended": (
            _("Name each purpose; “other purposes” is none."),
            _("An access answer names only the purposes that a person has filled in."),
        ),
        "legal_basis_missing": (
            _("Name the legal basis of each purpose: consent, contract, legal obligation or legitimate interest."),
            _("Whether an objection or portability applies is asked of a person case by case."),
        ),
        "legal_basis_wrong": (
            _(
                "Replace it by a basis of the GDPR: a customer relation or “relevant connection” is none, and "
                "contract does not carry marketing. Only consent is withdrawn; to a legitimate interest one objects."
            ),
            _(
                "A ban on direct marketing is absolute whatever the basis; an objection is judged by the "
                "basis that really applies."
            ),
        ),
        "special_category_basis_missing": (
            _("Say which ground of Article 9 lets you process health or other special data, such as explicit consent."),
            _("Set sensitivity = “sensitive” in the profile: then answers need a surer identity."),
        ),
        "recipients_unnamed": (
            _("Name the recipients, or at least their categories more closely than “service providers”."),
            _("An access answer asks a person for the recipients by name."),
        ),
        "transfer_missing": (
            _("Say whether data goes outside the EU and EEA: a service named in the notice does that."),
            _("An access answer asks a person about transfers; it does not say that there are none."),
        ),
        "transfer_basis_missing": (
            _(
                "Name what the transfer rests on: an adequacy decision, standard contractual clauses or "
                "another safeguard."
            ),
            _("An access answer asks a person for the safeguard (Article 15(2))."),
        ),
        "privacy_shield": (
            _(
                "Remove the Privacy Shield, void since 16 July 2020: check whether the recipient is on the "
                "Data Privacy Framework list or use standard contractual clauses."
            ),
            _("Letters never cite the Privacy Shield."),
        ),
        "retention_missing": (
            _("Say how long each kind of data is kept, or how that is decided."),
            _("An access answer asks a person for the retention period."),
        ),
        "retention_vague": (
            _("Give a period or an event; “as long as necessary” tells nothing."),
            _("An access answer asks a person for the retention period."),
        ),
        "retention_long": (
            _("Split the period by kinds of data: only what a law or a claim needs is kept for ten years."),
            _("Erasure is refused only for vouchers and what else a law requires, each until its own date."),
        ),
        "retention_kpl_wrong": (
            _(
                "Limit the Accounting Act to accounting material: vouchers six years from the end of the "
                "calendar year in which the financial year ended, books ten years from its end. It does not "
                "cover customer data."
            ),
            _("Erasure is then partial: vouchers stay until the date that the assistant computes, the rest goes."),
        ),
    }


def _rights() -> dict[str, tuple[str, str]]:
    return {
        "rights_missing": (
            _("Tell this right too: {right}."),
            _("The assistant recognises it and treats it by law, told or not."),
        ),
        "rights_waived": (
            _("Remove it: nobody can give these rights up beforehand, by a contract or by using one of them."),
            _("Every request counts, whatever somebody has agreed to."),
        ),
        "access_narrowed": (
            _("Access covers all data about the person, as often as they ask; remove the limit."),
            _("The whole of the data is asked for and given; leaving out needs a ground that a person chooses."),
        ),
        "erasure_narrowed": (
            _(
                "Tie erasure to Article 17: data goes when a ground of 17(1) is met, unless 17(3) keeps it; "
                "no group of people is left out."
            ),
            _("Each request is an ordinary erasure case; a refusal needs a ground that a person chooses."),
        ),
        "erasure_overpromised": (
            _(
                "Promise less: vouchers and what else a law requires must be kept, and a ban on marketing "
                "needs its trace."
            ),
            _("The letter tells exactly what was erased, what is kept, why and until when."),
        ),
        "objection_narrowed": (
            _(
                "Tell the right to object as it is: on grounds of one's own situation, also to lawful "
                "processing, and to direct marketing always."
            ),
            _("Objections are treated by law; processing is restricted while they are weighed."),
        ),
        "portability_narrowed": (
            _(
                "Give the person their file without conditions; only the direct transfer to another "
                "controller may depend on technology."
            ),
            _("The letter gives the file; a direct transfer is offered where it works."),
        ),
        "marketing_as_restriction": (
            _("Tell it as the absolute ban that it is: who objects to direct marketing gets none, without reasons."),
            _("A ban stops all marketing at once; nobody's identity is asked."),
        ),
    }


def _use() -> dict[str, tuple[str, str]]:
    return {
        "signature_demanded": (
            _("Remove the demand: a request needs no form and no signature."),
            _("Unsigned mails are requests; no letter asks for a signature."),
        ),
        "written_form_demanded": (
            _("Accept requests in every form, by telephone and in person too; a form may be offered, not demanded."),
            _("Every mail that means a request is one; one made by telephone can be entered as a case."),
        ),
        "language_limited": (
            _("Remove the limit: Finnish and Swedish are both national languages, and a request counts as it comes."),
            _("A request in Swedish gets the Swedish letter; whatever language it is in, the time runs."),
        ),
        "in_person_only": (
            _("Make the visit an option and offer a secure electronic way."),
            _("The letter offers a secure electronic delivery; picking up is one of the choices."),
        ),
        "identity_always": (
            _("Ask for proof only on reasonable doubt, and no copy of an identity document."),
            _("The assistant asks only where it can give a reason, and never for a document's copy."),
        ),
        "identity_code_demanded": (
            _("Drop the personal identity code: ask for what your register knows, and only on reasonable doubt."),
            _("The assistant never asks for a personal identity code."),
        ),
        "must_specify_in_writing": (
            _("Soften it: with much data you may ask what is meant, but you give everything if they do not narrow it."),
            _("The assistant asks, never demands; the time runs meanwhile."),
        ),
        "once_a_year_fee": (
            _(
                "Remove the fee: answers are free, every time. Only a manifestly unfounded or excessive "
                "request or a further copy may cost."
            ),
            _("No fee is drafted unless a person states one of these grounds before the work."),
        ),
        "fee_demanded": (
            _(
                "Remove the price: the first copy and every answer are free. Only a further copy or a manifestly "
                "unfounded or excessive request may cost."
            ),
            _("No fee is drafted unless a person states one of these grounds before the work."),
        ),
        "response_time_too_long": (
            _(
                "Promise an answer within a month of receipt; longer only by an extension that is told within "
                "that month."
            ),
            _("The month of the law is counted and promised, not the notice's time."),
        ),
        "clock_from_identity": (
            _(
                "Count the month from the day the request came in. Only asking, without delay and with a reason, who "
                "it is may hold it up."
            ),
            _("The month is counted from receipt; a question about identity is kept with its days."),
        ),
        "refusal_certificate": (
            _(
                "Rename it: a refusal is an answer under Article 12(4), with reasons, the complaint right and "
                "the judicial remedy."
            ),
            _("A refusal is drafted as that answer; it does a certificate's work."),
        ),
        "answer_by_plain_email": (
            _("Do not promise the data by ordinary e-mail; offer a secure link, encrypted mail or another safe way."),
            _("The letter itself carries no data; the delivery is chosen among the safe ways."),
        ),
    }


def _aged() -> dict[str, tuple[str, str]]:
    unaffected = _("The assistant works as usual; the letters are not affected.")
    return {
        "no_complaint_right": (
            _("Tell the right to complain to the Data Protection Ombudsman, with the contact details."),
            _("Every answer that needs it tells the right and the office's details."),
        ),
        "complaint_body_unnamed": (
            _("Name the authority: the Data Protection Ombudsman (tietosuoja.fi)."),
            _("Letters name the ombudsman with current details."),
        ),
        "complaint_narrowed": (
            _("The right to complain covers all processing, not one refused right only."),
            _("Every answer that needs it tells the right whole."),
        ),
        "old_ombudsman_address": (
            _("Correct the ombudsman's address: {address}."),
            _("Letters carry the current address."),
        ),
        "old_ombudsman_url": (
            _("Correct the link: {web}."),
            _("Letters carry the current link."),
        ),
        "repealed_law": (
            _(
                "Remove the Personal Data Act (523/1999), repealed on 1 January 2019: the GDPR and the Data "
                "Protection Act 1050/2018 hold."
            ),
            _("Letters cite the law in force only."),
        ),
        "old_authority_name": (
            _("Correct the authority's name to what it is today."),
            unaffected,
        ),
        "placeholder_left": (
            _("Fill in or remove what the template left."),
            _("Nothing is taken into the profile from there."),
        ),
        "undated": (
            _("Date the notice, so that one sees which version held when."),
            unaffected,
        ),
    }


def _named() -> dict[str, str]:
    """The rights as `rights_missing` names them."""
    return {
        "access": _("access to one's data (Article 15)"),
        "rectification": _("rectification (Article 16)"),
        "erasure": _("erasure (Article 17)"),
        "restriction": _("restriction of processing (Article 18)"),
        "objection": _("objection (Article 21)"),
        "portability": _("data portability (Article 20)"),
        "consent_withdrawal": _("withdrawal of consent (Article 7(3))"),
    }
