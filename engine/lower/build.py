"""The one place where printed source is run: it becomes a module of torch."""

import linecache
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from torch import nn

from engine.lower.printer import Source

Probe = Callable[[str, Any], Any]


def build(source: Source, probe: Probe | None = None) -> nn.Module:
    """The network that the source describes, with fresh weights from torch's random state.

    `probe` is called as `probe(node, value)` and gives the value to go on with; only for a source with probes.
    Tracebacks show the printed lines.
    """
    if source.probes != (probe is not None):
        raise ValueError("a source with probes needs a probe, one without takes none")
    module: nn.Module = _class(source)(*([probe] if probe else []))
    return module


def _class(source: Source) -> Callable[..., nn.Module]:
    name = f"<network {sha256(source.text.encode()).hexdigest()[:12]}>"
    linecache.cache[name] = (len(source.text), None, source.text.splitlines(keepends=True), name)
    namespace: dict[str, Any] = {"__name__": "network"}
    exec(compile(source.text, name, "exec"), namespace)
    made: Callable[..., nn.Module] = namespace[source.class_name]
    return made
