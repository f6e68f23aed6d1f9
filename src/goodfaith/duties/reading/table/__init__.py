"""Tables of division of work, in every form that a text can hold one."""
