"""Wrong documents made of right ones, one claim at a time, to see what a check would catch."""
