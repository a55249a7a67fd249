"""One module for each `sonnim` sub-command: `add_parser(subparsers)` declares it, `run(args)` does it."""


class CommandError(Exception):
    """What a command says, in one sentence, before it ends with an exit code that is not 0."""
