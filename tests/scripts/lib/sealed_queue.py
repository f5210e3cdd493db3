"""The sealed queue of tests/vectors/README.md, a second time: HPKE (RFC 9180) in base mode over P-256, by hand from the
curve, HMAC-SHA256 and AES-GCM of the PyPI package cryptography.

RFC 9180 has no example of P-256 with AES-256-GCM. Appendix A.3.1 has P-256 with AES-128-GCM, which differs by a number
in the suite's name and by the length of the key: `check_rfc` must find it right before any vector is computed.
"""
import base64
import hashlib
import hmac
import struct

from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey, derive_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEM = b"KEM\x00\x10"
AES_128, AES_256 = b"HPKE\x00\x10\x00\x01\x00\x01", b"HPKE\x00\x10\x00\x01\x00\x02"
KEY_BYTES = {AES_128: 16, AES_256: 32}
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
INFO = b"peertally/queue/1"
WRAP = "peertally 2026-11 master key to queue wrapping key v1"
PLAIN = 2048


def extract(suite, salt, label, material):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def expand(suite, key, label, info, length):
    info, block, out = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, b"", b""
    while len(out) < length:
        block = hmac.digest(key, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:length]


def point(private):
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derive_pair(material):
    """Section 7.1.3: candidates are numbered until one is a scalar of the curve."""
    secret = extract(KEM, b"", b"dkp_prk", material)
    for counter in range(256):
        candidate = int.from_bytes(expand(KEM, secret, b"candidate", bytes([counter]), 32), "big")
        if 0 < candidate < ORDER:
            return derive_private_key(candidate, SECP256R1())
    raise ValueError("no scalar in 256 candidates")


def number(private):
    return private.private_numbers().private_value.to_bytes(32, "big")


def shared_secret(own, other, encapsulated, public):
    agreed = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), other))
    return expand(KEM, extract(KEM, b"", b"eae_prk", agreed), b"shared_secret", encapsulated + public, 32)


def schedule(suite, shared, info):
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    secret = extract(suite, shared, b"secret", b"")
    return expand(suite, secret, b"key", context, KEY_BYTES[suite]), expand(suite, secret, b"base_nonce", context, 12)


def check_rfc():
    of = bytes.fromhex
    ephemeral = derive_pair(of("4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e"))
    assert number(ephemeral).hex() == "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"
    enc = of("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c"
             "9bfcb9382657222d18c4")
    receiver = derive_pair(of("668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550"))
    assert number(receiver).hex() == "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"
    public = of("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80"
                "e30f1d128aafd68a2ce72ea0")
    assert (point(ephemeral), point(receiver)) == (enc, public)
    shared = shared_secret(ephemeral, public, enc, public)
    assert shared == shared_secret(receiver, enc, enc, public)
    assert shared.hex() == "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8"
    key, nonce = schedule(AES_128, shared, b"Ode on a Grecian Urn")
    assert (key.hex(), nonce.hex()) == ("868c066ef58aae6dc589b6cfdd18f97e", "4e0bc5018beba4bf004cca59")
    sealed = AESGCM(key).encrypt(nonce, b"Beauty is truth, truth beauty", b"Count-0")
    assert sealed.hex() == ("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434")


def queue(case):
    """One case of queue.json."""
    of = bytes.fromhex
    private, ephemeral = derive_pair(of(case["private_key_ikm"])), derive_pair(of(case["ephemeral_key_ikm"]))
    public, encapsulated = point(private), point(ephemeral)
    key_id = hashlib.sha256(public).digest()[:8]
    plain = case["text"].encode()
    plain += b" " * (PLAIN - len(plain))
    assert len(plain) == PLAIN
    key, nonce = schedule(AES_256, shared_secret(ephemeral, public, encapsulated, public), INFO)
    sealed = key_id + encapsulated + AESGCM(key).encrypt(nonce, plain, key_id)
    # And the receiver's side, from the sealed bytes alone.
    key, nonce = schedule(AES_256, shared_secret(private, sealed[8:73], sealed[8:73], public), INFO)
    assert AESGCM(key).decrypt(nonce, sealed[73:], sealed[:8]) == plain
    # The private half at rest.
    wrapping = blake3(of(case["master_key"]), derive_key_context=WRAP).digest()
    bound, nonce = f"peertally/wrapped/1/queue/{case['week']}", of(case["nonce"])
    wrapped = nonce + AESGCM(wrapping).encrypt(nonce, number(private), bound.encode())
    return {"private_key": number(private).hex(), "public_key": public.hex(), "queue_key_id": key_id.hex(),
            "queue_key": base64.urlsafe_b64encode(public).rstrip(b"=").decode(), "encapsulated_key": encapsulated.hex(),
            "sealed": sealed.hex(), "wrapping_key": wrapping.hex(), "associated_data": bound, "wrapped": wrapped.hex()}
