"""Government organisations, as the closed GOV.UK register has them."""
