"""The charts, drawn with QPainter from frozen plain values; see README.md beside this file."""
