"""What kill -9, a full disk, a read-only folder and a second writer do to a user's data."""
