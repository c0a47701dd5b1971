"""The language of pages, read once: `reader.read` gives a Page, `digest` what stands for its examples."""
