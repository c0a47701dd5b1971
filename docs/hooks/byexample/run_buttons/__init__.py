"""Which programs can run in the reader's browser, and what a site takes for that."""
