"""Names of nodes: identifiers that Python, PyTorch and every file system can carry."""

import keyword
import unicodedata
from collections.abc import Container, Iterable

from engine.text import Text, text

LONGEST = 64

# What nn.Module itself has an attribute for, so that a submodule of this name would break it, in torch 2.x.
# tests/graph asserts that this list covers dir(nn.Module()).
MODULE_ATTRIBUTES = frozenset(
    """
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches
    eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict
    modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook
    register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
    register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook
    register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_
    set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
    """.split()
)
# Names that the printed source uses for itself.
RESERVED = frozenset({"self", "torch", "nn", "math", "probe", "super"})


def name_fault(name: str) -> Text | None:
    """Why a node, a block or a parameter cannot have this name, or None where it can."""
    if not name.isidentifier():
        return text("“{name}” cannot be a name: names are letters, digits and _, and start with no digit.", name=name)
    if (plain := plain_name(name)) != name:
        return text("“{name}” is written with look-alike letters; write it “{plain}”.", name=name, plain=plain)
    if len(name) > LONGEST:
        return text("“{name}” is longer than {longest} characters.", name=name[:LONGEST] + "…", longest=LONGEST)
    if keyword.iskeyword(name) or name in RESERVED or name.startswith("_"):
        return text("“{name}” has a meaning of its own in Python; add a digit or a word to it.", name=name)
    if name in MODULE_ATTRIBUTES:
        return text("“{name}” has a meaning of its own in PyTorch; add a digit or a word to it.", name=name)
    return None


def node_fault(name: str, taken: Container[str]) -> Text | None:
    """Why a node cannot have this name where these are taken, or None where it can."""
    if name in taken:
        return text("There is a node “{name}” already; choose another name.", name=name)
    return name_fault(name)


def plain_name(typed: str) -> str:
    """What was typed for a name, in the normal form that names have."""
    return unicodedata.normalize("NFKC", typed.strip())


def free_name(stem: str, taken: Container[str]) -> str:
    """The stem with the first number that makes it a name nobody has: conv1, conv2, ….

    A stem that ends in digits goes on from there: after conv1 comes conv2.
    """
    base, number = _parts(stem)
    while (name := _numbered(base, number)) in taken:
        number += 1
    return name


class FreeNames:
    """Gives one free name after another; to give as many as there are taken takes no longer for each."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, dict[int, int]] = {}  # of each stem: a number that is taken, and one that may be free

    def give(self, wanted: str) -> str:
        """The wanted name where it is free, else the one that `free_name` finds; nobody gets it again."""
        name = wanted if wanted not in self._taken else self._free(*_parts(wanted))
        self._taken.add(name)
        return name

    def _free(self, base: str, number: int) -> str:
        following, passed = self._next.setdefault(base, {}), []
        while number in following or _numbered(base, number) in self._taken:
            passed.append(number)
            number = following.get(number, number + 1)
        for one in passed:
            following[one] = number
        return _numbered(base, number)


def _parts(stem: str) -> tuple[str, int]:
    """A stem without its number, and the number."""
    base = stem.rstrip("0123456789") or "node"
    return base, int(stem.removeprefix(base) or 1) if stem.startswith(base) else 1


def _numbered(base: str, number: int) -> str:
    return f"{base[: LONGEST - len(str(number))]}{number}"
