"""The claims that may have changed by a given day: to be read again, with what to search for."""

from __future__ import annotations

from fieldguide.commands.search_for import search_terms
from fieldguide.index import Claim, Index
from fieldguide.page.evidence_words import subject
from fieldguide.records.field import show_value
from fieldguide.text.dates import show_date
from fieldguide.text.problems import counted


def render_due(index: Index, before: str, fit: int | None = None) -> str:
    """The claims whose shelf life ends before the ISO date `before`, as a Markdown table for each record, or
    one line if there are none. With `fit`, the tables have fewer than that many characters, and the last line
    says how many claims are left out.
    """
    due = [(claim.life.until, claim) for claim in index.claims if claim.life and claim.life.until < before]
    if not due:
        return f"No claim is past its shelf life before {show_date(before)}.\n"
    records: dict[str, list[tuple[str, Claim]]] = {}
    for until, claim in due:
        records.setdefault(claim.record.path, []).append((until, claim))
    text = (
        f"{counted(len(due), 'claim')} of {counted(len(records), 'record')}"
        f" {'is' if len(due) == 1 else 'are'} past {'its' if len(due) == 1 else 'their'} shelf life before"
        f" {show_date(before)}.\n"
    )
    listed = 0
    for path, own in sorted(records.items(), key=lambda item: (min(until for until, _ in item[1]), item[0])):
        part = (
            f"\n### `{path}`: {subject(index.book, own[0][1].record)}\n\n"
            "| field | value | as of | current until | search for | used in |\n"
            "| --- | --- | --- | --- | --- | --- |\n"
        )
        for until, claim in own:
            origin = (
                f", computed from {', '.join(claim.field.inputs.values())}" if claim.field.computed else ""
            )
            cells = (
                claim.name,
                show_value(claim.field) + origin,
                claim.field.as_of or "",
                until,
                "; ".join(search_terms(index, claim)),
                ", ".join(page.src for page in claim.pages),
            )
            part += "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
        if fit is not None and len(text) + len(part) > fit - 200:
            return (
                text + f"\n{counted(len(due) - listed, 'more claim')}: `python -m fieldguide stale --before"
                f" {before}` lists all.\n"
            )
        text += part
        listed += len(own)
    return text
