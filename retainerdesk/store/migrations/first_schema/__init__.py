"""The tables of revision 0001 as they were, frozen: never edited, never importing live tables."""
