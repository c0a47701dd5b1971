"""The language of pages: what a fence means. `reader.read` gives a Page; `digest` gives what stands for its examples."""
