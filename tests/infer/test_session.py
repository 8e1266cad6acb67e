"""Asking ONNX files: ours, foreign ones, and bad ones."""

import subprocess
import sys

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from engine.data.preparation import Preparation, prepare
from engine.infer.metadata import KEY, Metadata, OutputNote, input_note, output_note, to_json
from engine.infer.opening import BadModel
from engine.infer.session import Model
from engine.text import Failure

SHAPE = (1, 8, 8)
TREATMENT = Preparation(SHAPE, (1, 28, 28), scale=1 / 255, mean=(0.25,), spread=(0.5,))


def written(path, metadata=None, shape=("N", *SHAPE), change=lambda model: None):
    """A file with two outputs: the prepared image itself, and its first row times 3 classes."""
    graph = helper.make_graph(
        [
            helper.make_node("Identity", ["image"], ["same"]),
            helper.make_node("ReduceMean", ["image", "axes"], ["mean"], keepdims=0),
            helper.make_node("Mul", ["mean", "weights"], ["kind"]),
        ],
        "network",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info("same", TensorProto.FLOAT, None),
            helper.make_tensor_value_info("kind", TensorProto.FLOAT, None),
        ],
        [
            numpy_helper.from_array(np.array([2, 3]), "axes"),
            numpy_helper.from_array(np.array([[1, 2, 3]], np.float32), "weights"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    if metadata:
        helper.set_model_props(model, {KEY: to_json(metadata)})
    change(model)
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def ours(tmp_path):
    outputs = {"kind": OutputNote(("a", "b", "c"), "softmax")}
    return Model(written(tmp_path / "net.onnx", Metadata({"image": input_note(TREATMENT, (0, 255))}, outputs)))


def gradient(path, mode="L", size=(28, 28)):
    pixels = np.linspace(0, 255, size[0] * size[1]).reshape(size[1], size[0]).astype(np.uint8)
    Image.fromarray(pixels).convert(mode).save(path)
    return pixels


def test_an_image_is_treated_as_in_training(ours, tmp_path):
    pixels = gradient(tmp_path / "image.png")
    prepared = ours.prepare(tmp_path / "image.png")
    assert prepared.dtype == np.float32
    np.testing.assert_array_equal(prepared, prepare(TREATMENT, pixels[None, None]))
    small = np.asarray(Image.fromarray(pixels).resize((8, 8), Image.Resampling.BILINEAR))
    np.testing.assert_allclose(prepared[0, 0], (small / 255 - 0.25) / 0.5, atol=1e-6)


def test_colours_become_grey_where_the_input_is_grey(ours, tmp_path):
    pixels = gradient(tmp_path / "image.png", "RGB")
    np.testing.assert_array_equal(ours.prepare(tmp_path / "image.png"), prepare(TREATMENT, pixels[None, None]))


@pytest.mark.parametrize("shape", [(8, 8), (1, 8, 8), (1, 1, 8, 8)])
def test_an_array_may_be_one_sample(ours, shape):
    np.testing.assert_allclose(ours.prepare(np.full(shape, 255, np.uint8)), np.full((1, 1, 8, 8), 1.5))


@pytest.mark.parametrize("shape", [(4, 8, 8), (4, 1, 8, 8)])
def test_an_array_may_be_several_samples(ours, shape):
    np.testing.assert_allclose(ours.prepare(np.zeros(shape, np.uint8)), np.full((4, 1, 8, 8), -0.5))


def test_a_npy_file_holds_samples_as_the_data_has_them(ours, tmp_path):
    np.save(tmp_path / "one.npy", np.zeros((8, 8), np.uint8))
    np.save(tmp_path / "two.npy", np.zeros((2, 1, 8, 8), np.uint8))
    np.testing.assert_allclose(ours.prepare(tmp_path / "one.npy"), np.full((1, 1, 8, 8), -0.5))
    assert ours.prepare(str(tmp_path / "two.npy")).shape == (2, 1, 8, 8)


def test_an_image_comes_in_the_range_of_the_source(tmp_path):
    treatment = Preparation(SHAPE, SHAPE, mean=(1.0,), spread=(2.0,))
    model = Model(written(tmp_path / "net.onnx", Metadata({"image": input_note(treatment, (-1, 1))})))
    Image.new("L", (8, 8), 255).save(tmp_path / "white.png")
    Image.new("L", (8, 8), 0).save(tmp_path / "black.png")
    np.testing.assert_allclose(model.prepare(tmp_path / "white.png"), np.zeros((1, 1, 8, 8)), atol=1e-6)
    np.testing.assert_allclose(model.prepare(tmp_path / "black.png"), np.full((1, 1, 8, 8), -1.0), atol=1e-6)


def test_outputs_come_by_name(ours):
    value = np.random.default_rng(0).normal(size=(5, *SHAPE)).astype(np.float32)
    found = ours.predict(value)
    assert list(found) == ["same", "kind"]
    np.testing.assert_array_equal(found["same"], value)
    assert found["kind"].shape == (5, 3)


def test_an_answer_names_classes_with_their_probabilities(ours):
    same, kind = ours.answer(np.ones((1, *SHAPE), np.float32))
    assert (same.output, same.labels, len(same.values)) == ("same", (), 64)
    assert (kind.output, kind.labels) == ("kind", ("a", "b", "c"))
    powers = np.exp([1, 2, 3])
    assert kind.values == pytest.approx(powers / powers.sum(), rel=1e-6)


def test_scores_of_any_size_give_probabilities(ours):
    scores = np.array([[1e4, -1e4, 0]], np.float32)
    np.testing.assert_allclose(ours.probabilities("kind", scores), [[1, 0, 0]])


def test_yes_and_no_get_a_sigmoid(tmp_path):
    outputs = {"kind": OutputNote((), "sigmoid")}
    model = Model(written(tmp_path / "net.onnx", Metadata({"image": input_note(TREATMENT, (0, 255))}, outputs)))
    kind = model.answer(np.full((1, *SHAPE), 0.5, np.float32))[1]
    assert kind.values == pytest.approx([1 / (1 + np.exp(-n)) for n in (0.5, 1, 1.5)], rel=1e-6)


@pytest.mark.parametrize(
    ("loss", "classes", "columns", "note"),
    [
        ("cross_entropy", ("a", "b"), 2, OutputNote(("a", "b"), "softmax")),
        ("cross_entropy", ("a", "b"), 3, OutputNote((), "softmax")),
        ("binary_cross_entropy", ("no", "yes"), 1, OutputNote(("yes",), "sigmoid")),
        ("mse", (), 1, OutputNote((), "none")),
    ],
)
def test_what_an_output_means_follows_from_its_loss_and_target(loss, classes, columns, note):
    assert output_note(loss, classes, columns) == note


def test_a_foreign_file_is_taken_and_says_what_it_does_not_know(tmp_path):
    model = Model(written(tmp_path / "net.onnx"))
    assert model.metadata is None
    assert "from 0 to 1" in str(model.note)
    Image.new("RGB", (20, 10), "white").save(tmp_path / "white.jpg")
    np.testing.assert_allclose(model.prepare(tmp_path / "white.jpg"), np.ones((1, 1, 8, 8)), atol=1e-6)
    assert model.answer(model.prepare(tmp_path / "white.jpg"))[1].labels == ()


def test_metadata_that_is_not_understood_makes_a_file_foreign(tmp_path):
    def foreign(model):
        helper.set_model_props(model, {KEY: '{"inputs": 3}'})

    assert Model(written(tmp_path / "net.onnx", change=foreign)).metadata is None


def test_an_input_of_another_shape_is_refused_with_both_shapes(ours):
    with pytest.raises(Failure, match=r"“image” takes \(N, 1, 8, 8\); here comes \(2, 3, 8, 8\)"):
        ours.predict(np.zeros((2, 3, 8, 8), np.float32))
    with pytest.raises(Failure, match=r"samples of \(1, 8, 8\); here comes an array of \(7,\)"):
        ours.prepare(np.zeros((7,), np.float32))


def test_an_input_that_is_not_there_is_refused_with_those_that_are(ours):
    with pytest.raises(Failure, match="it has: image"):
        ours.prepare(np.zeros(SHAPE), "other")
    with pytest.raises(Failure, match="needs a value for its input “image”"):
        ours.predict({})


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not onnx at all", b"\x00" * 100, b'{"loom": 1}'])
def test_what_is_no_model_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "net.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadModel, match=r"net\.onnx"):
        Model(path)


def test_a_folder_is_no_model(tmp_path):
    with pytest.raises(BadModel):
        Model(tmp_path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path, part):
    path = written(tmp_path / "net.onnx")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(BadModel, match=r"net\.onnx"):
        Model(path)


def external(location):
    def change(model):
        tensor = model.graph.initializer[1]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", location), ("offset", "0"), ("length", "12")):
            entry = tensor.external_data.add()
            entry.key, entry.value = key, value

    return change


def test_data_beside_the_file_is_read(tmp_path):
    (tmp_path / "weights.bin").write_bytes(np.array([1, 2, 3], np.float32).tobytes())
    model = Model(written(tmp_path / "net.onnx", change=external("weights.bin")))
    np.testing.assert_allclose(model.predict(np.ones((1, *SHAPE), np.float32))["kind"], [[1, 2, 3]])


@pytest.mark.parametrize("location", ["../weights.bin", "{}/weights.bin", "link.bin"])
def test_data_outside_of_the_folder_is_not(tmp_path, location):
    (tmp_path / "weights.bin").write_bytes(np.array([1, 2, 3], np.float32).tobytes())
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "link.bin").symlink_to(tmp_path / "weights.bin")
    with pytest.raises(BadModel, match="outside its own folder"):
        Model(written(folder / "net.onnx", change=external(location.format(tmp_path))))


def in_a_node(model):
    model.graph.node.append(helper.make_node("Constant", [], ["unused"], value=numpy_helper.from_array(np.ones(3))))
    return model.graph.node[-1].attribute[0].t


def in_an_inner_graph(model):
    inner = helper.make_graph([], "inner", [], [], [numpy_helper.from_array(np.ones(3), "far")])
    model.graph.node.append(helper.make_node("If", ["image"], ["unused"], then_branch=inner, else_branch=inner))
    return model.graph.node[-1].attribute[1].g.initializer[0]


def in_a_function(model):
    node = helper.make_node("Constant", [], ["unused"], value=numpy_helper.from_array(np.ones(3)))
    model.functions.append(helper.make_function("com.example", "odd", [], ["unused"], [node], []))
    return model.functions[0].node[0].attribute[0].t


@pytest.mark.parametrize("place", [in_a_node, in_an_inner_graph, in_a_function])
def test_data_outside_of_the_folder_is_found_wherever_it_is_named(tmp_path, place):
    def change(model):
        tensor = place(model)
        tensor.data_location = TensorProto.EXTERNAL
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", "../../etc/passwd"

    with pytest.raises(BadModel, match="outside its own folder"):
        Model(written(tmp_path / "net.onnx", change=change))


def test_missing_data_beside_the_file_is_named(tmp_path):
    with pytest.raises(BadModel, match=r"weights\.bin"):
        Model(written(tmp_path / "net.onnx", change=external("weights.bin")))


def test_operators_of_foreign_libraries_are_refused(tmp_path):
    def change(model):
        model.graph.node[0].domain = "com.example"
        model.opset_import.append(helper.make_opsetid("com.example", 1))

    with pytest.raises(BadModel, match="ONNX Runtime cannot open"):
        Model(written(tmp_path / "net.onnx", change=change))


@pytest.mark.parametrize("name", ["notes.txt", "missing.png", "broken.png", "broken.npy", "objects.npy"])
def test_a_sample_that_cannot_be_read_is_named(ours, tmp_path, name):
    for file in ("notes.txt", "broken.png", "broken.npy"):
        (tmp_path / file).write_bytes(b"what is this")
    np.save(tmp_path / "objects.npy", np.array([{"a": 1}], object), allow_pickle=True)
    with pytest.raises(Failure, match=name.replace(".", r"\.")):
        ours.prepare(tmp_path / name)


def test_the_runtime_and_torch_are_not_loaded_before_they_are_needed():
    program = (
        "import sys, engine.infer.session; print([m for m in ('torch', 'onnx', 'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_file_runs_without_torch(tmp_path):
    path = written(tmp_path / "net.onnx")
    program = (
        "import sys, numpy; from engine.infer.session import Model\n"
        f"model = Model({str(path)!r}); model.answer(numpy.zeros((1, 1, 8, 8), 'float32'))\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")
