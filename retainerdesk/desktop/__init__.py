"""Qt and nothing but the screen."""
