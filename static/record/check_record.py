#!/usr/bin/env python3
"""Check the public record of a document made by Consult, with nothing but Python 3.8 or newer.

    python3 check_record.py RECORD.json [RECEIPT.json ...] [--hash HEX ...]

RECORD.json is what anybody may download, RECEIPT.json a receipt of your own. After --hash stand hashes you have on
paper or in a letter: the checksum of a version, the seal of a receipt or a change, or the beginnings of them.
All SHA-256 hashes are recomputed from the texts up; the first that does not hold is named, and the program ends with 1.
"""

import hashlib
import json
import sys
import unicodedata


class Broken(Exception):
    """Something does not hold; says what."""


def must(holds, what):
    if not holds:
        raise Broken(what)


def sha(content):
    return hashlib.sha256(content).digest()


def composed(value):
    if isinstance(value, list):
        return [composed(one) for one in value]
    if isinstance(value, dict):
        return {composed(key): composed(one) for key, one in value.items()}
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def record_hash(value, as_leaf=False):
    """Hash of the one spelling of a record: keys in order, no spaces, UTF-8, letters composed (NFC)."""
    spelled = json.dumps(composed(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return sha(b"\x00" + spelled) if as_leaf else sha(spelled).hex()


def tree_root(level):
    """The root of a Merkle tree (RFC 9162) over leaf hashes: nodes behind the byte 1, an odd one rises unhashed."""
    while len(level) > 1:
        pairs = [sha(b"\x01" + level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return (level[0] if level else sha(b"")).hex()


def change_hashes(record):
    """Every change hashes to what is written beside it."""
    for at, change in enumerate(record["changes"], start=1):
        must(record_hash(change["body"]) == change["hash"], f"change {at}: it was altered")


def change_order(record):
    """Changes count up from 1 and belong to this document."""
    for at, change in enumerate(record["changes"], start=1):
        must(change["body"]["number"] == at, f"change {at}: one is missing, repeated or out of order")
        must(change["body"]["document"] == record["document"], f"change {at}: it belongs to another document")


def change_chain(record):
    """Every change names the hash of the one before."""
    before = None
    for at, change in enumerate(record["changes"], start=1):
        must(change["body"]["prev"] == before, f"change {at}: it does not follow the one before")
        before = change["hash"]


def version_order(record):
    """Versions count up from 1."""
    for at, version in enumerate(record["versions"], start=1):
        must(version["number"] == at, f"version {at}: one is missing or out of order")


def version_checksums(record):
    """The checksum of a version follows from its texts and headings."""
    for version in record["versions"]:
        leaves = []
        for ordinal, section in enumerate(version["sections"]):
            leaf = {key: section[key] for key in ("section", "depth", "level", "label", "heading")}
            leaf["text"] = sha(section["text"].encode()).hex()
            leaf.update(format="consult-version-section-1", ordinal=ordinal)
            leaves.append(record_hash(leaf, as_leaf=True))
        must(tree_root(leaves) == version["checksum"], f"version {version['number']}: its text was altered")


def version_changes(record):
    """A version names the change it was published after."""
    hashes = {change["body"]["number"]: change["hash"] for change in record["changes"]}
    for version in record["versions"]:
        is_known = hashes.get(version["change"]) == version["change_hash"]
        must(is_known, f"version {version['number']}: its change is not in the chain")


def version_replay(record):
    """What stands after that change, when all changes are done again, is what the version holds."""
    standing, states = {}, {}
    for change in record["changes"]:
        for act in change["body"]["operations"]:
            if act["op"] == "remove":
                del standing[act["section"]]
            else:
                name = "rank" if act["op"] == "place" else "text"
                standing.setdefault(act["section"], {})[name] = act[name]
        order = sorted(standing.items(), key=lambda one: one[1]["rank"].encode())
        states[change["body"]["number"]] = [(section, place["text"]) for section, place in order]
    for version in record["versions"]:
        holds = [(one["section"], sha(one["text"].encode()).hex()) for one in version["sections"]]
        is_same = states.get(version["change"]) == holds
        must(is_same, f"version {version['number']}: it holds other words than the changes led to")


def receipt_chain(record):
    """Every receipt hashes to its seal and names the one before; none is missing at the end."""
    for register in record["registers"]:
        before = None
        for at, receipt in enumerate(register["receipts"], start=1):
            name = f"receipt {register['register']}/{at}"
            body = {"register": register["register"], "receipt": str(at), "prev": before}
            body.update({key: receipt[key] for key in ("received_at", "comments")}, format="consult-receipt-1")
            must(receipt["receipt"] == at, f"{name}: one is missing or out of order")
            must(record_hash(body) == receipt["hash"], f"{name}: it was altered")
            before = receipt["hash"]
        must(before == register["head"], f"register {register['register']}: receipts are missing at its end")


def act_chain(record):
    """What was said or decided beside the changes hashes to what is written and follows the act before."""
    before = None
    for at, act in enumerate(record["acts"]["kept"], start=1):
        is_said = "body" not in act or record_hash(dict(act["body"], format="consult-act-1")) == act["act"]
        must(is_said, f"act {at}: what it says was altered")
        link = {"format": "consult-act-link-1", "document": record["document"], "number": at, "prev": before}
        must(record_hash(dict(link, act=act["act"])) == act["hash"], f"act {at}: it, or one before, was altered")
        before = act["hash"]
    must(before == record["acts"]["head"], "acts are missing at the end")


CHECKS = [change_hashes, change_order, change_chain, version_order]
CHECKS += [version_checksums, version_changes, version_replay, receipt_chain, act_chain]


def check_receipt(record, mine):
    """The comments of a receipt say what you sent and are in the register. Returns their numbers."""
    name, digests = f"receipt {mine['register']}/{mine['receipt']}", []
    for comment in mine["comments"]:
        number = comment["record"]["number"]
        for field, words in comment["words"].items():
            seal = sha(bytes.fromhex(words["salt"]) + words["value"].encode()).hex()
            must(seal == comment["record"][field], f"{name}: comment {number} says something else")
        digests.append(record_hash(dict(comment["record"], format="consult-comment-1")))
    for register in record["registers"]:
        for receipt in register["receipts"]:
            if (register["register"], receipt["receipt"]) == (mine["register"], mine["receipt"]):
                must(receipt["hash"] == mine["hash"], f"{name}: the register holds another one")
                must(receipt["comments"] == digests, f"{name}: the register holds other comments")
                return [comment["record"]["number"] for comment in mine["comments"]]
    raise Broken(f"{name}: the register does not hold it")


def known_hashes(record):
    yield from (change["hash"] for change in record["changes"])
    yield from (version["checksum"] for version in record["versions"])
    yield from (act["hash"] for act in record["acts"]["kept"])
    yield from (receipt["hash"] for register in record["registers"] for receipt in register["receipts"])


def main(words):
    at = words.index("--hash") if "--hash" in words else len(words)
    files, wanted = words[:at], [word.lower() for word in words[at:] if word != "--hash"]
    if not files:
        print(__doc__)
        return 2
    try:
        record, *receipts = [json.load(open(name, encoding="utf-8")) for name in files]
        for check in CHECKS:
            check(record)
        for mine in receipts:
            print("in the register: comments", *check_receipt(record, mine))
        for beginning in wanted:
            must(any(one.startswith(beginning) for one in known_hashes(record)), f"{beginning}: no such hash in the record")
            print("in the record:", beginning)
    except Broken as broken:
        print("DOES NOT HOLD:", broken)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        print("DOES NOT HOLD: this is not a record that can be read:", repr(error))
        return 1
    receipts, acts = sum(len(one["receipts"]) for one in record["registers"]), len(record["acts"]["kept"])
    print(f"holds: {len(record['changes'])} changes, {len(record['versions'])} versions, {receipts} receipts, {acts} acts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
