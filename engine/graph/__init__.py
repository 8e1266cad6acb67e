"""The drawing as a value: specs, nodes, wires, the graph, its edits and differences. No torch, no window."""

from engine.graph.annotations import Annotations, Bookmark, Box, Frame, Note
from engine.graph.diff import Diff, diff
from engine.graph.dims import Dim, Poly, Quotient, dim_at, free
from engine.graph.fixes import (
    AddNode,
    Connect,
    Disconnect,
    Fix,
    InsertLayer,
    RemoveNode,
    Replace,
    SetParameter,
)
from engine.graph.graph import Flow, Graph, Inlet, Node, Outlet, Place, Wire
from engine.graph.names import free_name, name_fault, node_fault
from engine.graph.spec import Dtype, Spec, shape_text, spec

__all__ = [
    "AddNode",
    "Annotations",
    "Bookmark",
    "Box",
    "Connect",
    "Diff",
    "Dim",
    "Disconnect",
    "Dtype",
    "Fix",
    "Flow",
    "Frame",
    "Graph",
    "Inlet",
    "InsertLayer",
    "Node",
    "Note",
    "Outlet",
    "Place",
    "Poly",
    "Quotient",
    "RemoveNode",
    "Replace",
    "SetParameter",
    "Spec",
    "Wire",
    "diff",
    "dim_at",
    "free",
    "free_name",
    "name_fault",
    "node_fault",
    "shape_text",
    "spec",
]
