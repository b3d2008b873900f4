"""What is wrong with a letter, in a sentence for the one who mends it, by the codes of `replies.linter`."""

from __future__ import annotations

import re

from inbox_agent.texts import gettext as _


def finding(code: str) -> str:
    """Say one finding. Total over `replies.linter.CODES` (a test proves it)."""
    return {**_forbidden(), **_demanded(), **_hindering(), **_missing(), **_answers(), **_shapes()}[code]


def in_short(code: str) -> str:
    """A finding's first sentence: what is wrong. What to do about it stands beside the letter."""
    return re.split(r"(?<=[.?!]) (?=[^\W\d_])", finding(code), maxsplit=1)[0]


def _forbidden() -> dict[str, str]:
    return {
        "bare_law": _("“The law” alone is no ground: name the Act and its section."),
        "complaint_denied": _(
            "Nobody can take away the right to complain: write that the person may take the matter to the Data"
            " Protection Ombudsman."
        ),
        "confirmed_before_identity": _("The letter says whether there is data before the identity is established."),
        "ground_unlawful": _("Our own load and the manners of who asks are no ground for a refusal or a fee."),
        "lawsuit_no_ground": _("That somebody may go to court is no ground: neither motive nor plans are looked at."),
        "access_ground_unlawful": _(
            "No ground against access: that the person has the data, that it is internal, that they give no reason."
        ),
        "trade_secret_blanket": _(
            "A trade secret refuses no access as a whole: take out what shows it, and give the rest (in part)."
        ),
        "extension_reason_unlawful": _(
            "Workload, absence, technical trouble, waiting for an opinion and other people's requests are no reasons to"
            " extend."
        ),
        "id_copy_demanded": _("Do not ask for a copy of an identity document."),
        "identity_code": _("There is a personal identity code in the letter: take it out."),
        "identity_code_demanded": _("Do not ask for the personal identity code."),
        "login_or_reason_demanded": _("Neither a log-in nor a reason may be demanded to stop marketing."),
        "other_language": _("These words are in another language than the letter: say them in its reader's."),
        "old_authority": _("This contact of the Data Protection Ombudsman is out of date."),
        "once_a_year": _("The right is not limited to once a year."),
        "privacy_shield": _("Privacy Shield is void: it secures no transfer."),
        "repealed_law": _("This law has been repealed."),
        "signature_demanded": _("A signature may not be demanded: a request needs no form."),
        "thirty_days": _("The time is one month, not a number of days."),
        "unfilled": _("Something was left to be filled in."),
    }


def _demanded() -> dict[str, str]:
    """What must not be asked of the person, and what must not be promised."""
    return {
        "account_demanded": _("Do not ask the person to open an account: a request needs none."),
        "bank_details_demanded": _("Do not ask for bank codes or card numbers."),
        "card_number": _("There is a card number in the letter: take it out."),
        "data_demanded": _(
            "Ask what the request is about, such as which service and which years: nothing of the person's own is"
            " needed for that."
        ),
        "fee_unlawful": _("A fee has a notice of its own, with its ground; everything else is free."),
        "form_demanded": _("A form may be offered, never demanded."),
        "health_data_demanded": _("Do not ask for health data."),
        "narrowing_forced": _("Specifying is free: without it the request is answered in full."),
        "new_month": _("A late answer gives itself no new month: name a firm day."),
        "old_law_words": _("This is a word of the repealed law: use the present one."),
        "pdf_for_portability": _("PDF cannot be moved elsewhere: use CSV, JSON or XML."),
        "quoted_thread": _("Take the quoted mails out: other people's data may be in them."),
        "reason_demanded": _("No reason may be demanded for a request."),
        "selfie_demanded": _("Do not ask for a picture of the person."),
        "sign_back": _("Do not invite back somebody who has just forbidden the marketing."),
        "total_erasure_promised": _("Not everything is erased: the entry that makes the ban hold is kept."),
    }


def _hindering() -> dict[str, str]:
    """What must not be taken from the person."""
    return {
        "further_request_hindered": _(
            "Whoever asked may ask again, in any way and without a reason: take the limit out."
        ),
        "complaint_hindered": _(
            "The way to the Ombudsman and to court is open at once: it needs no word with us first, has no day of ours,"
            " and the Ombudsman asks no fee. Take the condition out."
        ),
        "reader_bound": _(
            "An answer binds its reader to nothing: they may tell it to anybody, and their silence agrees to nothing."
        ),
        "marketing_brought": _(
            "No answer brings marketing with it: take the invitation out, and add nobody to a list."
        ),
        "left_out_of_granted": _(
            "Something is left out of what the letter says it gives: then it is granted in part, with the ground for"
            " what is left out."
        ),
        "told_others": _(
            "Nobody near the person hears of their request unless they wished it: take the sentence out, and if it was"
            " told, treat it as a breach of security."
        ),
        "granted_denied": _(
            "The letter says that it was done, and this sentence that it was not: hidden is not erased. Do it first, or"
            " choose another outcome."
        ),
    }


def _answers() -> dict[str, str]:
    """What an answer or a fee must tell and does not."""
    return {
        "access_information_missing": _(
            "Purposes, categories, recipients, storage, source, decisions or rights are missing."
        ),
        "apology_missing": _("The letter is late and does not apologise: write it again, or say so in it."),
        "accounting_unexplained": _(
            "This only repeats the Accounting Act: write which vouchers are the person's and of which year, such as"
            " “your invoice of 3.2.2025 belongs to the accounts of 2025”."
        ),
        "kept_beyond_accounting": _(
            "The Accounting Act keeps vouchers and books, never a customer card, bookings or notes: name the invoices"
            " and the like here, and erase the rest (in part)."
        ),
        "until_no_event": _(
            "This is no event with which the keeping ends: write what must happen, such as “the invoice has been paid”."
        ),
        "language_refused": _("A request is a request in whatever language: do not turn any language away."),
        "threat": _("Nobody may be made to pay for a request or a complaint: take the threat out."),
        "silence_closes": _(
            "Nobody's silence closes a request: it is answered in its time, if only by saying what was not shown. Take"
            " this out."
        ),
        "lifting_untold": _("A restriction is lifted only after the person has been told: say that you tell them."),
        "restricted_goes_on": _("Restricted data is only stored: nothing goes on with it, least of all marketing."),
        "late_far": _("The answer is late already: name a nearer day, within two weeks."),
        "answer_beyond": _(
            "Puts the answer to a time after the promised day, or lets the month begin later than the request came:"
            " take it out, or name a day until then."
        ),
        "late_too_far": _("This day is more than three months from receipt: no answer may be put off until then."),
        "reason_against_ground": _(
            "This reason goes against the ground it is to explain: with such a reason the right cannot be refused on"
            " it. Choose the ground that fits, or grant what was asked."
        ),
        "marketing_no_ground": _("Marketing is no reason to keep data or to go on: it ends when somebody forbids it."),
        "claim_only_possible": _(
            "What is only possible is no claim, and being on the safe side is no purpose: write which claim is pending,"
            " or erase."
        ),
        "whole_card_kept": _(
            "A ground keeps what it needs, not the whole customer card: name what is kept and erase the rest (in part),"
            " or name the contract, the membership or the warranty that runs and needs the card itself."
        ),
        "accounting_act_elsewhere": _(
            "The Accounting Act is a ground of its own: choose it, name the vouchers and their year, and the day until"
            " which they are kept is counted."
        ),
        "backups_over": _(
            "This day has passed: name the day by which the backups are overwritten, or say that there are"
            " none any more."
        ),
        "keeping_long": _(
            "This is longer than your profile keeps a closed case or a backup: is the day right, and is there a reason?"
        ),
        "done_before_receipt": _("This day is before the request came: was it done then?"),
        "extension_own_work": _(
            "This counts work of your own. Only how much there is of this person's data, or how many requests they"
            " made, extends the time: say what of theirs there is to go through."
        ),
        "keeping_over": _("The time to keep this is over: erase it too, or give the ground that still keeps it."),
        "years_kept_together": _(
            "These are of several years, and each year's end comes by itself: give the date of the oldest"
            " one too (oldest_on)."
        ),
        "kept_as_other_material": _(
            "Vouchers are kept for six years, books and financial statements for ten: choose the material that is"
            " named, and put the other on a ground of its own."
        ),
        "kept_in_other_years": _(
            "The oldest one (oldest_on) is not of the first year that stands here, or the newest one (newest_on) of an"
            " earlier year than the last: give the days of these very ones, or name their years."
        ),
        "counted_from_other_years": _(
            "Every year named is before that of the newest voucher (newest_on): check that the time is counted from"
            " what is kept."
        ),
        "newest_to_come": _("The newest voucher has a day to come (newest_on): give the date on it."),
        "backups_missing": _("Say what becomes of the backups."),
        "copy_missing": _("Say how the person gets the copy or the file."),
        "extra_data_missing": _("Say what further information would help."),
        "fee_amount_missing": _("The amount of the fee is missing."),
        "fee_choice_missing": _("Say that the person may narrow or withdraw the request."),
        "fee_ground_missing": _("The provision that the fee stands on is missing."),
        "file_format_missing": _("The format of the file is missing."),
        "firm_day_missing": _("The firm day of the answer is missing."),
        "late_reason_missing": _("The letter is late and does not say why: only you know the cause."),
        "ombudsman_gets_missing": _("Say that the data is given to the Ombudsman at the person's request."),
        "doubt_missing": _("Say why who asks is doubted: without a reason nobody may be asked (Article 12(6))."),
        "options_missing": _("Offer at least two ways to prove who one is."),
        "passed_on_missing": _("Say when the request was passed on."),
        "recipients_told_missing": _("Say whether the recipients of the data are told."),
        "trace_missing": _("Say what is kept of this matter, and until when."),
        "voluntary_missing": _("Say that the request is answered in full without specifying."),
    }


def _shapes() -> dict[str, str]:
    """What every letter shows: who writes, to whom, about what."""
    return {
        "contact_missing": _("The way to reach us is missing."),
        "controller_missing": _("The name of the controller is missing."),
        "way_in_missing": _(
            "Nothing in this paper letter says how to answer it: write our postal address or telephone number "
            "(controller.address, contact.phone in the profile)."
        ),
        "asked_by_mail_only": _(
            "This paper letter asks for an answer that can be given by e-mail only: write our postal address or "
            "telephone number into it (controller.address, contact.phone in the profile)."
        ),
        "only_mail_in": _(
            "This paper letter can be answered by e-mail only: add our postal address or telephone number "
            "(controller.address, contact.phone in the profile)."
        ),
        "extension_too_late": _("The first month is over: the time can no longer be extended."),
        "extension_too_long": _("This day is more than three months from receipt."),
        "lifted_too_soon": _(
            "A letter on paper may come after this day, and the person is to know beforehand: lift the restriction a"
            " week from now at the earliest, or give the reason why the letter is there in time."
        ),
        "reply_too_late": _(
            "The choice is asked for after the day by which the answer is promised, and the time runs on meanwhile: ask"
            " for it by an earlier day."
        ),
        "number_missing": _("The case number is missing."),
        "item_empty": _(
            "This item says nothing of this very case: name the recipients, tell how long the data is kept or by what"
            " measure, where it came from, and by which logic a decision was made. The notice alone is no answer."
        ),
        "item_unchecked": _(
            "Names nothing that the reader could check: a recipient, a time, a purpose, a source or what a decision was"
            " made of. Is there really no closer word?"
        ),
        "reviewer_unclear": _(
            "Does not tell that a human being decided again: is it one who may change the decision, and who looked at"
            " it themselves?"
        ),
        "reviewed_by_machine": _(
            "A decision is reviewed by a human being who may change it: name that person by their task, or choose"
            " another outcome."
        ),
        "transfer_unsafe": _("Name what safeguards the transfer: an adequacy decision, standard clauses or the like."),
        "transfers_denied": _("This service is known to move data outside the EU and the EEA: tell of the transfer."),
        "sensitive_in_mail": _(
            "This tells of somebody's health or the like in plain e-mail: leave it to a protected copy or to paper."
        ),
        "sensitive_attached": _(
            "A copy of sensitive data, of recordings, of coaching or of money goes unprotected with the mail: choose a"
            " protected way of delivery."
        ),
        "copy_in_plain_mail": _(
            "A copy goes unprotected with the mail, which others may read on its way: did the person wish that, and is"
            " all of it of low risk?"
        ),
        "fee_of_no_customer": _("Who is no customer is told, free of charge, that nothing is held."),
        "taken_for_the_reader": _(
            "Its reader speaks for another: say whose data it is, and call it nowhere the reader's own."
        ),
        "other_address": _("This address belongs neither to the reader nor to us."),
        "extension_vague": _("The reason says nothing: write what makes this very request complex."),
        "extension_unmeasured": _("Say how much there is to go through: calls, years, systems."),
        "extension_uncounted": _(
            "Much material, or several requests of this person: say how many. How long something takes is no such"
            " number."
        ),
        "marketing_no_compelling_ground": _(
            "Marketing is no compelling ground: an objection to direct marketing is never refused. Record the ban"
            " (marketing_objection) and grant it."
        ),
        "other_law_unnamed": _("Name the section of the other Act: “the law” alone is no provision."),
        "fee_basis_unlawful": _(
            "A fee covers administrative costs alone, such as copies and postage: no lawyer, no profit, nor finding out"
            " who asks."
        ),
        "fee_after_work": _(
            "The work has begun (the task of collecting is ticked): a fee is asked before it. Answer without one."
        ),
        "fee_disproportionate": _(
            "More than the administrative cost of an answer is likely to be: a fee covers copies, postage and the work"
            " that this request took, no more. Lower it, or give the reason with its calculation."
        ),
        "fee_uncounted": _("Show what the amount is made of: hours and their price, copies, postage."),
        "left_out_missing": _("The letter no longer says what is not done: say which data, or which part."),
        "reason_missing": _("The letter no longer says why the ground holds in this very case: say it."),
        "told_missing": _(
            "A sentence was deleted that says what is done or given, when, or what the law lets its reader do. Put it"
            " back, or say it in other words."
        ),
        "reasons_untold": _(
            "The letter gives no reason. The Act wants it told unless telling would defeat the purpose of the limit: is"
            " that so here?"
        ),
        "refusal_unexplained": _(
            "Only repeats the law: say what it is in this very case (which claim, which contract, whose rights)."
        ),
        "fee_number_alone": _(
            "How many requests there were shows no excess by itself: tell how soon they came, and what is the same."
        ),
        "extension_waits": _(
            "This is no reason but a wait, for a day or for somebody: say only what makes the request itself complex,"
            " and how much of it there is."
        ),
        "extension_few": _("So few take no extension by themselves: is there more, or what makes them hard?"),
        "extension_elsewhere": _("An extension has a notice of its own, with its reason, within the first month."),
        "act_unstated": _(
            "No answer of this letter says that this was done. Record the answer that does, or take the sentence out."
        ),
        "own_sentence": _(
            "These sentences are yours, not the template's. Are they true, and may the reader know all of it, of other"
            " people too?"
        ),
        "own_sentence_before_identity": _(
            "Before the identity is established a sentence of your own may leave only with a recorded reason. Write"
            " that the request has come and how to show who one is: not whether there is data, what it is, or when the"
            " time begins."
        ),
        "own_ground": _(
            "The ground is in your words, and you have to show it: is it true, and about this very request, not about"
            " our own work?"
        ),
        "extension_reason_unchecked": _(
            "In the notice of an extension a reason stands in its own place alone, where it is checked. Take these"
            " sentences out, or write why they are about this very request."
        ),
        "own_words_before_identity": _(
            "Before the identity is established: these sentences are no template's. Do they tell whether there is data?"
        ),
        "form_words_before_identity": _(
            "Before the identity is established what you wrote into a form leaves only with a recorded reason: does it"
            " tell whether there is data, or what it is?"
        ),
        "cause_of_somebody": _(
            "Tells as the cause of the delay what became of somebody, or another customer's matter: say what happened"
            " to the request, such as that it lay in the junk folder, and of nobody else."
        ),
        "cause_unchecked": _(
            "Does not plainly tell of a thing or a deed of yours that made the letter late: say what became of the"
            " request, and nothing of anybody's own affairs."
        ),
        "cause_no_excuse": _(
            "Our own load, and waiting for the reader, excuse no delay: the month runs on meanwhile. Say it only where"
            " it is the cause, and without blaming the reader."
        ),
        "near_match_told": _(
            "Tells that others with us have the same name or address, or which of them the reader may be: nobody is"
            " told of a near match. Say what the data lacks, or ask for a number, a day or a place."
        ),
        "beyond_the_material": _(
            "The reader is not identified: say only what the material lacks (“the recording holds no names”) and which"
            " kinds of facts would help (“the day and the time of the visit”), nothing of a search or of anybody found."
        ),
        "protected_person": _(
            "The person has a turvakielto: read the letter and its attachments once more before it leaves."
        ),
        "protected_address": _("The person has a turvakielto: no address, town or phone number may stand here."),
        "person_named": _(
            "Another person's name stands in a sentence of your own: write who it is without the name (“an employee”),"
            " or give the reason why the reader may know it."
        ),
        "other_person": _("This is the name of another case's person."),
        "received_missing": _(
            "The day on which the request came is missing, or another stands there than is counted now: write the"
            " letter again."
        ),
        "understood_missing": _("Say how the request was understood."),
        "nothing_done": _(
            "Says that nothing was done, something else, only a part or later: name the data that was erased,"
            " corrected, restricted or searched. What is hidden, moved or closed is not erased. If it was done in part"
            " or not at all, choose another outcome."
        ),
        "act_in_own_words": _(
            "This does not plainly name the things that the act was done to, such as “customer card and order history”:"
            " is it all that was asked, and done?"
        ),
        "channels_left_out": _(
            "The ban is confirmed for fewer channels than you market in: name them all. If the person asked for these"
            " alone, give that as the reason."
        ),
        "answers_apart": _(
            "One answer denies what another speaks of: nothing is held, or it is not known who asks or whose the data"
            " is, and yet something is given, done or refused. Choose the outcomes again."
        ),
        "link_days": _(
            "The link is open for less than three days, or for more than a fortnight: the person is to have time to"
            " open it, and nobody else for long."
        ),
        "passed_on_amiss": _(
            "The request is passed on at once: not before it came, and within three working days and its month. Give"
            " the day on which that was or will be done."
        ),
        "restricted_erased": _(
            "The same data is restricted and erased: what is restricted is only stored, and whoever asks for that often"
            " needs it. Ask the person which they want, and do that one."
        ),
        "restricted_beside_erased": _(
            "Something is restricted and something else erased: check that nothing the person wants kept is erased."
        ),
        "needed_for_stopped": _(
            "Data is kept for the very processing that the letter ends: name another purpose and what it rests on, such"
            " as a contract in force, or erase the data too."
        ),
        "needed_beside_stopped": _(
            "Data is kept as still needed beside what the letter ends: check that the purpose and its ground are"
            " others."
        ),
        "marketing_goes_on": _(
            "Says that marketing goes on, or that data is kept for it, after it was forbidden or its ground ended:"
            " take it out. Invoices and order confirmations are no marketing."
        ),
        "ban_narrowed": _(
            "A ban on marketing holds in every channel and without an end, unless the person said otherwise: take the"
            " limit out."
        ),
        "stopped_goes_on": _(
            "Says that what ends goes on: after a withdrawal no other basis takes its place, and after a granted"
            " objection the processing stops."
        ),
        "undone_unsaid": _(
            "A task that this letter speaks of is still open, and the letter names no day to come by which it will be "
            "done. Do the task and tick it, or give it a new day; then write the letter again."
        ),
        "afterwards_contradicts": _(
            "What is said to become of the data goes against the answer: it goes on, is erased, or is kept otherwise"
            " than another part or an open task says."
        ),
        "uncollected": _(
            "The task to collect the data from processors and joint controllers, or to find out who processes it, is"
            " still open: this letter would give a part of it, or say that there is none. Do it and tick the task."
        ),
        "everywhere_unknown": _(
            "Says that nobody else has the data, or that all is done everywhere, and nobody knows yet who processes it"
            " for you: say that recipients will be told, or find that out, tick the task and write the letter again. Of"
            " an erasure, say where it is done."
        ),
        "effort_alone": _(
            "That telling the recipients is a trouble is no reason: say why it is impossible, or what makes it out of"
            " proportion (how many they are, that they cannot be reached)."
        ),
        "field_in_other_language": _("This is in another language than the letter: say it in its reader's."),
        "joint_untold": _("The joint controllers have the data, too: name them, and tell them."),
        "processors_denied": _(
            "Says that nobody else has the data, and a task of this case names who processes it for you: they are"
            " recipients, too. Name them, or cancel the task with its reason where they have none of it."
        ),
        "holders_left_out": _(
            "The case's tasks name who processes the data for you, and these are not among the recipients that the"
            " letter names: do they really have nothing of this person?"
        ),
        "holders_abroad": _(
            "The letter says that no data goes outside the EU and the EEA, and these are known to move it there: do"
            " they really have nothing of this person?"
        ),
        "processors_untold": _(
            "The profile names who processes data for you: say that nobody else has this data only where none of them"
            " has it."
        ),
        "recipients_contradict": _(
            "One part names recipients of the data, another says that nobody has got any: tell the recipients."
        ),
        "nothing_else_contradicts": _(
            "Says that nothing else is held; the answer to another right of the case says otherwise. Erase the rest, or"
            " take the sentence out."
        ),
        "wrong_greeting": _("The greeting names somebody else than the reader."),
    }


def _missing() -> dict[str, str]:
    return {
        "complaint_contact_missing": _("The contact of the Data Protection Ombudsman is missing."),
        "complaint_missing": _("The right to complain to the Data Protection Ombudsman is missing."),
        "earlier_processing_missing": _("Say that what was done before the withdrawal remains lawful."),
        "extension_date_missing": _("The new date is missing."),
        "extension_reason_missing": _("The reason of the extension is missing."),
        "ground_missing": _("The provision that the refusal stands on is missing."),
        "lifting_notice_missing": _("Say that the person is told before the restriction is lifted."),
        "nothing_confirmed_missing": _("Say that nothing can be confirmed before the identity is established."),
        "promise_missing": _("The day by which the person is answered is missing."),
        "remedy_missing": _("The right to go to court is missing."),
        "never_asked": _(
            "No question who the person is left from this case on that day: send it and give them tim"
            "e, or correct the day (asked_on). If you asked by telephone or in person, say so as the reason."
        ),
        "searched_missing": _("Say what was searched."),
        "stop_date_missing": _("The day from which marketing has stopped is missing."),
        "subject": _("The subject must be the word and the case number alone, like “Asia 2026-0007”."),
        "suppression_missing": _("Say that an entry is kept so that the ban holds."),
        "until_missing": _("Say until when, or until what happens, the data is kept."),
    }
