"""Acts of Parliament, as legislation.gov.uk lists them in its feeds."""
