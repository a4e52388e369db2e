"""This computer: folders, secrets, clock, log, resources."""
