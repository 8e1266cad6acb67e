"""What torch and the system raise, as sentences for a person."""

import pytest
import torch
from msgspec.structs import replace

from engine.check.checker import check
from engine.messages import Failed
from engine.project.project import Project
from engine.text import Failure, say
from engine.train.failures import as_failure, node_at
from engine.train.network import Network, make_network
from tests.conftest import Draw
from tests.train.conftest import Trainer


@pytest.fixture
def network(draw: Draw) -> Network:
    graph = draw(
        {
            "x": ("input", {"shape": [4], "column": "x"}),
            "norm1": ("batch_norm1d", {}, "x"),
            "output1": ("output", {}, "norm1"),
        }
    )
    return make_network(graph, check(graph))


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), "The GPU"),
        (MemoryError(), "This machine"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 8 bytes"), "This machine"),
    ],
)
def test_too_little_memory_says_what_to_do(network: Network, error: Exception, where: str) -> None:
    sentence = say(as_failure(error, network, 512).text)
    assert sentence.startswith(f"{where} ran out of memory at a batch size of 512")
    assert "smaller batch size" in sentence


def test_an_error_in_a_line_of_the_network_names_its_node(network: Network) -> None:
    with pytest.raises(ValueError, match="more than 1 value per channel") as caught:
        network.module.train()(torch.ones(1, 4))
    failure = as_failure(caught.value, network, 1)
    assert node_at(failure) == "norm1"
    assert "norm1: torch refused it: Expected more than 1 value" in say(failure.text)


def test_an_error_of_nobodys_says_that_it_was_not_foreseen(network: Network) -> None:
    failure = as_failure(KeyError("lost"), network, 1)
    assert node_at(failure) == ""
    assert "Something unexpected went wrong (KeyError: 'lost')" in say(failure.text)


def test_a_sentence_stays_the_sentence_that_it_is(network: Network) -> None:
    failure = Failure(replace(as_failure(MemoryError(), network, 1).text, message="hello"))
    assert as_failure(failure, network, 1) is failure


@pytest.mark.trains
def test_a_batch_of_one_sample_fails_at_the_batch_norm(project: Project, trained: Trainer) -> None:
    last, _ = trained(project, settings={"batch_size": "1"})
    assert isinstance(last, Failed)
    assert (last.node, bool(last.run)) == ("norm1", True)
