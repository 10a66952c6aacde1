"""Handlers of updates: messages, commands, callbacks of buttons."""
