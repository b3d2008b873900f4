"""Who asks: the assessment with every piece of evidence, and what a person saw or found. Never the evidence itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select

from inbox_agent.dashboard.safe import (
    SafeCheckbox,
    SafeInput,
    SafeSelect,
    SafeStatic,
    own,
)
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.phrasing import identity as phrases
from inbox_agent.phrasing import usage, words
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.rules.joint import EarlierReceipt
from inbox_agent.rules.levels import PROOFS
from inbox_agent.rules.proof_seen import refused
from inbox_agent.rules.waiting import Wait
from inbox_agent.texts import gettext as _
from state.model import IdentityLevel, ProofKind


@dataclass(frozen=True, slots=True)
class Identified:
    """What a person says: a proof of this kind was seen (None: none), this address is on file (empty: nothing said), a
    new code is to be written, a joint controller got it first.
    """

    kind: ProofKind | None
    level: IdentityLevel | None
    words: str
    on_file: str
    new_code: bool
    earlier: EarlierReceipt | None = None


@dataclass(frozen=True, slots=True)
class SaidProof:
    """A proof as a person named it, and how it was established in their words."""

    kind: ProofKind
    words: str


class WhoAsksWindow(Window[Identified]):
    """One case's person: what is missing, what a person may add to it, and under that how it was judged. What is left
    empty is not said.

    `case` and `joint`: its number, and the joint controllers of the profile, for what is asked about the words of a
    proof. `said`: the proof that the person named already.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        found: Assessment,
        waited: Wait,
        earlier: EarlierReceipt | None = None,
        said: SaidProof | None = None,
        *,
        case: str,
        joint: Collection[str] = (),
    ) -> None:
        super().__init__()
        self._earlier = earlier
        self._said = said
        self._case, self._joint = case, joint
        self.heading = _("Who is asking")
        self.submit_label = _("Record it")
        self._found = found
        self._waited = waited

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(told.assessed_in_brief(self._found))
        if self._earlier:
            yield SafeStatic(own("\n".join(phrases.earlier(self._earlier)), "$text-warning"))
            yield SafeCheckbox(own(_("Count the deadline from that day")), id="earlier")
        yield labelled(_("A proof that was seen"))
        proofs = [
            (own(f"{phrases.proof(kind)} {_gives(kind)}"), kind)
            for kind in ProofKind
            if kind is not ProofKind.ROUND_TRIP
        ]
        chosen = self._said.kind if self._said else Select.NULL
        yield SafeSelect(proofs, prompt=_("none was seen"), value=chosen, id="kind", compact=True)
        with Vertical(id="own-level"):
            yield labelled(_("Which level it proves"))
            options = [(own(f"{level}  {words.identity_level(level)}"), level) for level in IdentityLevel]
            yield SafeSelect(options, value=self._found.required, allow_blank=False, id="level", compact=True)
        yield labelled(_("How it was established"))
        yield SafeInput(
            self._said.words if self._said else "",
            placeholder=_("for instance: called back to the number in our register"),
            id="method",
            compact=True,
        )
        yield labelled(_("The address in your register, if you looked it up by hand"))
        yield SafeInput(id="on-file", compact=True)
        yield SafeCheckbox(own(_("Write a letter with a new one-time code")), id="new-code")
        yield SafeStatic(own(_("Keep no copy of an identity document and write down no identity code."), FAINT))
        yield labelled(_("How it was judged"))
        yield SafeStatic(told.assessed_further(self._found, self._waited))

    def on_mount(self) -> None:
        self._ask_level()
        self.query_one("#kind").focus(scroll_visible=False)  # what is missing stands above it

    @on(Select.Changed, "#kind")
    @on(Input.Changed, "#method")
    def _ask_level(self) -> None:
        """Only of a proof that has no level of its own is it asked."""
        seen = self._seen()
        self.query_one("#own-level").display = seen is not None and PROOFS[seen] is None

    def _seen(self) -> ProofKind | None:
        """The proof that was chosen; one that is only told of in words is another than those."""
        kind, method = self.query_one("#kind", Select).value, self.query_one("#method", Input).value.strip()
        return kind if isinstance(kind, ProofKind) else ProofKind.OTHER if method else None

    def answer(self) -> Identified | None:
        seen, level = self._seen(), self.query_one("#level", Select).value
        own_level = level if isinstance(level, IdentityLevel) and seen and PROOFS[seen] is None else None
        said = Identified(
            seen,
            own_level,
            words=self.query_one("#method", Input).value.strip(),
            on_file=self.query_one("#on-file", Input).value.strip(),
            new_code=self.query_one("#new-code", Checkbox).value,
            earlier=self._earlier if self._earlier and self.query_one("#earlier", Checkbox).value else None,
        )
        if lacks := self._lacks(said):
            self.problem(*lacks)
        return None if lacks else said

    def _lacks(self, said: Identified) -> tuple[str, str] | None:
        """What is still to be said, with its field; words of a proof are asked about while they stand there."""
        if said.kind is None:
            something = said.on_file or said.new_code or said.earlier
            nothing = _("Choose a proof, give the address on file, or ask for a new code.")
            return None if something else (nothing, "#level")
        if not said.words:
            return _("Say how it was established."), "#method"
        why = refused(said.kind, said.level, said.words, self._joint)
        return (" ".join(usage.lines(why, self._case)), "#method") if why else None


def _gives(kind: ProofKind) -> str:
    level = PROOFS[kind]
    return f"({level})" if level else _("(as you say)")
