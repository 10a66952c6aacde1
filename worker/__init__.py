"""Workers: they render in a caged child process, and couriers bring the answers."""
