"""The group of all commands, and how each way to end becomes an exit status.

0 done, 1 failed, 2 misuse, 130 interrupted.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

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


class Commands(click.Group):
    """The commands by name. What looks like a file is told apart from a slip in a name."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and (Path(args[0]).suffix or Path(args[0]).exists()):
            context.fail(
                tr("{name} is no command, and no project to open: their names end in .loom.", name=args[0][:80])
            )
        return super().resolve_command(context, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="tensorloom")
def group() -> None:
    """Draw a neural network, see at once whether it fits together, train it, take it away as ONNX."""


for command in (*BEGINNING, *DRAWING, *BLOCKS, *COMPARING, *TRAINING, *MODELS, *RECOVERING):
    group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (that of the process where none is given) and gives its exit status."""
    translate(group)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file's name may be no text, a terminal know few letters
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
