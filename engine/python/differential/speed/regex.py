"""Regular expressions as interviews use them: checks, searches, replacements."""
import re

PHONE = re.compile(r"^\(?(\d{3})\)?[ -]?(\d{3})-?(\d{4})$")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")


def main():
    found = 0
    text = "On 2024-05-17 Ann (ann@example.com) called; on 2025-01-02 Bob.B@mail.example.org wrote. " * 10
    for n in range(40):
        for m in DATE.finditer(text):
            found += int(m.group("day"))
        found += len(MAIL.findall(text))
        if PHONE.match("(617) 555-%04d" % n):
            found += 1
        found += len(re.sub(r"\s+", " ", text)) + len(re.split(r"[;,.] ", text))
        found += len(re.sub(r"(\d+)-(\d+)", lambda m: m.group(2) + "/" + m.group(1), text))
    return found
