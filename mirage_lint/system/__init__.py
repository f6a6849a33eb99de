"""The ends of the program: files written, the terminal, git asked."""
