"""Values and rules of retainers. Standard library only: no input or output, no clock."""
