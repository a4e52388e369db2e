"""The panes of the window, each filled from one frozen view."""
