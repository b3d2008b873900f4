"""The keys of the store's entities: numbers that no two kinds of entity can exchange."""

from __future__ import annotations

from typing import NewType

MessageKey = NewType("MessageKey", int)
CaseKey = NewType("CaseKey", int)
RequestKey = NewType("RequestKey", int)
DraftKey = NewType("DraftKey", int)
CanaryKey = NewType("CanaryKey", int)
DutyKey = NewType("DutyKey", int)
CodeKey = NewType("CodeKey", int)
CorrectionKey = NewType("CorrectionKey", int)
