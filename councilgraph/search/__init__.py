"""Full text over the findings."""
