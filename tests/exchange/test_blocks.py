"""Networks with blocks go into ONNX with every node named as drawn, and come out computing the same."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.blocks import Block, Lifted, Target, block_layer
from engine.check.checker import check
from engine.exchange.export_run import export_run
from engine.exchange.onnx_export import export_module, refuse_limits
from engine.exchange.proof import prove
from engine.infer.metadata import Metadata
from engine.infer.session import Model
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.messages import Done
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.text import Failure
from engine.train.training import train
from tests.blocks.builders import graph, node


def step():
    drawn = graph(
        x=node("block_input", shape=[4, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4, padding=1, padding_mode="reflect"),
        sum1=node("add", "conv1", "conv1"),
        relu1=node("relu", "sum1"),
        y=node("block_output", "relu1"),
    )
    return Block(drawn, (Lifted("channels", (Target("conv1", "out_channels"),), 4),))


def stage():
    Step = block_layer("step", step())
    drawn = graph(
        x=node("block_input", shape=[4, 8, 8]),
        steps=node(Step(repeat=2), "x"),
        last=node(Step(channels=3), "steps"),
        y=node("block_output", "last"),
    )
    return Block(drawn)


def network():
    return graph(
        image=node("input", shape=[1, 8, 8]),
        stage1=node(block_layer("stage", stage())(), "image"),
        flatten1=node("flatten", "stage1"),
        linear1=node("linear", "flatten1", out_features=10),
        digit=node("output", "linear1"),
    )


@pytest.fixture
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def exported(drawn, path):
    report = check(drawn)
    program = lower(drawn, report)
    refuse_limits(report, program)
    module = build(print_program(program)).eval()
    export_module(module, program, {name: report.specs[name][0] for name in program.arguments}, Metadata(), path)
    return module


def test_nodes_are_called_by_the_way_to_them(tmp_path, one_thread):
    module = exported(network(), tmp_path / "net.onnx")
    model = onnx.load(tmp_path / "net.onnx").graph
    steps = ["stage1/steps/0", "stage1/steps/1", "stage1/last"]
    wanted = [f"{step}/{name}" for step in steps for name in ("conv1/Pad", "conv1", "sum1", "relu1")]
    assert [node.name for node in model.node] == [*wanted, "flatten1", "linear1"]
    assert [node.output[0] for node in model.node][:-1] == [*wanted, "flatten1"]
    assert set(module.state_dict()) <= {value.name for value in model.initializer}
    content = (tmp_path / "net.onnx").read_bytes()
    assert not any(secret.encode() in content for secret in ("torch", ".py", "line ", "Step", "Stage"))


def test_it_computes_the_same(tmp_path, one_thread):
    module = exported(network(), tmp_path / "net.onnx")
    samples = {"image": np.random.default_rng(0).normal(size=(7, 1, 8, 8)).astype(np.float32)}
    assert prove(module, tmp_path / "net.onnx", samples, batches=(1, 2, 3)).absolute < 1e-5


def test_a_limit_of_onnx_inside_is_refused_at_the_instance(tmp_path):
    inner = graph(
        x=node("block_input", shape=[4, 8, 8]),
        pool1=node("avg_pool2d", "x", divisor_override=3),
        y=node("block_output", "pool1"),
    )
    drawn = graph(
        image=node("input", shape=[4, 8, 8]),
        pooled=node(block_layer("odd", Block(inner))(), "image"),
        answer=node("output", "pooled", loss="mse", metrics=[]),
    )
    with pytest.raises(Failure, match=r"pooled.*divisor_override"):
        exported(drawn, tmp_path / "net.onnx")


@pytest.mark.trains
def test_a_run_is_exported_proved_and_predicts(tmp_path, one_thread):
    blocks = {"step": step(), "stage": stage()}
    recipe = Recipe(epochs=1, device="cpu")
    project = Project({"main": network()}, blocks, data=Data("sample:digits"), recipe=recipe)
    done = train(project, tmp_path / "runs", lambda event: None)
    assert isinstance(done, Done), done
    proof = export_run(Path(done.run), tmp_path / "net.onnx")
    assert proof.samples == 144 and 0 < proof.largest_absolute < 1e-4
    model = Model(tmp_path / "net.onnx")
    answer = model.answer(model.prepare(np.zeros((1, 8, 8), np.uint8)))[0]
    assert answer.labels == tuple("0123456789") and sum(answer.values) == pytest.approx(1)
