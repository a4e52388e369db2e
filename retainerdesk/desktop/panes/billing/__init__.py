"""The parts of the billing screen."""
