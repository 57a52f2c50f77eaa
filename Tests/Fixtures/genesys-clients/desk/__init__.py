"""What agents' desktops and wallboards do, one thing a file."""
