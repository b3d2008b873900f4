"""The commands, one module each: parse, call, print. Errors are phrased by the door, `inbox_agent.cli`."""
