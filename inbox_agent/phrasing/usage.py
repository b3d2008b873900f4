"""What was asked and cannot be done as said: why, and what to do instead, by the code of a UsageProblem."""

from __future__ import annotations

from inbox_agent.phrasing import proof_refusals
from inbox_agent.rules.deadlines import Gate
from inbox_agent.texts import gettext as _


def lines(code: str, given: str) -> tuple[str, ...]:
    """First what is the matter, then what to do. A code nobody has worded is said as it is."""
    texts = (_extensions() | _acts() | _commands() | _settings() | proof_refusals.texts()).get(code)
    if texts is None:
        return (_("This cannot be done: {code} {given}").format(code=code, given=given).strip(),)
    return tuple(text.format(given=given) for text in texts)


def _extensions() -> dict[str, tuple[str, str]]:
    """Why a deadline is not extended (GDPR 12(3)), by the gate's codes."""
    answer = _("Answer by the promised day.")
    return {
        Gate.NOT_YET_RECEIVED: (
            _("{given}: the request has not arrived by today's date."),
            _("Check the clock of this computer, or --now."),
        ),
        Gate.ALREADY_EXTENDED: (_("{given}: the deadline has been extended already, and it may be only once."), answer),
        Gate.TOO_LATE: (
            _("{given}: an extension must be told within the first month, which is over."),
            _("Answer now, apologise and give the reason."),
        ),
        Gate.UNLAWFUL_REASON: (
            _("{given}: only the complexity or the number of the person's requests is a reason to extend."),
            answer,
        ),
    }


def _acts() -> dict[str, tuple[str, str]]:
    return {
        "no_address": (
            _("{given}: the person's address is not known, so no letter can be written."),
            _("Answer by another way and record it as a note."),
        ),
        "needs_command": (
            _("Without a terminal a command is needed."),
            _("See them all: {command}").format(command="inbox-agent --help"),
        ),
        "no_web": (
            _("The dashboard cannot be shown in a browser: textual-serve is not installed."),
            _("Install it: {command}").format(command='pip install "inbox-agent[web]"'),
        ),
        "hand_over_to": (
            _("{given}: nobody was named to take the case over."),
            _("Give a colleague's name."),
        ),
        "hand_over_ended": (
            _("{given}: the case is over, so there is nothing to hand over."),
            _("Open it again first."),
        ),
        "hand_over_days": (
            _("{given}: the last day has passed, or comes before the first."),
            _("Give a last day that is still to come, or none."),
        ),
        "received_in_future": (
            _("{given} has not come yet: a request cannot have been received on it."),
            _("Give the day on which it reached you."),
        ),
        "made_after_receipt": (
            _("{given} is after the day on which the request reached you: it cannot have been made on it."),
            _("Give the date on the request, or leave --made out."),
        ),
        "due_before_receipt": (
            _("{given} is before the day on which the letter reached you: it cannot be answered by it."),
            _("Give the day that the letter names for the answer."),
        ),
        "due_of_ombudsman": (
            _("{given}: a request's deadline follows from its receipt."),
            _("Leave --due out; it is the day that a letter of the Ombudsman names."),
        ),
        "on_file_no_address": (
            _("{given}: this is no e-mail address, and no code would reach it."),
            _("Give it like name@company.example; what else the register holds is told in the words of a proof."),
        ),
        "no_mail_address": (
            _("{given}: this is no e-mail address, and the answer would reach nobody."),
            _("A postal address is given with --postal; an e-mail address looks like name@company.example."),
        ),
        "record_needs": (
            _("A request needs the person's name and at least one right."),
            _("Give both; everything else may be added later."),
        ),
        "goes_by_mail": (
            _("{given}: this letter has an e-mail address and goes by mail."),
            _("Approve it, and the assistant sends it."),
        ),
        "approve_first": (
            _("{given}: no letter on paper is approved."),
            _("Approve the letter first; then print it and deliver it."),
        ),
        "delivered_when": (
            _("{given} is before the approval of the letter, or has not come yet."),
            _("Give the day on which the letter was delivered."),
        ),
        "nothing_to_print": (
            _("{given}: there is no approved letter without an e-mail address."),
            _("Approve the letter first; a letter with an address goes by mail."),
        ),
        "correct_what": (
            _("It is not said what {given} is."),
            _("Give --not-request, or --right once or several times."),
        ),
        "is_a_case": (_("Mail {given} belongs to a case."), _("Correct the case instead, by its number.")),
        "no_right_left": (
            _("{given}: no right would be left."),
            _("If it is no request, dismiss the case instead."),
        ),
        "nothing_decided": (_("{given}: no outcome has been chosen."), _("Choose the outcome first.")),
        "nothing_waits": (
            _("{given}: nothing waits for an answer."),
            _("Open the case again, or choose another letter."),
        ),
        "ban_needs_no_identity": (
            _("{given}: a ban on marketing needs no identity, so nobody may be asked for one (Article 21(2)–(3))."),
            _("Stop the marketing and say so: inbox-agent write {given} marketing_stopped"),
        ),
        "no_doubt": (
            _("{given}: who asks is established, so nobody may be asked for more (Article 12(6))."),
            _("If you doubt it after all, say so first: inbox-agent identity {given} --doubt, with why."),
        ),
        "to_authority": (
            _("{given}: this is a letter of the Data Protection Ombudsman, and no letter to a customer answers it."),
            _(
                "Answer it yourselves, in the way and by the day that it names, then tick its task."
                " Whoever it is about has a case of their own."
            ),
        ),
        "about_deceased": (
            _("{given} is about somebody who has died: the GDPR gives nobody their data (recital 27)."),
            _(
                "Ask in what capacity the writer asks: inbox-agent write {given} authority_question. If the person"
                " lives: inbox-agent identity {given} --unmark deceased"
            ),
        ),
        "is_a_request": (
            _("{given} is a request: it cannot be answered as if it were none."),
            _("If it is none, dismiss the case first."),
        ),
        "nothing_answered": (
            _("{given}: nothing has been answered yet that this letter could come back to."),
            _("Choose the outcome instead."),
        ),
        "no_restriction": (
            _("{given}: no restriction is in force that could be lifted."),
            _("It is lifted after the answer that granted it."),
        ),
        "not_late": (_("{given} is not late."), _("Answer by the promised day.")),
        "no_delay_untold": (
            _("{given}: no answer came late that has not told it."),
            _("Write another letter: inbox-agent write CASE shows which."),
        ),
        "no_fee": (
            _("{given}: no fee can be asked: what waits is always free, or decided already (Article 12(5))."),
            _("Carry it out without a fee."),
        ),
        "copy_of_access_only": (
            _("{given}: a fee for a further copy is for the right of access alone (Article 15(3))."),
            _("Choose another ground, or no fee."),
        ),
        "no_ban": (
            _("{given}: no ban on marketing was asked for."),
            _("Choose another letter."),
        ),
        "reason_needs_words": (
            _("{given}: the reason is kept on record, and these words say nothing."),
            _("Write in a few words why the letter is right as it is, or correct it."),
        ),
        "copy_first": (
            _("{given}: somebody waits for a copy, so the erasure is answered with it or after it (Article 15(3))."),
            _("Choose the outcome of the access or portability too."),
        ),
        "fee_beside_extension": (
            _(
                "{given}: the notice of a fee and that of an extension would tell two days of one answer (Article"
                " 12(1))."
            ),
            _("Send the approved one first and write the other again, or take its approval back."),
        ),
        "own_words_in_it": (
            _("{given}: your own words stand in this letter, and no template says them in another way."),
            _("Edit it (e), or write it again (w)."),
        ),
        "one_form_only": (
            _("{given}: only Finnish letters have two forms of address."),
            _("Edit it (e) if it should sound otherwise."),
        ),
        "join_live": (
            _("{given}: only two cases that are not over can be joined."),
            _("Open the one that is over again first, or leave it as it is."),
        ),
        "join_candidate": (
            _("{given} is not confirmed yet, and it was received first: it would go on."),
            _("Confirm it first (v), then join them."),
        ),
        "join_unidentified": (
            _("{given} was answered “not identified”: who proves who they are is answered in that case."),
            _("Leave both as they are; answer each by itself."),
        ),
        "part_bound": (
            _("{given} cannot be separated any more: a letter, a decision or a proof stands on the joined case."),
            _("Answer it there; or write the other request down as a case of its own (n in the list)."),
        ),
        "part_joined_further": (
            _("{given} cannot be separated yet: the case that it was joined to was joined once more since."),
            _("Undo the later joining first, then this one."),
        ),
        "take_out_bound": (
            _("{given}: the mail cannot be taken out any more. A decision or a letter of the case rests on it."),
            _("Drop the right that it brought (v), or take the approval back (u); what has left stays with the case."),
        ),
        "less_identified": (
            _("{given}: who asks was found less surely identified after the letter had been approved."),
            _("Establish who asks (i), then approve it again; or let it go with a reason (Shift+L)."),
        ),
        "speaks_for_another": (
            _("{given}: the writer was found to ask for another person after the letter had been approved."),
            _("Record the authority (i), then approve it again; or answer the data subject."),
        ),
        "text_changed": (
            _("{given}: the text was another than the one that had been approved."),
            _("Read it and approve it again."),
        ),
        "leaves_too_late": (
            _("{given}: the letter would leave after the promised day."),
            _("Choose a time by that day, or approve it to leave at once."),
        ),
        "announced_before_it_leaves": (
            _("{given}: the letter announces something for a day before the one on which it would leave."),
            _("Write the answer again with another day, correct the day in its text, or choose an earlier time."),
        ),
        "late_since_approval": (
            _("{given}: the letter was approved in time and is late now, which it does not say."),
            _("Write it again: a late answer apologises and gives the cause."),
        ),
        "another_address_on_file": (
            _("{given}: the letter goes to another address than the one that is on file now."),
            _("Write it again: it is addressed to the contact on file."),
        ),
        "bears_another_day": (
            _("{given}: the letter has another date than the day on which it would leave."),
            _("Look at it again and approve it: it gets a new date."),
        ),
        "paper_leaves_by_hand": (
            _("{given}: a letter on paper leaves when you deliver it."),
            _("Approve it without a time, and set a reminder for the day."),
        ),
        "reminder_in_the_past": (
            _("{given}: that day has passed."),
            _("Name a day from today on."),
        ),
        "which_case": (
            _("Say which case."),
            _("Give its number, such as 2026-0007, or --rules for the rules themselves."),
        ),
        "which_day": (
            _("{given} received the request on which day?"),
            _("Give --on 2026-01-31."),
        ),
        "round_trip_by_code": (
            _("{given}: a round trip is proved by the code that comes back, not by hand."),
            _("Send a code, or record the proof that you saw: call_back, log_in, id_shown, strong."),
        ),
        "protected": (
            _("{given}: the person has a turvakielto; no letter may be let go without identification."),
            _("Record strong identification or an identity document shown on a visit."),
        ),
        "override_needs_reason": (
            _("{given}: letting a letter go without identification needs a reason and words."),
            _("Give one of the reasons, and say in your own words why."),
        ),
        "no_joint_controller": (
            _("“{given}” is neither your company nor a joint controller of your profile."),
            _("Use controller.name or a name from controller.joint, or add it there."),
        ),
        "not_earlier": (
            _("{given} is not earlier than the receipt that is known."),
            _("Only an earlier receipt moves the deadline."),
        ),
        "no_customers": (
            _("The profile names no customers' register, so nobody can be looked up."),
            _("Fill in the section [customers], or say what is on file with --on-file ADDRESS."),
        ),
        "no_such_entry": (
            _("There is no entry {given} among those that resemble."),
            _("Give one of the numbers shown."),
        ),
        "no_answer_to_let_go": (
            _("{given}: there is no proposed answer to let go."),
            _("Write the answer first."),
        ),
        "nothing_to_extend": (
            _("{given}: no right waits whose deadline could be extended."),
            _("A ban on marketing and a withdrawn consent are carried out at once."),
        ),
        "nothing_to_approve": (
            _("{given}: no letter waits for approval."),
            _("Choose an outcome or a letter in the dashboard first."),
        ),
        "approve_needs_terminal": (
            _("The letter must be seen before it is approved, and there is no terminal to show it on."),
            _("Run “inbox-agent approve” in a terminal, approve it in the dashboard, or add --yes if it was read."),
        ),
    }


def _commands() -> dict[str, tuple[str, str]]:
    return {
        "export_needs_terminal": (
            _("Anonymised mails are only written out after a person has read them."),
            _("Run the command in a terminal, or give --yes after reading the preview."),
        ),
        "export_where": (
            _("No folder was named."),
            _("Name the folder that the anonymised mails are written into."),
        ),
        "export_there": (
            _("{given} is there already."),
            _("Name another folder, or move the file away: nothing is written over."),
        ),
        "no_such_phrase": (
            _("There is no own phrase number {given}."),
            _("Look at the numbers with “inbox-agent phrases”."),
        ),
        "faulty_phrase": (_("The phrase cannot be remembered: {given}."), _("Write another one.")),
        "time": (_("“{given}” is no time."), _("Write it as YYYY-MM-DDTHH:MM, in Finnish time.")),
        "time_offset": (
            _("“{given}” names a time zone, and times are Finnish here."),
            _("Write the hour as it is in Finland, without a time zone: YYYY-MM-DDTHH:MM."),
        ),
        "date": (_("“{given}” is no date."), _("Write it like 24.11.2026 or 2026-11-24.")),
        "duty_needs": (
            _("A task ({given}) needs its case and its date."),
            _("Type for instance: inbox-agent duties 2026-0007 --add {given} --due 2026-12-31"),
        ),
        "extension_explained": (
            _(
                "“{given}” is no reason to extend the time: our own load, absence, technical trouble, waiting for an"
                " opinion and other people's requests never are."
            ),
            _("Say what makes this very request complex, or how many the person has made (Article 12(3))."),
        ),
        "one_request_only": (
            _("{given}: the person waits for one answer alone, so their number is no reason (Article 12(3))."),
            _("Say what makes this request complex; one that came another way is entered first: inbox-agent add."),
        ),
        "duty_reason": (
            _("Why? Whoever moves or cancels a task ({given}) says the reason."),
            _("It is kept with the case: --reason TEXT, on the screen the field below."),
        ),
        "duty_promised": (
            _("{given}: a letter that left promises this by its day, so it is neither cancelled nor put off."),
            _("Do it and tick it. If that cannot be, tell the person first: inbox-agent write {given} follow_up."),
        ),
        "duty_moved_back": (_("{given} has passed."), _("A task can be moved to today or to a day to come.")),
        "move_needs": (
            _("Moving a task ({given}) needs its new date and a reason."),
            _("Type for instance: inbox-agent duties --move {given} --due 2026-12-31 --reason TEXT"),
        ),
        "task_of_another": (
            _("Task {given} is not one of this case."),
            _("inbox-agent duties CASE lists the tasks of a case with their numbers."),
        ),
        "not_text": (_("{given} is no text in UTF-8."), _("Save it as UTF-8.")),
        "no_such_right": (
            _("{given} is no right that waits in this case."),
            _("Write KIND=OUTCOME; without --right the command shows what may be chosen."),
        ),
        "no_such_outcome": (
            _("{given}: this right has no such outcome."),
            _("Without --right the command shows what may be chosen, and why something may not."),
        ),
        "nothing_found_for_whom": (
            _("{given}: that nothing was found under a name is told to its bearer only, and who asks is not known."),
            _("Confirm the ban (granted): it holds whoever asks and whatever is held. Or establish who asks first."),
        ),
        "no_such_fact": (
            _("{given} is no fact of this letter."),
            _("Write NAME=VALUE, for a right KIND.NAME=VALUE; without choices the command lists the facts."),
        ),
        "fact_of_which_right": (
            _("Several of the chosen rights have that fact: {given}."),
            _("Name the right before it, as above."),
        ),
        "no_such_value": (
            _("That fact cannot have this value: {given}."),
            _("Give one of the values named after the semicolon; a day as YYYY-MM-DD."),
        ),
        "no_such_file": (_("There is no file or folder {given}."), _("Check the path.")),
        "profile_exists": (
            _("{given} is there already; nothing was written over it."),
            _("Name another file with --profile, or move that one away."),
        ),
        "no_corpus": (
            _("There are no labelled mails in {given}."),
            _("Name a folder of .txt files with labelled mails."),
        ),
        "broken_corpus": (_("The labelled mails cannot be read: {given}"), _("Correct that file.")),
        "microsoft_extra": (
            _("Signing in with Microsoft needs the package msal."),
            _("Install it: {command}").format(command='pip install "inbox-agent[m365]"'),
        ),
        "no_sign_in": (
            _("No mailbox of the profile signs in with Microsoft or Google."),
            _('Give sign_in = "microsoft" or "google" in the profile; a password needs no signing in.'),
        ),
        "device_google": (
            _("Google gives no mail access to a device code."),
            _("Sign in with a browser on this machine, or forward a port: {command}").format(
                command="ssh -L 8425:127.0.0.1:8425; inbox-agent login --port 8425 --no-browser"
            ),
        ),
        "demo_extra": (
            _("The demo's mail servers are not installed."),
            _("Install inbox-agent[demo], or type “make demo” in its folder."),
        ),
        "init_needs": (_("{given} is missing."), _("Give it, or run “inbox-agent init” in a terminal to be asked.")),
    }


def _settings() -> dict[str, tuple[str, str]]:
    return {
        "plain_text_wire": (
            _("Letters and passwords would travel to {given} without encryption."),
            _("Set tls to “implicit” or “starttls” in the profile; “none” is for this very computer only."),
        ),
        "ca_file": (
            _("The certificate file {given} cannot be used."),
            _("Check that ca_file in the profile names a readable PEM file."),
        ),
    }
