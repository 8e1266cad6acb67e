"""Quick fixes as data: what would mend a problem. `engine.check.fixes` turns them into edits.

A layer that raises a misfit does not know its node's name: it leaves `node` empty, meaning "this node",
and the checker fills it in.
"""

from typing import Any, TypeAlias

import msgspec

from engine.graph.graph import Inlet, Outlet


class SetParameter(msgspec.Struct, frozen=True, tag="set"):
    """Give a parameter of a node another value."""

    parameter: str
    value: Any
    node: str = ""


class InsertLayer(msgspec.Struct, frozen=True, tag="insert"):
    """Put a node of this layer type on the wire into `port` (place `slot`) of the node."""

    layer: str
    port: str
    slot: int = 0
    parameters: tuple[tuple[str, Any], ...] = ()
    node: str = ""


class RemoveNode(msgspec.Struct, frozen=True, tag="remove"):
    """Take a node out; its wire heals."""

    node: str = ""


class Replace(msgspec.Struct, frozen=True, tag="replace"):
    """Make the node another type of layer, its wires and the parameters that both have kept."""

    layer: str
    parameters: tuple[tuple[str, Any], ...] = ()
    node: str = ""


class Connect(msgspec.Struct, frozen=True, tag="connect"):
    """Draw a wire."""

    source: Outlet
    target: Inlet


class Disconnect(msgspec.Struct, frozen=True, tag="disconnect"):
    """Take the wire off an input."""

    target: Inlet


class AddNode(msgspec.Struct, frozen=True, tag="add"):
    """Add a node of this layer type; `source` (where given) is wired to its first input."""

    layer: str
    parameters: tuple[tuple[str, Any], ...] = ()
    source: Outlet | None = None


Fix: TypeAlias = SetParameter | InsertLayer | RemoveNode | Replace | Connect | Disconnect | AddNode
