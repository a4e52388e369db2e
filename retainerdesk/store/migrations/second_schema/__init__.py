"""What revision 0002 made, frozen: never edited, never importing live tables."""
