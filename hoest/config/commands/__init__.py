"""The subcommands of `hoest`, one module each, loaded only when they are called."""
