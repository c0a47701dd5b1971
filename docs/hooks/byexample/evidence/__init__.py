"""What runs prove: reports as the harness writes them, and what the site says because of them."""
