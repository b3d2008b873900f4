"""A controller's own privacy notice: what it says, and where it promises less than the law gives. Pure."""
