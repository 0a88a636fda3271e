"""Reads a value that MessageEncryption encrypted by aes-256-gcm, with PyPI's `cryptography`.

The layout is in Sources/MessageEncryption/Tokens/AESGCM.swift. Used as a program, it reads lines of
KEY_ID KEY CONTRACT TOPIC MESSAGE FIELD MESSAGE_ID TOKEN, separated by tabs, and prints each value.
"""

import sys
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def read_token(token: str, keys: dict[str, bytes], *place: str) -> bytes:
    """Returns the value of a token that was made for a place: contract, topic, message, field, message ID."""
    data = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if data[0] != 1:
        raise ValueError(f"version {data[0]}")
    wrapped_at = 2 + data[1]
    nonce_at = wrapped_at + 2 + int.from_bytes(data[wrapped_at : wrapped_at + 2])
    associated = data[:nonce_at]
    for part in place:
        associated += len(part.encode()).to_bytes(4) + part.encode()
    key = keys[data[2:wrapped_at].decode()]
    return AESGCM(key).decrypt(data[nonce_at : nonce_at + 12], data[nonce_at + 12 :], associated)


if __name__ == "__main__":
    for line in sys.stdin.readlines():
        key_id, key, *place, token = line.rstrip("\n").split("\t")
        print(read_token(token, {key_id: urlsafe_b64decode(key)}, *place).hex())
