"""Whatever comes in, a layer answers with specs or a misfit, in numbers of any size, and its fixes are told in JSON."""

import itertools

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.graph import Fix, Spec, dim_at, free
from engine.layers import Misfit, catalogue, outputs
from engine.layers.sizes import sample_numel
from tests.layers.draws import draws

LAYERS = [id for id, cls in catalogue().items() if cls.about.family != "Input and output"]
LARGE = {"N": 10**9, "T": 10**9}
SETS = {
    id: [one.layer for one in itertools.islice(draws(catalogue()[id], seed=4), 60) if one.layer is not None]
    for id in LAYERS
}

sizes = st.one_of(
    st.integers(1, 12),
    st.sampled_from([1, 3, 784, 10**6, 10**12]),
    st.sampled_from([free("N"), free("T"), 2 * free("T") + 1, (free("T") + 1) // 2]),
)
specs = st.builds(
    Spec,
    st.one_of(
        st.lists(sizes, min_size=1, max_size=6).map(tuple),
        st.lists(sizes, min_size=1, max_size=4).map(lambda rest: (free("N"), *rest)),
    ),
    st.sampled_from(["float32", "float32", "float32", "int64", "bool"]),
)


@pytest.mark.parametrize("id", LAYERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_layer_answers_with_specs_or_a_misfit(id, data):
    layer = data.draw(st.sampled_from(SETS[id]))
    ports = type(layer).about.inputs
    several = data.draw(st.integers(1, 3)) if ports[0].variadic else len(ports)
    inputs = tuple(data.draw(specs) for _ in range(several))
    try:
        made = outputs(layer.infer(*inputs))
    except Misfit as misfit:
        assert misfit.port in [port.name for port in ports] and str(misfit).endswith(".")
        told = msgspec.json.decode(msgspec.json.encode(misfit.fixes), type=tuple[Fix, ...])
        assert [type(fix) for fix in told] == [type(fix) for fix in misfit.fixes]
        return
    for output in made:
        assert all(dim_at(size, LARGE) > 0 for size in output.shape)
        assert sample_numel(output) > 0
    layer.torch(*inputs)
    assert all(size > 0 for shape in layer.weights(*inputs).values() for size in shape)
    assert layer.flops(*inputs) >= 0
    assert layer.onnx_limit(*inputs) is None or str(layer.onnx_limit(*inputs)).endswith(".")
