"""Official letters: facts in plain dataclasses go in, a PDF comes out.

Each kind is a function ``kind(head, facts) -> Letter`` (:mod:`.course`, :mod:`.decisions`, :mod:`.answers`,
:mod:`.guide`, :mod:`.units`); :func:`.letter.render` prints it. They are documents of the platform and so in Chinese,
whatever language the page of whoever makes them has.
"""
