"""One letter as a sheet of paper: sender, reader, day, subject, text.

Owns what stands where on the sheet, as one HTML page that needs no other file and prints on A4 (SFS 2487: the reader's
address where an envelope's window is). Refuses to print: a browser, or `inbox_agent.adapters.pdf`, does.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

_TOGETHER = 4  # paragraphs: the last of the text, the greeting, who signs, the case's number


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the paper. `sender` and `reader` are lines; `day` is written out."""

    language: str
    sender: tuple[str, ...]
    reader: tuple[str, ...]
    day: str
    subject: str
    body: str

    @property
    def together(self) -> tuple[str, str]:
        """The body in two: what may be divided between pages, and its last paragraph with all that follows the text.
        A signature never stands alone on a page.
        """
        paragraphs = self.body.strip().split("\n\n")
        before, last = paragraphs[:-_TOGETHER], paragraphs[-_TOGETHER:]
        return "".join(f"{one}\n\n" for one in before), "\n\n".join(last) + "\n"


def as_html(sheet: Sheet) -> str:
    """The sheet as one self-contained page: no script, no font, no picture from elsewhere."""
    environment = Environment(
        loader=PackageLoader("replies", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("sheet.html.j2").render(sheet=sheet)
