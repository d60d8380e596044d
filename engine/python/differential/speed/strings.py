"""Texts put together, split, searched and changed."""


def main():
    out = []
    for n in range(3000):
        line = "household " + str(n) + ", " + "street " * 3
        line = line.strip().replace("street", "road").upper()
        out.append(line)
    text = "\n".join(out)
    count = 0
    for line in text.split("\n"):
        if line.startswith("HOUSEHOLD") and "ROAD" in line:
            count += len(line.split(" "))
    built = ""
    for n in range(2000):
        built += "x"
    return count, len(built)
