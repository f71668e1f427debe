"""The `hoest` command: loads each subcommand lazily and speaks one clear sentence on bad input.

Exit codes: 0 done, 1 an error in Høst, 2 bad input or a state the user can mend.
"""

from __future__ import annotations

import importlib
import keyword
import pkgutil
import sys

import click

from hoest.foundation.faults import Fault

COMMANDS = "hoest.config.commands"


class CommandFolder(click.Group):
    """A click group whose subcommands are the modules of `hoest.config.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the command names: the modules of the folder."""
        package = importlib.import_module(COMMANDS)
        names = (module.name for module in pkgutil.iter_modules(package.__path__))
        # `import` is a word of the language, so its module is `import_`.
        return sorted(name.rstrip("_") for name in names if name != "tests")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or answer None when there is no such module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = (
            f"{COMMANDS}.{cmd_name}_" if keyword.iskeyword(cmd_name) else f"{COMMANDS}.{cmd_name}"
        )
        command: click.Command = importlib.import_module(module).command
        return command


@click.group(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
def hoest() -> None:
    """Høst: fra løfte til gevinst i hånden."""


def in_danish(error: click.UsageError) -> str:
    """Say in one Danish sentence what is wrong with a command line."""
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        if isinstance(error.param, click.Option):
            name = error.param.opts[-1]
        return f"Der mangler {name}."
    if isinstance(error, click.NoSuchOption):
        near = f" Mente du {error.possibilities[0]}?" if error.possibilities else ""
        return f"Tilvalget {error.option_name} findes ikke.{near}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[-1] if isinstance(error.param, click.Option) else "værdien"
        return f"{name} kan ikke være som skrevet ({error.message.rstrip('.')})."
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return "Der mangler en kommando."
    if "No such command" in error.message:
        return f"Kommandoen {error.message.split(chr(39))[1]} findes ikke."
    if "unexpected extra argument" in error.message:
        return "Der står mere på linjen, end kommandoen tager."
    return error.format_message()


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result = hoest.main(args=argv, prog_name="hoest", standalone_mode=False)
    except Fault as fault:
        click.echo(str(fault), err=True)
        return 2
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "hoest"
        click.echo(f"{in_danish(error)} Prøv '{place} --help'.", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afbrudt.", err=True)
        return 130
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
