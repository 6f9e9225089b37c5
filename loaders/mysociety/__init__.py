"""Local authority names and codes, as mySociety publishes them."""
