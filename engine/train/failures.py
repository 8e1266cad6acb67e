"""What torch and the system raise in the midst of a training, as sentences."""

import logging

import torch

from engine.text import Failure, Text, text
from engine.train.loop import NotFinite
from engine.train.network import AtNode, Network, node_of
from engine.unforeseen import first_line, unforeseen

log = logging.getLogger(__name__)


def as_failure(error: Exception, network: Network, batch_size: int) -> Failure:
    """The failure to tell a person; where the error came from a node's line, it names the node."""
    if isinstance(error, Failure):
        return error
    if _is_out_of_memory(error):
        return Failure(_out_of_memory(error, batch_size))
    log.error("training failed", exc_info=error)
    if node := node_of(network, error):
        return AtNode(node, text("torch refused it: {reason}", reason=first_line(error)))
    return Failure(unforeseen(error))


def node_at(failure: Failure) -> str:
    """The node that a failure names, if it does."""
    return failure.node if isinstance(failure, AtNode | NotFinite) else ""


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error)


def _out_of_memory(error: Exception, batch_size: int) -> Text:
    where = text("The GPU") if isinstance(error, torch.OutOfMemoryError) else text("This machine")
    return text(
        "{where} ran out of memory at a batch size of {batch}. Set a smaller batch size, make the network smaller, "
        "or close other programs that use its memory.",
        where=where,
        batch=batch_size,
    )
