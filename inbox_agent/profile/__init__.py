"""The controller's profile: one TOML file that says who we are, where the mail is and which choices were made.

Each kind of setting has its module here; the rooms import all of them from `inbox_agent.profile`. Refuses to hold a
password: the file holds references that `adapters.secrets` resolves.
"""

from inbox_agent.profile.choices import (
    Accounting,
    Alarms,
    Canary,
    Deadlines,
    Duties,
    Processing,
    Promises,
    Recognition,
    Reminders,
    Replies,
    Retention,
    Storage,
    Told,
)
from inbox_agent.profile.people import Away, Contact, Controller, Customers, Identity, IdentityWay
from inbox_agent.profile.reading import checked, parse, reachable, read, tells_of_one
from inbox_agent.profile.servers import Mailbox, Server, SignIn, Smtp
from inbox_agent.profile.values import Form, Language, Sensitivity, business_id_valid, is_address
from inbox_agent.profile.whole import ControllerProfile, Reachable

__all__ = [
    "Accounting",
    "Alarms",
    "Away",
    "Canary",
    "Contact",
    "Controller",
    "ControllerProfile",
    "Customers",
    "Deadlines",
    "Duties",
    "Form",
    "Identity",
    "IdentityWay",
    "Language",
    "Mailbox",
    "Processing",
    "Promises",
    "Reachable",
    "Recognition",
    "Reminders",
    "Replies",
    "Retention",
    "Sensitivity",
    "Server",
    "SignIn",
    "Smtp",
    "Storage",
    "Told",
    "business_id_valid",
    "checked",
    "is_address",
    "parse",
    "reachable",
    "read",
    "tells_of_one",
]
