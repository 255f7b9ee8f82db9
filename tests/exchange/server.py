"""A strict stand-in for a FHIR R4 server and for DHIS2's /api/dataValueSets: `server.py LOG PLAN`.

Prints the port that it listens on. PLAN is what happens to one request after the other, separated by commas, and then goes
on with `ok`: `ok` answers as the server would, `drop` closes the line without a word, `page` says 200 with a page of HTML, a
number is the status of an empty answer (`429` and `503` ask for no wait). LOG gets one JSON line for each request.

FHIR: a transaction is validated as `validate.py` does, each entry must say how it is asked for, and conditional updates
find what was there. DHIS2: a value of an unknown data element (`BAD`) is left out, as a real server does, with a conflict.
"""

import json
import re
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

sys.path.insert(0, str(Path(__file__).parent))
import validate

log = open(sys.argv[1], "a", encoding="utf-8")
plan = [step for step in sys.argv[2].split(",") if step]
resources, values = {}, {}


def transaction(body):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(body)
        file.flush()
        validate.fhir(file.name)
    bundle = json.loads(body)
    assert bundle["type"] == "transaction", bundle["type"]
    answers = []
    for entry in bundle["entry"]:
        method, url = entry["request"]["method"], entry["request"]["url"]
        kind, _, query = url.partition("?")
        assert kind == entry["resource"]["resourceType"], url
        if method == "POST":
            resources[len(resources)] = entry["resource"]
            answers.append("201 Created")
            continue
        assert method == "PUT", method
        system, value = parse_qs(query, strict_parsing=True)["identifier"][0].split("|")
        identifiers = entry["resource"]["identifier"]
        identifiers = identifiers if isinstance(identifiers, list) else [identifiers]
        assert {"system": system, "value": value} in identifiers, "it would be stored under another number"
        answers.append("200 OK" if (kind, system, value) in resources else "201 Created")
        resources[kind, system, value] = entry["resource"]
    return {
        "resourceType": "Bundle",
        "type": "transaction-response",
        "entry": [{"response": {"status": answer}} for answer in answers],
    }


def data_values(body, query):
    payload, dry = json.loads(body), query["dryRun"] == ["true"]
    count, conflicts = {"imported": 0, "updated": 0, "ignored": 0, "deleted": 0}, []
    for one in payload["dataValues"]:
        assert set(one) >= {"dataElement", "period", "orgUnit", "value"}, one
        assert re.fullmatch(r"\d{6}|\d{4}W\d{1,2}|\d{4}Q[1-4]", one["period"]), one["period"]
        key = tuple(one.get(part) for part in ("dataElement", "period", "orgUnit", "categoryOptionCombo"))
        if one["dataElement"].startswith("BAD"):
            count["ignored"] += 1
            conflicts.append({"object": one["dataElement"], "value": "No such data element"})
            continue
        count["updated" if key in values else "imported"] += 1
        if not dry:
            values[key] = one["value"]
    summary = {"status": "WARNING" if conflicts else "SUCCESS", "importCount": count, "conflicts": conflicts}
    return (409 if conflicts else 200), {"httpStatus": "OK", "status": summary["status"], "response": summary}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body, kind):
        bytes_ = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(bytes_)))
        self.end_headers()
        self.wfile.write(bytes_)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        step = plan.pop(0) if plan else "ok"
        line = {"step": step, "path": self.path, "authorization": self.headers["Authorization"]}
        print(json.dumps(line | {"body": json.loads(body)}), file=log, flush=True)
        address = urlparse(self.path)
        if step == "drop":
            self.close_connection = True
        elif step == "page":
            self.answer(200, b"<html>Please log in</html>", "text/html")
        elif step != "ok":
            self.answer(int(step), b"", "text/plain")
        elif address.path == "/api/dataValueSets":
            self.answer(*data_values(body, parse_qs(address.query)), "application/json")
        elif self.headers["Content-Type"] != "application/fhir+json":
            self.answer(415, b"", "text/plain")
        else:
            try:
                self.answer(200, transaction(body), "application/fhir+json")
            except Exception as refused:
                issue = {"severity": "error", "code": "invalid", "diagnostics": str(refused)[:300]}
                outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
                self.answer(422, outcome, "application/fhir+json")


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
