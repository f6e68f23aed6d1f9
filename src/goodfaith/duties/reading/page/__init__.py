"""From a page to one stream of words: what a page, a site or a program put around and into them goes first."""
