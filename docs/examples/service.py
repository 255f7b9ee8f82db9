"""Sends the pictures of a slide to `hemozoin serve` and prints what was found: service.py ADDRESS FILM PICTURE..."""

import sys
import time

import requests

address, film, *pictures = sys.argv[1:]
parts = [(film, (path.rsplit("/", 1)[-1], open(path, "rb"))) for path in pictures]
# What is known of this slide, such as {"slide": "17"}. Counts of white or red cells are this patient's own, as measured.
parts.append(("facts", (None, "{}")))
while (answer := requests.post(f"{address}/v1/slides", files=parts, timeout=60)).status_code == 429:
    time.sleep(int(answer.headers["Retry-After"]))
    for _, (_, file, *_) in parts[:-1]:
        file.seek(0)
answer.raise_for_status()
slide = answer.json()
while slide["state"] in ("waiting", "reading"):
    time.sleep(0.5)
    slide = requests.get(f"{address}/v1/slides/{slide['id']}", timeout=60).json()
if slide["state"] == "failed":
    sys.exit(slide["fault"])
result = requests.get(address + slide["record"], timeout=60).json()["result"]["patient"]
print(result["state"])
# Nobody has looked at it: what it would be if a reader confirms every suspect.
proposed = result.get("if_confirmed") or {}
for figure in ("density_per_ul", "parasitaemia_percent"):
    if proposed.get(figure) is not None:
        print(f"{figure}, if confirmed:", proposed[figure])
