"""How rows of lists are painted, in the colours of the theme."""
