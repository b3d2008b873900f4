"""What a person may say of the letter in view: approve it, now or for a time; change it; take it back.

Owns the way from the words to the letter's acts. Nothing here sends, and no sentence is of its making.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.dashboard.screens.letter_acts import LetterActs
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.schedule import leaves_at
from inbox_agent.texts import gettext as _

_IN_HAND = frozenset({"add", "reset", "signature"})  # changes of a letter that are made in its field


class LetterSays(LetterActs):
    """The deeds of a line that are about a letter, each through the same windows and acts as its key."""

    def letter_instead(self, said: Said) -> str:
        """What a person does instead where this cannot be done to the letter in view; empty where it can."""
        if said.intent is Intent.EDIT_DRAFT and said.args.get("change") not in _IN_HAND:
            return _("I do not rewrite letters. e edits it here, F4 in your own editor; w writes it anew.")
        if said.intent is Intent.APPROVE and said.args.get("send_at") and self.post and self.post.draft.on_paper:
            return _("A letter on paper leaves when you deliver it. Let yourself be reminded of the day.")
        return ""

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
        body = self.pane.written.body
        if args["change"] == "reset":
            self.pane.replace_body(post.draft.original_body)
        elif value := str(args.get("value") or ""):
            sentence = value[:1].upper() + value[1:]
            self.pane.replace_body(f"{body.rstrip()}\n\n{sentence}\n")
        await self.app.run_action("edit", self)
        return True

    async def undo_said(self, args: Mapping[str, Any]) -> bool:
        await self.app.run_action("take_back", self)
        return True
