"""Notes of responsibility: found, parted into names, verbs and time limits."""
