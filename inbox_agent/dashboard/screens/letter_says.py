"""What a person may say of the letter in view: approve it, now or for a time; change it; take it back.

Owns the way from the words to the letter's acts. Nothing here sends, and no sentence is of its making.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.dashboard.screens.letter_acts import LetterActs
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.schedule import leaves_at
from inbox_agent.rules.sentences import without
from inbox_agent.services.writing import Voice
from inbox_agent.texts import gettext as _

_IN_HAND = frozenset({"add", "reset", "signature", "remove"})  # changes of a letter that are made in its field
_FORMS = {"sinä": "sina", "casual": "sina", "te": "te", "formal": "te"}  # tones that have reviewed templates


class LetterSays(LetterActs):
    """The deeds of a line that are about a letter, each through the same windows and acts as its key."""

    def letter_instead(self, said: Said) -> str:
        """What a person does instead where this cannot be done to the letter in view; empty where it can."""
        if said.intent is Intent.EDIT_DRAFT:
            return self._no_such_change(said.args)
        if said.intent is Intent.APPROVE and said.args.get("send_at") and self.post and self.post.draft.on_paper:
            return _("A letter on paper leaves when you deliver it. Set a reminder for the day.")
        return ""

    def _no_such_change(self, args: Mapping[str, Any]) -> str:
        """Why a letter is not changed so: it says what a reviewed template says, and what the person says."""
        change, value = args.get("change"), str(args.get("value") or "")
        if change in _IN_HAND - {"remove"} or (change == "tone" and value in _FORMS) or (change == "lang" and value):
            return ""
        if change == "remove":
            if without(self.pane.written.body, value) is not None:
                return ""
            return _(
                "No single sentence of the letter is meant by that. Say some of its words, or press e and delete it."
            )
        return _(
            "A letter says what a reviewed template says, and what you write: I make it neither shorter nor warmer. I"
            " can say it with “te” or “sinä”, or in another language, add a sentence, take one out. e edits it here, F4"
            " in your own editor."
        )

    async def approve_said(self, args: Mapping[str, Any]) -> bool:
        """Only shows the letter once more: it is approved with the deliberate key there."""
        said = str(args.get("send_at") or "")
        await self.ask_approval(leaves_at(said) if said else None)
        return False

    async def edit_said(self, args: Mapping[str, Any]) -> bool:
        """Put what was said into the letter's field, where the person reads it before anything is stored."""
        post = self.post
        if post is None:
            return False
        body, value = self.pane.written.body, str(args.get("value") or "")
        if args["change"] in {"tone", "lang"}:
            voice = Voice(form=_FORMS[value]) if args["change"] == "tone" else Voice(language=value)
            return await self.saved() and await self.act(
                lambda review: review.letters.speak(post.draft.key, voice), _("The letter has been rewritten. Read it.")
            )
        if args["change"] == "remove":
            self.pane.replace_body(without(body, value) or body)
        elif args["change"] == "reset":
            self.pane.replace_body(post.draft.original_body)
        elif value:
            sentence = value[:1].upper() + value[1:]
            self.pane.replace_body(f"{body.rstrip()}\n\n{sentence}\n")
        await self.app.run_action("edit", self)
        return True

    async def undo_said(self, args: Mapping[str, Any]) -> bool:
        await self.app.run_action("take_back", self)
        return True
