"""NHS trusts and integrated care boards, as the Organisation Data Service publishes them."""
