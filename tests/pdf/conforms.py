"""Asks a checker of PDF/A that is not ours about files, and prints one JSON line each: what is wrong with it.

    conforms.py FILE...
"""

import json
import sys

from pdf_oxide import PdfDocument

for name in sys.argv[1:]:
    print(json.dumps(PdfDocument(name).validate_pdf_a("2b")["errors"]))
