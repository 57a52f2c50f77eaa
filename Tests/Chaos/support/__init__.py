"""What the chaos trials share: the program, the sandbox, the clock, and what a run left behind."""
