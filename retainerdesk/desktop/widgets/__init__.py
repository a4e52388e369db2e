"""Small widgets that every pane is built from; see README.md beside this file."""
