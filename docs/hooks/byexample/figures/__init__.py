"""Programs, terminals and recorded runs, as HTML and SVG."""
