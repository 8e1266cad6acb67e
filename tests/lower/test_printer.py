"""The printed source: what a PyTorch user would have written, and where each node is found in it."""

import keyword

import pytest
from torch import nn

from engine.check.checker import check
from engine.graph.names import MODULE_ATTRIBUTES
from engine.lower.printer import print_program
from engine.lower.program import Program, lower
from engine.text import Failure, text

IMAGE = ("input", {"shape": [1, 8, 8]})
OUT = ("output", {"loss": "mse"})


@pytest.fixture
def printed(draw):
    def show(nodes, **options):
        graph = draw(nodes)
        return print_program(lower(graph, check(graph), partial=options.pop("partial", False)), **options)

    return show


def forward(source):
    """The lines of forward."""
    return [line.strip() for line in source.text.split("def forward")[1].splitlines()[1:]]


def test_a_chain_reads_as_written_by_hand(printed):
    source = printed(
        {
            "image": IMAGE,
            "conv1": ("conv2d", {"out_channels": 4, "padding": "same"}, "image"),
            "relu1": ("relu", {}, "conv1"),
            "answer": (*OUT, "relu1"),
        }
    )
    assert source.text == (
        "from torch import nn\n"
        "\n"
        "\n"
        "class Network(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        '        self.conv1 = nn.Conv2d(in_channels=1, out_channels=4, kernel_size=(3, 3), padding="same")\n'
        "        self.relu1 = nn.ReLU()\n"
        "\n"
        "    def forward(self, image):\n"
        "        x = self.conv1(image)\n"
        "        x = self.relu1(x)\n"
        "        return x\n"
    )


def test_a_value_with_several_takers_keeps_its_name(printed):
    source = printed(
        {
            "image": IMAGE,
            "relu1": ("relu", {}, "image"),
            "conv1": ("conv2d", {"padding": "same"}, "relu1"),
            "joined": ("concat", {}, "conv1", "relu1"),
            "answer": (*OUT, "joined"),
        }
    )
    assert forward(source) == [
        "relu1 = self.relu1(image)",
        "x = self.conv1(relu1)",
        "x = torch.cat((x, relu1), dim=1)",
        "return x",
    ]
    assert source.text.startswith("import torch\nfrom torch import nn\n")


def test_a_value_taken_twice_by_the_next_step_needs_no_name(printed):
    nodes = {
        "image": IMAGE,
        "relu1": ("relu", {}, "image"),
        "twice": ("concat", {}, "relu1", "relu1"),
        "answer": (*OUT, "twice"),
    }
    assert forward(printed(nodes)) == ["x = self.relu1(image)", "x = torch.cat((x, x), dim=1)", "return x"]


def test_a_residual_sum_is_written_with_its_sign(printed):
    nodes = {
        "image": IMAGE,
        "relu1": ("relu", {}, "image"),
        "sum1": ("add", {}, "relu1", "image"),
        "gate": ("multiply", {}, "sum1", "relu1", "sum1"),
        "answer": (*OUT, "gate"),
    }
    assert forward(printed(nodes)) == [
        "relu1 = self.relu1(image)",
        "x = relu1 + image",
        "x = x * relu1 * x",
        "return x",
    ]


def test_a_long_sum_is_put_into_brackets(printed):
    nodes = {f"number{n}": IMAGE for n in range(12)}
    source = printed({**nodes, "total": ("add", {}, *nodes), "answer": (*OUT, "total")})
    compile(source.text, "printed", "exec")
    assert forward(source)[-5:] == ["+ number9", "+ number10", "+ number11", ")", "return x"]
    assert forward(source)[-15:-13] == ["x = (", "number0"]


def test_values_are_reshaped_with_the_batch_left_free(printed):
    nodes = {"image": IMAGE, "flat": ("reshape", {"shape": [64]}, "image"), "answer": (*OUT, "flat")}
    assert forward(printed(nodes)) == ["x = image.reshape(image.size(0), 64)", "return x"]


def test_a_function_of_torch_nn_brings_its_import_and_keeps_its_name(printed):
    source = printed({"F": IMAGE, "pad1": ("pad", {}, "F"), "answer": (*OUT, "pad1")})
    assert "from torch.nn import functional as F\n" in source.text
    assert "def forward(self, F1):" in source.text
    assert forward(source)[0] == "x = F.pad(F1, (1, 1, 1, 1))"


def test_an_input_called_x_may_start_the_chain(printed):
    source = printed({"x": IMAGE, "relu1": ("relu", {}, "x"), "answer": (*OUT, "relu1")})
    assert forward(source) == ["x = self.relu1(x)", "return x"]


def test_an_input_called_x_that_lives_on_is_not_overwritten(printed):
    source = printed(
        {
            "x": IMAGE,
            "x1": ("relu", {}, "x"),
            "relu2": ("relu", {}, "x1"),
            "joined": ("concat", {}, "relu2", "x"),
            "answer": (*OUT, "joined"),
        }
    )
    lines = forward(source)
    chain = lines[0].split(" = ")[0]
    assert chain not in {"x", "x1"}
    assert lines[2] == f"{chain} = torch.cat(({chain}, x), dim=1)"


def test_a_node_called_x_that_lives_on_is_not_overwritten(printed):
    source = printed(
        {
            "image": IMAGE,
            "x": ("relu", {}, "image"),
            "relu1": ("relu", {}, "x"),
            "joined": ("concat", {}, "relu1", "x"),
            "answer": (*OUT, "joined"),
        }
    )
    assert forward(source)[:2] == ["x = self.x(image)", "out = self.relu1(x)"]


def test_lines_tell_where_a_node_is(printed):
    source = printed(
        {
            "image": IMAGE,
            "conv1": ("conv2d", {"dilation": [2, 2], "padding": [2, 2], "padding_mode": "circular"}, "image"),
            "joined": ("concat", {}, "conv1", "image"),
            "answer": (*OUT, "joined"),
            "again": (*OUT, "conv1"),
        }
    )
    lines = source.text.splitlines()
    at = {node: [lines[number - 1].strip() for number in numbers] for node, numbers in source.lines.items()}
    assert at["image"] == ["def forward(self, image):"]
    assert at["conv1"][0] == "self.conv1 = nn.Conv2d("
    assert at["conv1"][-2:] == [")", "conv1 = self.conv1(image)"]
    assert 'padding_mode="circular",' in at["conv1"]
    assert at["joined"] == ["x = torch.cat((conv1, image), dim=1)"]
    assert at["answer"] == at["again"] == ["return x, conv1"]


def test_lines_are_as_long_as_a_page(printed):
    nodes = {f"input{n}": IMAGE for n in range(30)}
    nodes["joined"] = ("concat", {}, *nodes)
    source = printed({**nodes, "answer": (*OUT, "joined")})
    compile(source.text, "printed", "exec")
    assert "\n        input7,\n" in source.text


def test_probes_see_every_node_in_the_order_of_running(printed):
    source = printed(
        {"image": IMAGE, "relu1": ("relu", {}, "image"), "relu2": ("relu", {}, "relu1"), "answer": (*OUT, "relu2")},
        probes=True,
    )
    assert forward(source) == [
        'image = self.probe("image", image)',
        'x = self.probe("relu1", self.relu1(image))',
        'x = self.probe("relu2", self.relu2(x))',
        "return x",
    ]


def test_a_half_drawn_graph_shows_why_a_node_is_missing(printed):
    source = printed(
        {"image": IMAGE, "relu1": ("relu", {}, "image"), "conv1": ("conv2d", {}), "answer": OUT}, partial=True
    )
    assert forward(source)[0] == "x = self.relu1(image)"
    assert forward(source)[1].startswith("# ") and "conv1" in forward(source)[1]
    assert [source.text.splitlines()[n - 1].strip() for n in source.lines["conv1"]] == [forward(source)[1]]
    compile(source.text, "printed", "exec")


@pytest.mark.parametrize("nodes", [{}, {"image": IMAGE}, {"conv1": ("conv2d", {})}])
def test_there_is_code_for_every_beginning(printed, nodes):
    for probes in (False, True):
        compile(printed(nodes, partial=True, probes=probes).text, "printed", "exec")


def test_a_comment_cannot_end_its_line():
    for end in "\n\r\x0b\x0c\x1c\x85\u2028\u2029\x00":
        program = Program((), (), (), (), (("conv1", text("no {name}", name=f"x{end}import os")),))
        source = print_program(program).text
        compile(source, "printed", "exec")
        assert [line for line in source.splitlines() if line.strip().startswith("import os")] == []


@pytest.mark.parametrize("name", ["class", "a b", "", "torch", "nn", "x:\n  pass\nimport os\nclass Y"])
def test_a_class_name_that_python_does_not_take_is_refused(name):
    with pytest.raises(Failure):
        print_program(Program((), (), (), ()), class_name=name)


def test_no_node_may_have_a_name_that_a_module_has():
    own = {name for name in dir(nn.Module()) if not name.startswith("_") and not keyword.iskeyword(name)}
    assert own <= MODULE_ATTRIBUTES
