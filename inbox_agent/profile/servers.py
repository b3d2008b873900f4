"""Where the mail is: the mailboxes that are read, the server that sends, and how we sign in there.

Owns the sections on servers. Refuses to connect, and to hold a password.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from inbox_agent.profile.values import Address, FolderName, Https, SecretReference, Section, Since


class Server(Section):
    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    user: str = ""
    sign_in: Literal["password", "microsoft", "google"] = "password"  # the latter by XOAUTH2, see SignIn
    secret: SecretReference | None = None
    ca_file: str | None = None  # an own certificate authority; certificates are always checked


class Mailbox(Server):
    port: int = Field(default=993, ge=1, le=65535)
    folders: tuple[FolderName, ...] = ("INBOX",)
    junk: FolderName = "auto"  # a folder's name, "auto" (by attribute or usual name) or "" for none
    since: Since = timedelta(days=31)
    move_to: FolderName = ""  # after storing; empty: the server's mailbox is never changed
    idle_minutes: Annotated[float, Field(gt=0, le=20)] = 4.0
    sync_minutes: Annotated[float, Field(gt=0)] = 10.0

    @property
    def account(self) -> str:
        """The mailbox's name in the store: user and host."""
        return f"{self.user}@{self.host}"

    @model_validator(mode="after")
    def _moved_elsewhere(self) -> Self:
        read = {meant_by(folder) for folder in (*self.folders, self.junk)}
        if self.move_to and meant_by(self.move_to) in read:
            raise ValueError("moved_to_what_is_read")  # every look would move every mail again
        return self


def meant_by(folder: str) -> str:
    """What a person means by a folder's name: INBOX, alone and as the beginning, in whatever letters (RFC 3501, 5.1),
    no blanks around it, an ä composed or not.
    """
    return re.sub(r"^inbox(?![^/.])", "INBOX", unicodedata.normalize("NFC", folder.strip()), flags=re.IGNORECASE)


class Smtp(Server):
    port: int = Field(default=465, ge=1, le=65535)
    sender: Address
    sent_folder: FolderName = "auto"
    drafts_folder: FolderName = ""  # a name or "auto": proposed letters are put there too; "": they are not
    server_saves_sent: bool = False


class SignIn(Section):
    """How the mail provider knows this program (OAuth 2.0), for mailboxes without a password. `inbox-agent login`
    fetches the grant; tokens are kept in `cache`, for their owner only.
    """

    client_id: str = ""  # of the app that was registered with the provider
    client_secret: SecretReference | None = None  # Google gives one to desktop apps too; it is no secret to its users
    tenant: str = "organizations"  # Microsoft: the company's tenant, by id or domain
    cache: str = "inbox-agent-tokens.json"  # relative to the profile's folder
    authority: Https = ""  # another cloud than the provider's usual one
    ca_file: str | None = None
