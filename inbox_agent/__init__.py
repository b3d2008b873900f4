"""What to do: pure rules, acting services, adapters that touch wires, faces that show."""
