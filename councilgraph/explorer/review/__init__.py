"""The pages of the review: the queue, one thing at a time, and what a person decides about it.

They are there only where ``serve --review`` asks for them. Everything goes through
``councilgraph.reviews.desk.Desk``, as the keyboard session does, so a decision is the same
wherever it was made.

- ``fence``: who may send a decision at all: this machine, from our own page.
- ``form``: the body of a POST as fields.
- ``board``: the queue of a build, kept; a desk for each request; one decision at a time.
- ``fields``: the form of a correction, and what of it was changed.
- ``highlight``: the paragraph with its words marked.
- ``pages``: what the pages show; ``router`` the addresses.
"""
