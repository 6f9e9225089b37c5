"""Companies of the United Kingdom, as Companies House's basic company data has them."""
