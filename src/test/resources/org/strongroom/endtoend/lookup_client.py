"""A client of leak lookups that shares no code with the vault: Python's own library alone.

  lookup_client.py key EMAIL                    prints prefix and suffix of an address
  lookup_client.py blind TEXT                   prints a blinded element and what finish needs
  lookup_client.py finish TEXT SECRET ELEMENT   prints prefix and suffix of an identifier

OPRF(P-256, SHA-256), mode 0, by RFC 9497 and RFC 9380. Plain arithmetic, for tests: it takes its
time, and lets that tell what it computes with.
"""

import hashlib
import secrets
import sys

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A = P - 3
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
Z = P - 10
SUITE = b"OPRFV1-\x00-P256-SHA256"


def expand(message, tag, length):
    tag += bytes([len(tag)])
    first = hashlib.sha256(
        bytes(64) + message + length.to_bytes(2, "big") + b"\0" + tag
    ).digest()
    block, out = bytes(32), b""
    for i in range(1, (length + 31) // 32 + 1):
        mixed = bytes(x ^ y for x, y in zip(first, block))
        block = hashlib.sha256(mixed + bytes([i]) + tag).digest()
        out += block
    return out[:length]


def to_curve(u):
    """The simplified map of Shallue, van de Woestijne and Ulas (RFC 9380, 6.6.2)."""
    t = (Z * Z * pow(u, 4, P) + Z * u * u) % P
    x = (-B * pow(A, -1, P) * (1 + pow(t, -1, P))) % P if t else B * pow(Z * A, -1, P) % P
    y = root(x)
    if y is None:
        x = Z * u * u * x % P
        y = root(x)
    return (x, y if y % 2 == u % 2 else P - y)


def root(x):
    square = (x**3 + A * x + B) % P
    y = pow(square, (P + 1) // 4, P)
    return y if y * y % P == square else None


def add(one, other):
    if one is None or other is None:
        return other if one is None else one
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] ** 2 + A) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope**2 - one[0] - other[0]) % P
    return (x, (slope * (one[0] - x) - one[1]) % P)


def times(point, scalar):
    out = None
    for bit in bin(scalar)[2:]:
        out = add(out, out)
        if bit == "1":
            out = add(out, point)
    return out


def hash_to_group(message):
    wide = expand(message, b"HashToGroup-" + SUITE, 96)
    one, other = (int.from_bytes(wide[i : i + 48], "big") % P for i in (0, 48))
    return add(to_curve(one), to_curve(other))


def encode(point):
    return bytes([2 + point[1] % 2]) + point[0].to_bytes(32, "big")


def decode(element):
    x = int.from_bytes(element[1:], "big")
    y = root(x)
    return (x, y if y % 2 == element[0] % 2 else P - y)


def show(digest):
    print(digest.hex()[:4], digest.hex()[4:32])


def main(act, text, *more):
    message = text.encode()
    if act == "key":
        show(hashlib.sha256(message).digest())
    elif act == "blind":
        secret = secrets.randbelow(N - 1) + 1
        print(encode(times(hash_to_group(message), secret)).hex(), "%064x" % secret)
    elif act == "finish":
        secret, element = int(more[0], 16), bytes.fromhex(more[1])
        point = encode(times(decode(element), pow(secret, -1, N)))
        parts = [len(message).to_bytes(2, "big"), message, len(point).to_bytes(2, "big"), point]
        show(hashlib.sha256(b"".join(parts) + b"Finalize").digest())


main(*sys.argv[1:])
