"""The site in other forms: plain Markdown, notebooks to download, an archive of the programs, a feed."""
