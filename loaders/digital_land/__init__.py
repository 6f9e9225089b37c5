"""Local authorities as organisations, as digital-land publishes them."""
