"""When two project files say the same: what may be written in more than one way, in one way."""

from typing import Any

from engine.layers import catalogue
from engine.layers.parameters import Parameter
from engine.project.recipe import Recipe
from engine.project.settings import OPTIMIZERS, optimizer_parameters, plain_recipe, recipe_parameters

KINDS = ("frames", "notes", "bookmarks")


def normal(content: Any) -> Any:
    """The JSON value of a project file with everything that may differ without a difference in one form.

    That is: the version's number; members left out because they are empty, or at their defaults (of a layer, of the
    recipe, of a block's instance); a whole number where one with a point is meant (beyond 2⁵³ the nearest of those);
    one number for a size of several; a wire as "node" or "node.output", alone or in a list; places of nodes that are
    not there; the order of members.
    Nothing else: names, texts, unknown layers with all they hold, numbers to the last digit are compared as they are.
    """
    blocks = content.get("blocks", {})
    found = {
        "blocks": {name: _block(block, blocks) for name, block in blocks.items()},
        "networks": {name: _drawing(network, blocks) for name, network in content["networks"].items()},
        "data": _data(content.get("data", {})),
        "recipe": _recipe(content.get("recipe", {})),
    }
    return _without_empty(found) | {"networks": found["networks"]}


def _block(block: dict[str, Any], blocks: dict[str, Any]) -> dict[str, Any]:
    lifted = {
        name: _without_empty(
            {"targets": one.get("targets", {}), "default": _number(one.get("default")), "help": one.get("help", "")}
        )
        for name, one in block.get("parameters", {}).items()
    }
    return _without_empty({"summary": block.get("summary", ""), "parameters": lifted}) | _drawing(block, blocks)


def _drawing(drawing: dict[str, Any], blocks: dict[str, Any]) -> dict[str, Any]:
    nodes = drawing.get("nodes", {})
    found = {
        "nodes": {name: _node(node, blocks) for name, node in nodes.items()},
        "layout": {name: _number(place) for name, place in drawing.get("layout", {}).items() if name in nodes},
    }
    for kind in KINDS:
        found[kind] = {id: _annotation(kind, one) for id, one in drawing.get(kind, {}).items()}
    return _without_empty(found)


def _annotation(kind: str, one: dict[str, Any]) -> dict[str, Any]:
    found = {"text" if kind == "notes" else "title": "", **one, "box": _number(one["box"])}
    if found.get("colour") == "grey":
        del found["colour"]
    return found


def _node(node: dict[str, Any], blocks: dict[str, Any]) -> dict[str, Any]:
    kind = node["type"]
    own = {key: value for key, value in node.items() if key not in ("type", "in", "label")}
    if kind in catalogue():
        own = _known(own, {p.name: p for p in catalogue()[kind].about.parameters})
    elif kind.removeprefix("block:") in blocks and kind.startswith("block:"):
        lifted = blocks[kind.removeprefix("block:")].get("parameters", {})
        defaults = {"repeat": 1} | {name: one.get("default") for name, one in lifted.items()}
        own = {key: _number(value) for key, value in own.items()}
        own = {key: value for key, value in own.items() if not _same(value, _number(defaults[key]))}
    wires = {port: _wires(sources) for port, sources in node.get("in", {}).items()}
    return {"type": kind, "own": own} | _without_empty({"label": node.get("label", ""), "in": _without_empty(wires)})


def _known(own: dict[str, Any], parameters: dict[str, Parameter]) -> dict[str, Any]:
    found = {}
    for key, value in own.items():
        parameter = parameters[key]
        if parameter.length and "ints" in parameter.kinds and type(value) is int:
            value = [value] * parameter.length
        if parameter.kinds == ("float",) and type(value) is int:
            value = float(value)
        if not _same(_number(value), _number(_listed(parameter.default))):
            found[key] = _number(value)
    return found


def _wires(sources: Any) -> list[str]:
    listed = sources if isinstance(sources, list) else [sources]
    return [one if "." in one else f"{one}.output" for one in listed]


def _data(data: dict[str, Any]) -> dict[str, Any]:
    columns = {
        name: _without_empty(column) | {"shape": column["shape"]} for name, column in data.get("columns", {}).items()
    }
    return _without_empty({"source": data.get("source", ""), "columns": columns})


def _recipe(recipe: dict[str, Any]) -> dict[str, Any]:
    optimizer = recipe.get("optimizer", {"type": "adam"})
    kind = optimizer.get("type", "adam")
    settings = {p.name: p for p in optimizer_parameters(kind).values()} if kind in OPTIMIZERS else {}
    inner = _known({key: value for key, value in optimizer.items() if key != "type"}, settings)
    outer = _known({key: value for key, value in recipe.items() if key != "optimizer"}, dict(recipe_parameters()))
    usual = plain_recipe(Recipe()).get("optimizer")
    return outer | ({} if (kind, inner, usual) == ("adam", {}, None) else {"optimizer": {"type": kind, **inner}})


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


def _number(value: Any) -> Any:
    """A number with a point that is whole, without it."""
    if isinstance(value, list):
        return [_number(one) for one in value]
    if type(value) is float and value == int(value):
        return int(value)
    return value


def _same(one: Any, other: Any) -> bool:
    """Equal, and true is not 1."""
    return repr(one) == repr(other)


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in value.items() if held not in ("", {}, []) or isinstance(held, bool)}
