"""The command that has unsaved work back without a window."""

import datetime
from pathlib import Path

import click

from engine.cli.over import may_force, refuse_over
from engine.cli.printing import as_json, complain, print_json, print_table
from engine.project.file import save
from engine.project.journal import shelf
from engine.project.journal.offers import Offer, offers, summary
from engine.text import Failure, say, text, tr


@click.command()
@click.argument("id", default="")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The .loom file to write what ID keeps to.")
@click.option("--discard", is_flag=True, help="Discard what ID keeps; it stays for 30 days.")
@click.option("--all", "shelved", is_flag=True, help="List what was discarded, or damaged, too.")
@may_force
@as_json
def recover(id: str, output: Path | None, discard: bool, shelved: bool, force: bool, json: bool) -> None:
    """List unsaved work that a crash has left, or write that of ID (a part of it is enough) to a file."""
    if not id and (output or discard):
        raise click.UsageError(tr("Name what is meant: `recover` alone lists it."))
    found = offers(shelved=shelved or bool(id))
    if not id:
        _list(found, json)
        return
    offer = _chosen(found, id)
    if output is not None:
        _write(offer, output, force)
    if discard:
        shelf.put(offer.found.folder, shelf.DAMAGED if offer.found.damage else shelf.DISCARDED)
        complain(tr("Discarded {id}; it is kept for 30 days.", id=offer.id))
    if output is None and not discard:
        _list([offer], json)


def _list(found: list[Offer], json: bool) -> None:
    if json:
        print_json([_plain(offer) for offer in found])
    elif not found:
        complain(tr("No unsaved work is kept: everything was saved."))
    else:
        heads = (tr("id"), tr("file"), tr("edited"), tr("nodes"), tr("differs from the file"), tr("state"))
        print_table(heads, [_row(offer) for offer in found])
        for offer in found:
            for damage in offer.found.damage:
                complain(f"{offer.id}: {say(damage)}")


def _row(offer: Offer) -> tuple[str, ...]:
    differs = ", ".join(say(word) for word in summary(offer))
    state = offer.shelf or ("damaged" if offer.found.damage else "")
    return offer.id, offer.found.head.path or offer.found.head.title, _time(offer), str(offer.layers), differs, state


def _plain(offer: Offer) -> dict[str, object]:
    return {
        "id": offer.id,
        "path": offer.found.head.path,
        "title": offer.found.head.title,
        "edited": _time(offer),
        "nodes": offer.layers,
        "on_disk": offer.on_disk,
        "shelf": offer.shelf,
        "damage": [say(damage) for damage in offer.found.damage],
        "readable": offer.found.best is not None,
    }


def _time(offer: Offer) -> str:
    if not offer.found.edited:
        return ""
    return datetime.datetime.fromtimestamp(offer.found.edited).astimezone().isoformat(" ", "seconds")


def _chosen(found: list[Offer], id: str) -> Offer:
    """The one whose name has this in it. Raises Failure where there is none, or more than one."""
    meant = [offer for offer in found if id in offer.id]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise Failure(text("No unsaved work is called “{id}”; `tensorloom recover` lists what there is.", id=id[:80]))
    names = ", ".join(offer.id for offer in meant)
    raise Failure(text("“{id}” may be any of {names}. Name more of it.", id=id[:80], names=names))


def _write(offer: Offer, output: Path, force: bool) -> None:
    project = offer.found.best
    if project is None:
        raise Failure(text("Nothing of {id} can be read.", id=offer.id))
    refuse_over(output, force)
    save(project, output)
    for damage in offer.found.damage:
        complain(say(damage))
    complain(tr("Wrote {path}. The unsaved work is still kept; --discard lets it go.", path=str(output)))


COMMANDS = (recover,)
