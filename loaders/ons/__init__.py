"""Areas and their lookups, as the Office for National Statistics publishes them."""
