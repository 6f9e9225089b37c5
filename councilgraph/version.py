"""The one place that says which version this is."""

__version__ = "0.1.0"
# How we name ourselves to other people's servers.
AGENT = f"councilgraph/{__version__} (+https://w3id.org/councilgraph)"
