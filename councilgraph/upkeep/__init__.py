"""Whether a store is whole, and making it whole again from its own files."""
