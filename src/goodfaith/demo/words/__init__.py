"""Words that the invented city is made of. Nothing here is the name of a real person, company or place."""
