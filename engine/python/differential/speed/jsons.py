"""JSON written and read."""
import json


def main():
    data = {"people": [{"name": "Ann %d" % n, "age": n, "tags": ["a", "b", "ü"], "balance": n * 1.25, "gone": None,
                        "ok": n % 2 == 0} for n in range(150)]}
    size = 0
    for _ in range(6):
        text = json.dumps(data)
        size += len(text)
        again = json.loads(text)
        size += len(again["people"])
    size += len(json.dumps(data, indent=2, sort_keys=True))
    return size
