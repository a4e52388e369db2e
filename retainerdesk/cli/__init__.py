"""The program from a shell: every command of the book without a display. Imports no Qt."""
