"""Numbers as people read them: 5.6 MFLOPs, 0.4 MB, 93,322 parameters."""

import math

from engine.text import tr

_POWERS = ((10**15, "P"), (10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))
_BEYOND = 10**18


def flops_text(flops: int) -> str:
    """Floating-point operations: "5.6 MFLOPs"."""
    return tr("{amount}FLOPs", amount=_scaled(flops))


def bytes_text(count: int) -> str:
    """Bytes in decimal units: "0.4 MB", "312 bytes"."""
    if count < 1000:
        return tr("{count} bytes", count=count)
    if count < 100_000:
        return tr("{amount} kB", amount=_digits(count / 1e3))
    return tr("{amount}B", amount=_scaled(count, at_least=10**6))


def parameters_text(count: int) -> str:
    """Trainable numbers: "93,322 parameters"."""
    if count >= _BEYOND:
        return tr("{amount}parameters", amount=_scaled(count))
    return tr("1 parameter") if count == 1 else tr("{count} parameters", count=count)


def layers_text(count: int) -> str:
    """Layers: "12 layers"."""
    return tr("1 layer") if count == 1 else tr("{count} layers", count=count)


def problems_text(count: int) -> str:
    """Problems: "no problems", "2 problems"."""
    if not count:
        return tr("no problems")
    return tr("1 problem") if count == 1 else tr("{count} problems", count=count)


def _scaled(number: int, at_least: int = 0) -> str:
    """The number with its unit's letter: "5.6 M", "812 "; what no letter is large enough for: "1.2e32 "."""
    if number >= _BEYOND:
        return f"{_power_of_ten(number)} "
    for power, letter in _POWERS:
        if number >= power or power == at_least:
            return f"{_digits(number / power)} {letter}"
    return f"{number:,} "


def _power_of_ten(number: int) -> str:
    """A number that is too large for a float, or to be written out: a drawing may multiply sizes without end."""
    power = int((number.bit_length() - 1) * math.log10(2))
    tenths = number // 10 ** (power - 1)
    if tenths >= 100:
        power, tenths = power + 1, tenths // 10
    return f"{tenths / 10:g}e{power}"


def _digits(number: float) -> str:
    """Two digits or all before the point: 5.6, 56, 0.4."""
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"
