"""Templates are the published networks: parameters, sizes, what they refuse, and how they lie on the canvas."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from engine.blocks import BlockLayer
from engine.check.checker import check
from engine.graph import spec
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.project.file import dumps, loads
from engine.project.starters import STARTERS
from engine.project.templates import TEMPLATES, template
from engine.text import Failure, say

GRID = 24
PUBLISHED = {
    "lenet5": 61_706,
    "alexnet": 61_100_840,
    "vgg11": 132_863_336,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "mobilenet_v2": 3_504_872,
    "densenet121": 7_978_856,
    "inception": 6_624_904,
    "unet": 31_037_698,
}
# The side of the smallest square image that each takes. Those of alexnet and inception are what torchvision states
# ("min_size" of its weights); the others are our checker's own, and keep it from changing unnoticed.
LEAST = {
    "alexnet": 63,
    "vgg11": 32,
    "densenet121": 29,
    "inception": 15,
    "resnet18": 1,
    "resnet50": 1,
    "mobilenet_v2": 1,
}
LEAST |= {"lenet5": 16, "unet": 16, "resnet34": 1}
every = pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.id)


def network(project):
    report = check(project.graph)
    assert report.problems == ()
    with torch.device("meta"):
        return build(print_program(lower(project.graph, report))), report


def test_ids_are_permanent_and_told_from_the_starters():
    assert [one.id for one in TEMPLATES] == list(PUBLISHED)
    assert not {one.id for one in TEMPLATES} & {starter.id for starter in STARTERS}
    assert all(template(id).id == id for id in PUBLISHED)
    with pytest.raises(Failure, match="resnet18, resnet34"):
        template("resnet19")


@every
def test_parameters_are_those_of_the_publication(one):
    module, report = network(one.make())
    assert one.parameters == one.origin.parameters == report.total.parameters == PUBLISHED[one.id]
    assert sum(weight.numel() for weight in module.parameters()) == PUBLISHED[one.id]


@every
def test_torch_computes_the_shapes_that_we_say(one):
    channels = one.shape[0]
    module, report = network(one.make((channels, 96, 131), 7))
    with torch.device("meta"), torch.no_grad():
        answer = module.eval()(torch.zeros(2, channels, 96, 131))
    wanted = (2, 7, 96, 131) if one.id == "unet" else (2, 7)
    assert tuple(answer.shape) == wanted
    output = next(name for name, node in one.make().graph.nodes.items() if node.layer.about.id == "output")
    source = one.make().graph.nodes[output].inputs["value"][0].node
    assert report.specs[source][0] == spec("N", *wanted[1:])


SMALL = [one for one in TEMPLATES if LEAST[one.id] <= 32]


@pytest.mark.parametrize("one", SMALL, ids=lambda one: one.id)
def test_small_images_are_taken_too(one):
    project = one.make((3, 32, 32), 10)
    module, _ = network(project)
    values = torch.zeros(2, 3, 32, 32, device="meta")
    assert module(values).shape[:2] == (2, 10)


@every
def test_the_smallest_image_is_the_smallest(one):
    least = one.least_side(one.shape[0])
    assert least == LEAST[one.id]
    assert one.fits((one.shape[0], least, least))
    assert least == 1 or not one.fits((one.shape[0], least - 1, least - 1))


@pytest.mark.parametrize("id", [id for id, least in LEAST.items() if least > 8])
def test_an_image_that_is_too_small_is_refused_in_a_sentence(id):
    with pytest.raises(Failure) as caught:
        template(id).make((3, 8, 8), 10)
    assert f"cannot take images of 8 × 8; the smallest is {LEAST[id]} × {LEAST[id]}." in str(caught.value)


@pytest.mark.parametrize(("shape", "classes"), [((0, 32, 32), 10), ((3, 32, 99999), 10), ((3, 32, 32), 10**9)])
def test_wishes_beyond_all_bounds_are_refused(shape, classes):
    with pytest.raises(Failure, match="from 1 to"):
        template("resnet18").make(shape, classes)


@pytest.mark.parametrize("size", [(16, 16), (17, 31), (50, 65)])
def test_the_answer_of_a_unet_has_the_size_of_the_image(size):
    module, _ = network(template("unet").make((1, *size), 3))
    assert tuple(module(torch.zeros(2, 1, *size, device="meta")).shape) == (2, 3, *size)


@pytest.mark.parametrize("id", ["lenet5", "resnet18", "mobilenet_v2", "densenet121", "inception"])
def test_every_weight_of_it_learns(id):
    """The smaller ones; the others are made of the same parts."""
    one = template(id)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    project = one.make((one.shape[0], 32, 32), 4)
    report = check(project.graph)
    module = build(print_program(lower(project.graph, report)))
    answer = module(torch.randn(4, one.shape[0], 32, 32))
    torch.nn.functional.cross_entropy(answer, torch.tensor([0, 1, 2, 3])).backward()
    assert all(weight.grad is not None and torch.isfinite(weight.grad).all() for weight in module.parameters())


@every
def test_it_is_saved_and_comes_back(one):
    project = one.make()
    saved = dumps(project)
    assert loads(saved) == project
    assert json.loads(saved)["networks"].keys() == {"main"}


@every
def test_cards_lie_on_the_grid_and_flow_downwards(one):
    graph = one.make().graph
    places = [graph.places[name] for name in graph.nodes]
    assert all(place.x % GRID == 0 and place.y % GRID == 0 for place in places)
    assert len(set(places)) == len(places)
    assert all(graph.places[wire.source.node].y < graph.places[wire.target.node].y for wire in graph.wires())
    assert all(below.y - above.y == 96 for above, below in pairwise(places))


@every
def test_it_says_what_it_is(one):
    assert one.title and say(one.family) and say(one.description).endswith(".") and one.origin.source and one.tags
    assert one.id.isascii() and one.id == one.id.lower()


@pytest.mark.parametrize("id", ["resnet18", "resnet50", "mobilenet_v2", "densenet121", "inception", "unet"])
def test_what_is_repeated_is_a_block(id):
    project = template(id).make()
    used = [node.layer for node in project.graph.nodes.values() if isinstance(node.layer, BlockLayer)]
    assert len(used) >= 4 and {layer.name for layer in used} <= project.blocks.keys()


def test_no_template_is_left_out():
    folder = Path(__file__).parents[2] / "engine" / "project" / "templates"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "template", "drawing"}
    assert len(files) == 8
