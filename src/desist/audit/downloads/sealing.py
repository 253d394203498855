"""A file sealed with a passphrase, so that it opens on any machine that has OpenSSL:

openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in audit.csv.sealed -out audit.csv
"""

import secrets

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

MAGIC, SALT = b"Salted__", 8
ROUNDS = 600_000
KEY, BLOCK = 32, 16
SUFFIX = ".sealed"


def seal(content: bytes, *, passphrase: str) -> bytes:
    """The content, readable with the passphrase alone."""
    salt = secrets.token_bytes(SALT)
    derived = PBKDF2HMAC(SHA256(), KEY + BLOCK, salt, ROUNDS).derive(passphrase.encode())
    padder = padding.PKCS7(8 * BLOCK).padder()
    padded = padder.update(content) + padder.finalize()
    cipher = Cipher(algorithms.AES(derived[:KEY]), modes.CBC(derived[KEY:])).encryptor()
    return MAGIC + salt + cipher.update(padded) + cipher.finalize()
