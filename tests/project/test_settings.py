"""Settings of the recipe by their names."""

import pytest

from engine.layers import Wrong
from engine.project.recipe import SGD, Adam, AdamW, Recipe, RMSprop
from engine.project.settings import (
    OPTIMIZERS,
    contradictions,
    known_keys,
    plain_recipe,
    read_recipe,
    value_of,
    with_settings,
    with_values,
)


def test_settings_are_read_as_their_types() -> None:
    settings = {"epochs": "3", "optimizer": "sgd", "optimizer.lr": "0.1", "optimizer.momentum": "0.9", "device": "cpu"}
    recipe = with_settings(Recipe(), {**settings, "optimizer.nesterov": "yes"})
    assert recipe == Recipe(optimizer=SGD(lr=0.1, momentum=0.9, nesterov=True), epochs=3, device="cpu")


def test_the_order_of_settings_does_not_matter() -> None:
    assert with_settings(Recipe(), {"optimizer.lr": "0.1", "optimizer": "sgd"}).optimizer == SGD(lr=0.1)


def test_another_optimizer_starts_from_its_defaults() -> None:
    recipe = Recipe(optimizer=Adam(lr=0.5, weight_decay=0.3))
    assert with_settings(recipe, {"optimizer": "adamw"}).optimizer == AdamW()


def test_the_same_optimizer_keeps_its_settings() -> None:
    recipe = Recipe(optimizer=Adam(lr=0.5))
    assert with_settings(recipe, {"optimizer": "adam", "epochs": "9"}).optimizer == Adam(lr=0.5)


def test_every_setting_can_be_set_to_what_it_is() -> None:
    for optimizer in (SGD(), Adam(), AdamW(), RMSprop()):
        recipe = Recipe(optimizer=optimizer)
        assert with_settings(recipe, {key: str(value_of(recipe, key)) for key in known_keys(recipe)}) == recipe


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("speed", "1", ["“speed”", "epochs, batch_size, validation, seed, device", "optimizer.lr"]),
        ("optimizer.nesterov", "true", ["“optimizer.nesterov”", "optimizer.beta1"]),
        ("optimizer", "magic", ["“magic”", "sgd, adam, adamw, rmsprop"]),
        ("optimizer", "", ["“”", "sgd"]),
        ("epochs", "0", ["epochs", "≥ 1", "0"]),
        ("epochs", "two", ["epochs", "whole number", "two"]),
        ("epochs", "1.5", ["epochs", "whole number"]),
        ("epochs", "9" * 5000, ["epochs", "whole number"]),
        ("batch_size", "1000001", ["batch_size", "1,000,000"]),
        ("optimizer.lr", "0", ["lr", "> 0"]),
        ("optimizer.lr", "nan", ["optimizer.lr", "a number"]),
        ("optimizer.lr", "inf", ["optimizer.lr", "a number"]),
        ("optimizer.beta1", "1", ["beta1", "< 1"]),
        ("optimizer.amsgrad", "perhaps", ["amsgrad", "true or false"]),
        ("validation", "1", ["validation", "< 1"]),
        ("device", "tpu", ["device", "auto, cpu, cuda"]),
        ("seed", "-1", ["seed", "≥ 0"]),
    ],
)
def test_a_wrong_setting_is_refused_with_what_it_takes(key: str, value: str, words: list[str]) -> None:
    with pytest.raises(Wrong) as caught:
        with_settings(Recipe(), {key: value})
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"optimizer.nesterov": "true"}, "optimizer.nesterov"),
        ({"optimizer.nesterov": "true", "optimizer.momentum": "0.9", "optimizer.dampening": "0.1"}, "dampening"),
    ],
)
def test_nesterov_needs_momentum_and_no_dampening(settings: dict[str, str], key: str) -> None:
    with pytest.raises(Wrong, match="nesterov needs") as caught:
        with_settings(Recipe(), {"optimizer": "sgd", **settings})
    assert key in caught.value.parameter


def test_a_contradiction_is_found_in_a_recipe_that_was_opened() -> None:
    assert [fault.parameter for fault in contradictions(Recipe(optimizer=SGD(nesterov=True)))] == ["optimizer.nesterov"]
    assert contradictions(Recipe(optimizer=SGD(nesterov=True, momentum=0.5))) == ()


def test_values_of_another_type_are_refused() -> None:
    for key, value in [("epochs", True), ("epochs", 2.0), ("optimizer.amsgrad", 1), ("device", 3)]:
        with pytest.raises(Wrong):
            with_values(Recipe(), {key: value})


def test_a_whole_number_may_stand_for_a_float() -> None:
    assert with_values(Recipe(), {"optimizer.lr": 1}).optimizer == Adam(lr=1.0)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_recipe_is_read_back_as_it_was_written(kind: str) -> None:
    recipe = with_settings(Recipe(), {"optimizer": kind, "optimizer.lr": "0.25", "epochs": "7"})
    faults: list[Wrong] = []
    assert read_recipe(plain_recipe(recipe), faults) == recipe
    assert faults == []


def test_the_default_recipe_is_written_as_nothing() -> None:
    assert plain_recipe(Recipe()) == {}
