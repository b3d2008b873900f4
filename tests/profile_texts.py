"""Texts of profiles that several tests write to a file; `format` fills in ports and the file of the password."""

WITH_PASSWORD = """
[controller]
name = "Esimerkki Oy"
[contact]
name = "Helmi"
email = "helmi@oma.example"
[mailbox]
host = "127.0.0.1"
port = {imap}
tls = "none"
user = "tietosuoja"
secret = "file:{secret}"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "tietosuoja@yritys.example"
"""
"""Ends in [smtp], which needs no log-in: what is added to the text goes on there."""

WITH_SIGN_IN = """
[controller]
name = "Esimerkki Oy"
[contact]
name = "Helmi"
email = "helmi@oma.example"
[mailbox]
host = "127.0.0.1"
port = {imap}
tls = "none"
user = "{user}"
sign_in = "{provider}"
[sign_in]
client_id = "{client}"
tenant = "yritys.example"
authority = "{authority}"
ca_file = "{ca}"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "{user}"
"""
"""The same with Microsoft's or Google's log-in; of [smtp], which it ends in, likewise."""
