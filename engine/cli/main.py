"""The group of all commands, and how each way to end becomes an exit status.

0 done, 1 failed, 2 misuse, 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence

import click

from engine import __version__
from engine.cli.beginning import COMMANDS as BEGINNING
from engine.cli.blocks import COMMANDS as BLOCKS
from engine.cli.comparing import COMMANDS as COMPARING
from engine.cli.drawing import COMMANDS as DRAWING
from engine.cli.help import translate
from engine.cli.models import COMMANDS as MODELS
from engine.cli.printing import complain
from engine.cli.recovering import COMMANDS as RECOVERING
from engine.cli.training import COMMANDS as TRAINING
from engine.text import Failure, tr

DONE, FAILED, MISUSE, INTERRUPTED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="tensorloom")
def group() -> None:
    """Draw a neural network, see at once whether it fits together, train it, take it away as ONNX."""


for command in (*BEGINNING, *DRAWING, *BLOCKS, *COMPARING, *TRAINING, *MODELS, *RECOVERING):
    group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (that of the process where none is given) and gives its exit status."""
    translate(group)
    try:
        status = group.main(arguments, prog_name="tensorloom", standalone_mode=False)
    except Failure as failure:
        complain(str(failure))
        return FAILED
    except click.ClickException as error:
        error.show()
        return MISUSE
    except (KeyboardInterrupt, click.Abort):
        complain(tr("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _unexpected(error)
    return status if isinstance(status, int) else DONE


def _unexpected(error: Exception) -> int:
    """A fault of ours: said in a sentence; with TENSORLOOM_DEBUG set, raised with all that Python knows."""
    if os.environ.get("TENSORLOOM_DEBUG"):
        raise error
    complain(
        tr(
            "Something went wrong inside Tensorloom ({kind}: {what}). Set TENSORLOOM_DEBUG=1 to see where.",
            kind=type(error).__name__,
            what=str(error),
        )
    )
    return FAILED
