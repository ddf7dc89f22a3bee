"""The least work that finds numbers in a folder of articles: what `batch.py` holds newsfacts against."""

import json
import re
import sys
from pathlib import Path

import lxml.html
import rjieba

SCAN = re.compile(r"[0-9０-９零一二两三四五六七八九十百千万亿]+(?:[.,][0-9]+)*")
SENTENCE_ENDS = re.compile(r"[。！？\n]")


def main() -> None:
    """Read, decode, parse, scan once, tag the sentences that hold a number, dump JSON."""
    for path in sorted(Path(sys.argv[1]).rglob("*.html")):
        text = lxml.html.fromstring(path.read_bytes().decode()).text_content()
        for sentence in SENTENCE_ENDS.split(text):
            spans = [match.span() for match in SCAN.finditer(sentence)]
            if spans:
                words = rjieba.tag(sentence)
                records = [{"span": span, "sentence": sentence, "words": len(words)} for span in spans]
                json.dumps(records, ensure_ascii=False)


if __name__ == "__main__":
    main()
