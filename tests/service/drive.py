"""Drives `hemozoin serve` as strangers, crowds and power cuts do: drive.py PROGRAM SCHEMATHESIS."""

import concurrent.futures
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import requests
import trustme
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parents[2]
SLIDES, CLIENTS = 200, 16
# That of the drawn field, in um per pixel: small pictures whose scale is guessed would be read as large ones.
SCALE = 0.14
# Seconds in which a slide has to find a place in a queue that is always full.
PATIENCE = 1200


class Service:
    def __init__(self, program, out, *flags):
        self.command = [program, "--lang", "en", "serve", "--quiet", "--out", str(out), *flags]
        self.start("127.0.0.1:0")

    def start(self, listen):
        command = [*self.command, "--listen", listen]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line:
            sys.exit("the service did not start")
        self.address = line.rstrip("/")

    def kill_and_start(self):
        self.process.kill()
        self.process.wait()
        self.start(self.address.removeprefix("http://"))

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


def pictures():
    """A picture of its own for each slide, cut out of a field that our renderer drew."""
    field = Image.open(HERE / "samples/reference-thick.png").convert("RGB")
    for at in range(SLIDES):
        x, y = (at * 7) % (field.width - 200), (at * 11) % (field.height - 200)
        out = io.BytesIO()
        field.crop((x, y, x + 200, y + 200)).save(out, "PNG")
        yield out.getvalue()


def send(service, at, picture):
    """Sends a slide until it is accepted; a client whose line broke sends the same again. Returns its id."""
    facts = json.dumps({"slide": f"s{at:03}", "um_per_px": SCALE})
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        try:
            parts = [("thick", ("1.png", picture)), ("facts", (None, facts))]
            answer = requests.post(f"{service.address}/v1/slides", files=parts, timeout=60)
        except requests.ConnectionError:
            time.sleep(0.2)
            continue
        if answer.status_code in (200, 202):
            return answer.json()["id"]
        if answer.status_code not in (429, 503):
            sys.exit(f"slide {at}: {answer.status_code} {answer.text}")
        # Sooner than it asks, so that the queue stays full.
        time.sleep(0.2)
    sys.exit(f"slide {at} was never accepted")


def load(program):
    with tempfile.TemporaryDirectory() as folder:
        service = Service(program, folder, "--queue", "24")
        accepted, lock = [], threading.Lock()

        def one(job):
            number = send(service, *job)
            with lock:
                accepted.append(number)
                half = len(accepted) == SLIDES // 2
            if half:
                service.kill_and_start()

        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(one, enumerate(pictures())))
        states = {}
        for number in accepted:
            while states.get(number) not in ("read", "failed"):
                states[number] = requests.get(f"{service.address}/v1/slides/{number}", timeout=60).json()["state"]
                if states[number] in ("waiting", "reading"):
                    time.sleep(0.2)
        took = time.monotonic() - began
        code = service.stop()
        records = len(list((pathlib.Path(folder) / "records").glob("*.json")))
        whole = len(set(accepted)) == records == SLIDES and set(states.values()) == {"read"}
        print(f"load: {len(set(accepted))} slides accepted from {CLIENTS} clients, killed once, {records} records, {took:.0f} s, exit code {code}")
        if not whole or code != 3:
            sys.exit("a slide that was accepted is lost")


def example(program):
    """The program of docs/service.md, as it stands there."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(program, folder)
        command = [sys.executable, HERE / "docs/examples/service.py", service.address, "thick", HERE / "samples/patient-1/goutte-epaisse/01.jpg"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        print("example:", done.stdout.strip(), done.stderr.strip())
        service.stop()
        if done.returncode:
            sys.exit("the example of docs/service.md does not run")


def encrypted(program):
    """Another computer's way: a token, and TLS with a certificate of an authority of our own."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        authority = trustme.CA()
        certificate = authority.issue_cert("127.0.0.1")
        authority.cert_pem.write_to_path(folder / "authority.pem")
        certificate.private_key_pem.write_to_path(folder / "key.pem")
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(folder / "chain.pem", append=True)
        (folder / "token").write_text("a-token-that-nobody-guesses\n")
        flags = ["--token-file", folder / "token", "--certificate", folder / "chain.pem", "--key", folder / "key.pem"]
        service = Service(program, folder / "out", *map(str, flags))
        trusted = {"verify": folder / "authority.pem", "timeout": 10}
        shown = {"Authorization": "Bearer a-token-that-nobody-guesses"}
        codes = [requests.get(f"{service.address}/metrics", headers=h, **trusted).status_code for h in ({}, shown)]
        service.stop()
        print("encrypted:", service.address.split(":")[0], codes)
        if codes != [401, 200]:
            sys.exit("TLS or the token does not hold")


def described(program, schemathesis):
    """What is answered is what /openapi.json says, whatever is asked."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(program, pathlib.Path(folder) / "out", "--most-megabytes", "1", "--within", "30")
        command = [schemathesis, "run", f"{service.address}/openapi.json", "--seed", "27", "--max-examples", "40", "--checks", "all"]
        # Nobody has to show anything on this computer; a queue that is full is no fault; any bytes of a part may be a picture,
        # and one that cannot be read is part of the record; a record is there once the slide has been read.
        passed_over = ["ignored_auth", "positive_data_acceptance", "negative_data_rejection", "ensure_resource_availability"]
        command += ["--exclude-checks", ",".join(passed_over)]
        # What it keeps between runs stays out of the checkout.
        code = subprocess.run(command, timeout=1200, cwd=folder).returncode
        alive = requests.get(f"{service.address}/health", timeout=10).status_code == 204
        service.stop()
        if code or not alive:
            sys.exit(f"schemathesis objects ({code}), alive: {alive}")


if __name__ == "__main__":
    program, schemathesis = sys.argv[1:]
    load(program)
    example(program)
    encrypted(program)
    described(program, schemathesis)
