#!/usr/bin/env python3
"""A second implementation of what tests/vectors/README.md describes, written from that text.

    vectors.py FOLDER            recomputes every output from the inputs; exit 1 where one differs
    vectors.py FOLDER --write    writes them (for new inputs only: an old output never changes)

Needs the PyPI packages blake3 and cryptography. HPKE (RFC 9180, PSK mode) is done by hand from X25519, HMAC-SHA256
and AES-256-GCM; the sealed queue, base mode over P-256, in sealed_queue.py.
"""
import base64
import hashlib
import hmac
import json
import math
import pathlib
import struct
import sys

from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import sealed_queue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CONTEXT = {
    "stub": "peertally 2026-11 card token to stub code v1",
    "card verifier": "peertally 2026-11 master key to card verifier key v1",
    "wrap": "peertally 2026-11 master key to period wrapping key v1",
    "store check": "peertally 2026-11 master key to store check key v1",
    "card": "peertally 2026-11 period salt to card pseudonym key v1",
    "import_label": "peertally 2026-11 period salt to import label key v1",
    "row_key": "peertally 2026-11 period salt to row key key v1",
    "tombstone": "peertally 2026-11 period salt to tombstone key v1",
    "clipping_order": "peertally 2026-11 period salt to clipping order key v1",
    "psk": "peertally 2026-11 period salt to seal pre-shared key v1",
}
SUBKEYS = ["card", "import_label", "row_key", "tombstone", "clipping_order", "psk"]


def derive(purpose, material, length=32):
    return blake3(material, derive_key_context=CONTEXT[purpose]).digest(length=length)


def keyed(key, parts, length):
    framed = b"".join(struct.pack("<Q", len(part)) + part for part in parts)
    return blake3(framed, key=key).digest(length=length)


def raw(key):
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


# --- Cards and receipts

def check_symbol(values):
    total = 0
    for value in values:
        total = (total ^ value) << 1
        if total & 32:
            total ^= 0b100101
    return total


def code(values, mark):
    text = "".join(ALPHABET[v] for v in [*values, check_symbol(values) ^ mark])
    return "-".join(text[i:i + 5] for i in range(0, 20, 5))


def card(case):
    values = [b & 31 for b in bytes.fromhex(case["random"])]
    token = "".join(ALPHABET[v] for v in values)
    stub = [b & 31 for b in derive("stub", token.encode(), 19)]
    symbols = "".join(ALPHABET[v] for v in stub)
    key = derive("card verifier", bytes.fromhex(case["master_key"]))
    return {"token": token, "card_code": code(values, 0), "stub_symbols": symbols, "stub_code": code(stub, 0b10101),
            "verifier_key": key.hex(), "verifier": keyed(key, [symbols.encode()], 32).hex()}


DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"]


def receipt(case):
    state = 0
    for digit in case["digits"]:
        state = int(DAMM[state][int(digit)])
    return {"receipt": case["digits"] + str(state)}


# --- What a period's salt gives

def salt(case):
    keys = {name: derive(name, bytes.fromhex(case["salt"])) for name in SUBKEYS}
    content, number = bytes.fromhex(case["content"]), case["receipt"].encode()
    by_card = keyed(keys["card"], [case["token"].encode()], 16)
    by_label = keyed(keys["import_label"], [case["label"].encode()], 16)
    unit = by_card + (b"\1" + bytes([case["week"]]) if case["week"] is not None else b"\0\0")
    rank = keyed(keys["clipping_order"], [unit, struct.pack("<I", case["cell"])], 8)
    return {"subkeys": {name: key.hex() for name, key in keys.items()},
            "card_pseudonym": by_card.hex(), "label_pseudonym": by_label.hex(),
            "row_key": keyed(keys["row_key"], [b"receipt", by_card, number], 16).hex(),
            "imported_row_key": keyed(keys["row_key"], [b"import", by_label, content, struct.pack("<I", case["nth"])], 16).hex(),
            "tombstone": keyed(keys["tombstone"], [by_card, number], 16).hex(),
            "clipping_unit": unit.hex(), "clipping_rank": str(struct.unpack("<Q", rank)[0])}


def store_check(case):
    return {"store_check": keyed(derive("store check", bytes.fromhex(case["master_key"])), [b"store"], 16).hex()}


def record(case):
    counts = [0xFFFFFFFF if c is None else c for c in case["counts"]]
    out = b"\1" + bytes.fromhex(case["pseudonym"]) + bytes([case["week"], *case["categories"]])
    out += struct.pack("<12I", *counts) + bytes(3)
    assert len(out) == 72
    return {"record": out.hex()}


# --- Secrets at rest

def wrapped(case):
    key = derive("wrap", bytes.fromhex(case["master_key"]))
    bound = f"peertally/wrapped/1/{case['purpose']}/{case['period']}"
    nonce, secret = bytes.fromhex(case["nonce"]), bytes.fromhex(case["secret"])
    out = nonce + AESGCM(key).encrypt(nonce, secret, bound.encode())
    assert AESGCM(key).decrypt(out[:12], out[12:], bound.encode()) == secret
    return {"wrapping_key": key.hex(), "associated_data": bound, "wrapped": out.hex()}


# --- RFC 9180: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002, PSK mode 0x01

KEM_SUITE = b"KEM" + b"\x00\x20"
HPKE_SUITE = b"HPKE" + b"\x00\x20\x00\x01\x00\x02"


def extract(suite, salt_bytes, label, material):
    return hmac.digest(salt_bytes or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def expand(suite, key, label, info, length):
    info, block, out = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, b"", b""
    while len(out) < length:
        block = hmac.digest(key, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:length]


def derive_pair(material):
    private = expand(KEM_SUITE, extract(KEM_SUITE, b"", b"dkp_prk", material), b"sk", b"", 32)
    return private, raw(X25519PrivateKey.from_private_bytes(private).public_key())


def shared_secret(agreed, encapsulated, public):
    key = extract(KEM_SUITE, b"", b"eae_prk", agreed)
    return expand(KEM_SUITE, key, b"shared_secret", encapsulated + public, 32)


def schedule(shared, psk, psk_id, info):
    context = b"\1" + extract(HPKE_SUITE, b"", b"psk_id_hash", psk_id) + extract(HPKE_SUITE, b"", b"info_hash", info)
    secret = extract(HPKE_SUITE, shared, b"secret", psk)
    return expand(HPKE_SUITE, secret, b"key", context, 32), expand(HPKE_SUITE, secret, b"base_nonce", context, 12)


def period_bytes(period):
    year, rest = period.split("-")
    return struct.pack(">h", int(year)) + rest[0].encode() + bytes([int(rest[1:])])


def sealed(case):
    private, public = derive_pair(bytes.fromhex(case["private_key_ikm"]))
    ephemeral = X25519PrivateKey.from_private_bytes(bytes.fromhex(case["ephemeral_private_key"]))
    encapsulated = raw(ephemeral.public_key())
    psk = derive("psk", bytes.fromhex(case["salt"]))
    bound = b"".join(bytes([len(p)]) + p for p in [b"\1", period_bytes(case["period"]), bytes.fromhex(case["row_key"])])
    agreed = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    shared = shared_secret(agreed, encapsulated, public)
    key, nonce = schedule(shared, psk, case["period"].encode(), b"peertally/row/1")
    out = b"\1" + encapsulated + AESGCM(key).encrypt(nonce, bytes.fromhex(case["record"]), bound)
    # And the receiver's side, from the sealed bytes alone.
    agreed = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(out[1:33]))
    key, nonce = schedule(shared_secret(agreed, out[1:33], public), psk, case["period"].encode(), b"peertally/row/1")
    assert AESGCM(key).decrypt(nonce, out[33:], bound).hex() == case["record"]
    return {"private_key": private.hex(), "public_key": public.hex(), "key_id": hashlib.sha256(public).hexdigest()[:16],
            "psk": psk.hex(), "encapsulated_key": encapsulated.hex(), "associated_data": bound.hex(),
            "sealed": out.hex()}


# --- Public files

def number(value):
    """A number as RFC 8785 (ECMAScript) writes it."""
    if isinstance(value, int):
        return str(value)
    assert math.isfinite(value)
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    part = part if part != "0" else ""
    point = len(whole) + int(power or 0)
    digits = (whole + part).lstrip("0")
    point -= len(whole + part) - len((whole + part).lstrip("0"))
    digits = digits.rstrip("0")
    n, k = point, len(digits)
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    tail = ("." + digits[1:]) if k > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if n > 0 else '-'}{abs(n - 1)}"


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(k)}:{canonical(value[k])}" for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(v) for v in value) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def release(case):
    text = canonical(case["release"])
    return {"canonical": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def log(case):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(case["seed"]))
    public, name = raw(key.public_key()), case["origin"]
    short = hashlib.sha256(name.encode() + b"\n\1" + public).digest()[:4]
    entries = [canonical(entry) for entry in case["entries"]]
    leaves = [hashlib.sha256(b"\0" + entry.encode()).digest() for entry in entries]
    text = f"{name}\n{len(leaves)}\n{base64.b64encode(root(leaves)).decode()}\n"
    signature = base64.b64encode(short + key.sign(text.encode())).decode()
    return {"verifier_key": f"{name}+{short.hex()}+{base64.b64encode(bytes([1]) + public).decode()}",
            "canonical_entries": entries, "leaf_hashes": [leaf.hex() for leaf in leaves], "root": root(leaves).hex(),
            "checkpoint": f"{text}\n— {name} {signature}\n"}


# --- Key files of offline custody

def key_file(case):
    kind, key = f"peertally/{case['kind']}-key/1 ".encode(), bytes.fromhex(case["key"])
    assert len(key) == 32
    return {"line": (kind + (key + hashlib.sha256(kind + key).digest()[:4]).hex().encode() + b"\n").decode()}


FILES = {"cards": card, "receipts": receipt, "salts": salt, "store_checks": store_check, "records": record,
         "wrapped": wrapped, "sealed": sealed, "releases": release, "logs": log,
         "key_files": key_file, "queue": sealed_queue.queue}


def main(folder, write):
    sealed_queue.check_rfc()
    wrong = 0
    for name, compute in FILES.items():
        path = pathlib.Path(folder, name + ".json")
        cases = json.loads(path.read_text(encoding="utf-8"))
        assert cases, path
        for at, case in enumerate(cases):
            expected = case.get("output")
            output = compute(case["input"])
            if write:
                assert expected in (None, output), f"{path} {at}: an old output never changes"
                case["output"] = output
            elif output != expected:
                wrong += 1
                for key in sorted(output.keys() | (expected or {}).keys()):
                    if output.get(key) != (expected or {}).get(key):
                        print(f"{path.name}, case {at}, {key}: {output.get(key)} is not {(expected or {}).get(key)}")
        if write:
            path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(cases)} cases")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv))
