"""What the actions of the window do, an area each. Slots of the action specs."""
