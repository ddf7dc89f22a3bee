"""From bytes to a Document: decoding, front matter, HTML, records, sentences, and the folded shadow of the text."""
