"""Training as a whole, on a small network: what it tells, what it keeps, how it stops, and what it refuses."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from msgspec.structs import replace

from engine.data.values import Progress
from engine.layers import with_parameters
from engine.messages import Began, Done, Epoch, Failed, Step, frame, read_event
from engine.project.file import load
from engine.project.project import Data, Project
from engine.project.recipe import SGD, Adam, AdamW, Optimizer, Recipe, RMSprop
from engine.text import say, text
from engine.train.checkpoints import read_checkpoint
from engine.train.curves import read_curves
from engine.train.evaluate import evaluate
from engine.train.loading import load_run
from engine.train.runs import list_runs, read_run
from tests.train.conftest import Trainer

pytestmark = pytest.mark.trains


def with_recipe(project: Project, **fields: object) -> Project:
    return replace(project, recipe=replace(project.recipe, **fields))


def with_layer(project: Project, name: str, **parameters: object) -> Project:
    graph = project.graph
    node = graph.nodes[name]
    layer = with_parameters(node.layer, **parameters)
    return project.with_graph(replace(graph, nodes={**graph.nodes, name: replace(node, layer=layer)}))


def weights(run: str, checkpoint: str = "last") -> dict[str, torch.Tensor]:
    return dict(read_checkpoint(Path(run), checkpoint).weights)


def same_bits(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_it_learns_and_tells_of_every_epoch(project: Project, trained: Trainer) -> None:
    last, events = trained(with_recipe(project, epochs=8, optimizer=Adam(lr=0.05)))
    assert isinstance(last, Done) and events[-1] is last
    assert last.metrics["accuracy"] > 0.9
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [event.epoch for event in epochs] == list(range(1, 9))
    assert epochs[-1].training["loss"] < epochs[0].training["loss"]
    best = [event for event in epochs if event.best][-1]
    assert (last.best_epoch, last.metrics) == (best.epoch, best.validation)


def test_it_says_what_it_trains_on(project: Project, trained: Trainer) -> None:
    _, events = trained(project)
    (began,) = [event for event in events if isinstance(event, Began)]
    assert (began.training_samples, began.validation_samples) == (180, 20)
    assert began.steps == 2 * 6
    assert began.parameters == (4 * 8 + 8) + 2 * 8 + (8 * 3 + 3)
    assert [event.step for event in events if isinstance(event, Step)][-1] == 12


def test_every_event_crosses_the_process_boundary(project: Project, trained: Trainer) -> None:
    _, events = trained(project)
    assert [read_event(frame(event)) for event in events] == events


def test_a_run_folder_holds_what_is_needed_to_understand_and_use_it(project: Project, trained: Trainer) -> None:
    last, _ = trained(project, name="points", settings={"epochs": "3", "optimizer.lr": "0.01"})
    folder = Path(last.run)
    assert folder.name.endswith("-points")
    run = read_run(folder)
    assert (run.state, run.epochs_done, run.best_epoch) == ("done", 3, last.best_epoch)
    assert run.recipe.optimizer == Adam(lr=0.01)
    assert [column.name for column in run.columns] == ["features", "label"]
    assert load(folder / "project.loom").recipe == run.recipe
    environment = json.loads((folder / "environment.json").read_text())
    assert environment["packages"]["torch"] == torch.__version__
    assert environment["seed"] == 0 and environment["threads"] >= 1
    assert "epoch 3 at step 18" in (folder / "log.txt").read_text()
    assert next((folder / "tensorboard").glob("events.out.tfevents.*")).stat().st_size > 100
    assert [summary.run for summary in list_runs(folder.parent)] == [run]


def test_the_curves_are_those_of_the_events(project: Project, trained: Trainer) -> None:
    last, events = trained(project)
    curves = read_curves(Path(last.run))
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert curves.validation["loss"].values == tuple(event.validation["loss"] for event in epochs)
    steps = [event for event in events if isinstance(event, Step)]
    assert curves.steps["loss"].steps == tuple(event.step for event in steps)


def test_the_same_seed_gives_the_same_bits_and_another_does_not(project: Project, trained: Trainer) -> None:
    one, two, other = (trained(with_recipe(project, seed=seed))[0].run for seed in (5, 5, 6))
    assert same_bits(weights(one), weights(two))
    assert not same_bits(weights(one), weights(other))


@pytest.mark.parametrize(
    "optimizer",
    [SGD(), SGD(momentum=0.9, nesterov=True), Adam(amsgrad=True), AdamW(), RMSprop(momentum=0.5, centered=True)],
)
def test_a_run_that_goes_on_ends_with_the_bits_of_one_never_interrupted(
    project: Project, trained: Trainer, optimizer: Optimizer
) -> None:
    project = with_recipe(project, optimizer=optimizer)
    whole, _ = trained(with_recipe(project, epochs=4))
    half, _ = trained(with_recipe(project, epochs=2))
    last, events = trained(Project(), resume=Path(half.run), settings={"epochs": "4"})
    assert isinstance(last, Done) and last.run == half.run
    assert same_bits(weights(last.run), weights(whole.run))
    assert [event.epoch for event in events if isinstance(event, Epoch)] == [3, 4]
    assert last.metrics == whole.metrics
    assert read_curves(Path(last.run)).validation == read_curves(Path(whole.run)).validation


def test_a_run_stopped_in_mid_epoch_goes_on_with_the_same_bits(project: Project, trained: Trainer) -> None:
    whole, told = trained(with_recipe(project, epochs=3))
    stopped, _ = trained(with_recipe(project, epochs=3), stop_after=10)
    assert isinstance(stopped, Done) and stopped.stopped
    assert 0 < read_checkpoint(Path(stopped.run), "last").standing.position < 6
    last, events = trained(Project(), resume=Path(stopped.run))
    assert isinstance(last, Done) and not last.stopped
    assert same_bits(weights(last.run), weights(whole.run))
    ends = [[event.training for event in these if isinstance(event, Epoch)][-2:] for these in (told, events)]
    assert ends[0] == ends[1]


def test_stopped_before_the_first_epoch_ended_there_is_something_to_use(project: Project, trained: Trainer) -> None:
    last, _ = trained(project, stop_after=3)
    assert isinstance(last, Done) and last.stopped and not last.metrics
    assert read_run(Path(last.run)).state == "stopped"
    assert evaluate(Path(last.run), "best").samples == 20


def test_stopped_while_the_data_is_read_nothing_is_left(
    project: Project, trained: Trainer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.train import session

    real = session.open_data

    def slowly(source: str, progress: Progress, sizes: object) -> object:
        progress(text("Reading"), 1, 2)
        return real(source, progress, sizes)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "open_data", slowly)
    last, _ = trained(project, stop_after=0)
    assert isinstance(last, Failed) and "nothing was trained yet" in say(last.text)
    assert not (tmp_path / "runs").exists()


def test_a_run_that_has_done_all_epochs_says_how_to_go_on(project: Project, trained: Trainer) -> None:
    done, _ = trained(project)
    last, _ = trained(Project(), resume=Path(done.run))
    assert isinstance(last, Failed) and "set epochs to more" in say(last.text)


def test_a_run_that_goes_on_keeps_its_recipe(project: Project, trained: Trainer) -> None:
    done, _ = trained(project)
    last, _ = trained(Project(), resume=Path(done.run), settings={"optimizer.lr": "1"})
    assert isinstance(last, Failed) and "optimizer.lr cannot be set" in say(last.text)


def test_where_the_last_checkpoint_is_damaged_a_run_goes_on_from_the_best(project: Project, trained: Trainer) -> None:
    stopped, _ = trained(with_recipe(project, epochs=3), stop_after=10)
    folder = Path(stopped.run)
    broken = folder / "checkpoints" / str(read_checkpoint(folder, "last").standing.step) / "weights.safetensors"
    broken.write_bytes(broken.read_bytes()[:-1])
    last, events = trained(Project(), resume=folder)
    assert isinstance(last, Done)
    assert "The checkpoint “best” is whole" in " ".join(say(e.text) for e in events if hasattr(e, "text"))


def test_evaluation_measures_the_best_checkpoint_on_validation_data(project: Project, trained: Trainer) -> None:
    last, _ = trained(project)
    found = evaluate(Path(last.run))
    assert (found.part, found.samples) == ("validation", 20)
    assert found.metrics == pytest.approx(last.metrics)


def test_evaluation_measures_test_data_where_there_is_some(project: Project, trained: Trainer, tmp_path: Path) -> None:
    with np.load(tmp_path / "points.npz") as points:
        parts = {f"{name}_train": points[name] for name in points} | {
            f"{name}_test": points[name][:50] for name in points
        }
    np.savez(tmp_path / "parts.npz", **parts)
    last, _ = trained(project, data=f"npz:{tmp_path / 'parts.npz'}")
    found = evaluate(Path(last.run))
    assert (found.part, found.samples) == ("test", 50)


def test_a_loaded_run_gives_the_answers_that_it_gave_in_training(project: Project, trained: Trainer) -> None:
    last, _ = trained(project)
    loaded = load_run(Path(last.run))
    assert not loaded.network.module.training
    feed = loaded.feed(loaded.open_data(), "validation", torch.device("cpu"))
    batch = feed.batch(torch.arange(20))
    hits = loaded.network.answers(batch)[0].argmax(1) == batch["label"]
    assert hits.double().mean().item() == pytest.approx(last.metrics["accuracy"])


def test_several_outputs_are_trained_together(project: Project, trained: Trainer) -> None:
    graph = project.graph
    head = replace(graph.nodes["output1"], layer=with_parameters(graph.nodes["output1"].layer, weight=0.5))
    project = project.with_graph(replace(graph, nodes={**graph.nodes, "output2": head}))
    last, _ = trained(project)
    assert isinstance(last, Done)
    assert last.metrics["loss"] == pytest.approx(1.5 * last.metrics["output1.loss"], rel=1e-5)
    assert "output2.accuracy" in last.metrics


def test_a_batch_of_one_left_over_does_not_stop_batch_norm(project: Project, trained: Trainer) -> None:
    last, events = trained(with_recipe(project, batch_size=179))
    assert isinstance(last, Done)
    assert next(event for event in events if isinstance(event, Began)).steps == 2


def test_a_network_with_errors_is_refused_by_its_node(project: Project, trained: Trainer) -> None:
    graph = project.graph
    nodes = {**graph.nodes, "linear2": replace(graph.nodes["linear2"], inputs={})}
    last, _ = trained(project.with_graph(replace(graph, nodes=nodes)))
    assert isinstance(last, Failed) and last.node == "linear2" and not last.run


def test_what_no_machine_has_memory_for_is_refused(project: Project, trained: Trainer) -> None:
    last, events = trained(with_layer(project, "linear1", out_features=10**12))
    assert isinstance(last, Failed) and not any(isinstance(event, Began) for event in events)
    sentence = say(last.text)
    assert "Training needs about 1.2 PB of memory: 160 TB for the weights" in sentence and "smaller" in sentence


def test_what_does_not_fit_now_is_refused_with_need_and_room(
    project: Project, trained: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.train.session.free_on", lambda device: 64_000_000)
    last, _ = trained(project)
    assert isinstance(last, Failed)
    assert "needs about 67.1 MB of memory" in say(last.text) and "has 64.0 MB free" in say(last.text)


def test_without_data_it_says_where_to_get_some(project: Project, trained: Trainer) -> None:
    last, _ = trained(replace(project, data=Data()))
    assert isinstance(last, Failed) and "No data is chosen" in say(last.text)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_cuda_without_a_gpu_is_a_sentence(project: Project, trained: Trainer) -> None:
    last, _ = trained(project, settings={"device": "cuda"})
    assert isinstance(last, Failed) and "asks for a CUDA GPU" in say(last.text)


def test_a_run_in_training_is_not_trained_twice(project: Project, trained: Trainer) -> None:
    from engine.lock import lock

    stopped, _ = trained(with_recipe(project, epochs=3), stop_after=10)
    with lock(Path(stopped.run)) as held:  # type: ignore[union-attr]
        assert held is not None
        last, _ = trained(Project(), resume=Path(stopped.run))
    assert isinstance(last, Failed) and "is being trained already" in say(last.text)


def test_folders_that_cannot_be_written_are_a_sentence(project: Project, trained: Trainer, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file is in the way")
    last, _ = trained(project)
    assert isinstance(last, Failed) and "cannot be written" in say(last.text)


def test_a_checkpoint_is_written_every_few_minutes(
    project: Project, trained: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = trained(project)
    monkeypatch.setattr("engine.train.progress.CHECKPOINT_SECONDS", 0.0)
    last, _ = trained(project)
    assert isinstance(last, Done)
    assert same_bits(weights(last.run), weights(whole.run))


def test_the_recipe_is_that_of_the_settings(project: Project, trained: Trainer) -> None:
    last, _ = trained(project, settings={"optimizer": "sgd", "optimizer.momentum": "0.5", "batch_size": "60"})
    assert read_run(Path(last.run)).recipe == Recipe(SGD(momentum=0.5), epochs=2, batch_size=60, device="cpu")
