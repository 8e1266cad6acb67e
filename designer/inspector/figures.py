"""Numbers as people read them: 5.6 MFLOPs, 0.4 MB, 93,322 parameters."""

from engine.text import tr

_POWERS = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def flops_text(flops: int) -> str:
    """Floating-point operations: "5.6 MFLOPs"."""
    return tr("{amount}FLOPs", amount=_scaled(flops))


def bytes_text(count: int) -> str:
    """Bytes in decimal units: "0.4 MB", "312 bytes"."""
    if count < 1000:
        return tr("{count} bytes", count=count)
    if count < 100_000:
        return tr("{amount} kB", amount=_digits(count / 1e3))
    return tr("{amount}B", amount=_scaled(count, at_least=1e6))


def parameters_text(count: int) -> str:
    """Trainable numbers: "93,322 parameters"."""
    return tr("1 parameter") if count == 1 else tr("{count} parameters", count=count)


def layers_text(count: int) -> str:
    """Layers: "12 layers"."""
    return tr("1 layer") if count == 1 else tr("{count} layers", count=count)


def problems_text(count: int) -> str:
    """Problems: "no problems", "2 problems"."""
    if not count:
        return tr("no problems")
    return tr("1 problem") if count == 1 else tr("{count} problems", count=count)


def _scaled(number: float, at_least: float = 0) -> str:
    """The number with its unit's letter: "5.6 M", "812 "."""
    for power, letter in _POWERS:
        if number >= power or power == at_least:
            return f"{_digits(number / power)} {letter}"
    return f"{number:,.0f} "


def _digits(number: float) -> str:
    """Two digits or all before the point: 5.6, 56, 0.4."""
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"
