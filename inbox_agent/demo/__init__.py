"""A company that does not exist, with its mail servers on loopback: the product shown on real wires."""
