"""The hostile machine: mails twice and out of order, crashes anywhere, every act at every moment, lawful or not.

After each step the promises of the house are asserted:

1. whatever was claimed had, at that moment, exactly the text that a person approved;
2. one approval brings at most one letter to the other end of the wire;
3. every mail taken in is in exactly one status, and its bytes are there;
4. the journal's chain verifies, and replaying it gives every status in the tables;
5. every right's and every duty's dates can be computed again from the journal, whatever answer the controller's notice
   promises since: a promise that was given is kept, a changed one counts for the rights opened from then on;
6. no letter that tells of data is claimed before its case's person is identified to the level that this needs (by a
   code that came back once, in time, from the address it went to; or by what a person saw), unless a person let that
   very text go: whatever is forged, replayed, sent to another case or sent twice; and none to whoever writes for
   another before their authority was seen, whatever a person lets go;
7. a letter without an e-mail address never reaches the wire, and one with one never ends as delivered by a person;
8. what was personal in a purged case is in no column and in no byte of the file.
"""

from __future__ import annotations

from hypothesis import settings

from tests.hostile_arrivals import Arrivals, Mailroom
from tests.hostile_cases import Cases, Tasks
from tests.hostile_identity import Impostors
from tests.hostile_letters import Letters
from tests.hostile_promises import Promises
from tests.hostile_rights import Rights


class HostileStore(Mailroom, Rights, Cases, Tasks, Impostors, Letters, Promises):
    """A person, an agent, a mail server and a saboteur in one world."""


class HostileClocks(Arrivals, Rights, Promises):
    """The same with nothing but what moves a clock: so it comes to an extended right that is joined, received earlier,
    parted and answered, which among all else hardly ever happens.
    """


TestHostileStore = HostileStore.TestCase
TestHostileStore.settings = settings(deadline=None)
TestHostileClocks = HostileClocks.TestCase
TestHostileClocks.settings = settings(deadline=None, max_examples=60)
