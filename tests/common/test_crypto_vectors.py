"""Published vectors: the ciphers and digests under our suites are the ones that the standards mean."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as chmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from goodfaith.common.crypto import Aead, Sm4Gcm, cipher

SM4_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


def _sm4(block: bytes, times: int) -> bytes:
    worker = Cipher(algorithms.SM4(SM4_KEY), modes.ECB()).encryptor()
    for _ in range(times):
        block = worker.update(block)
    return block


@pytest.mark.parametrize(
    ("times", "wanted"),
    [(1, "681edf34d206965e86b3e94f536e4246"), (1_000_000, "595298c7c6fd271f0402f804c33d3f66")],
    ids=["once", "a million times"],
)
def test_sm4_block(times: int, wanted: str) -> None:
    """GB/T 32907-2016, appendix A: key and text are the same 16 bytes."""
    assert _sm4(SM4_KEY, times).hex() == wanted


SM3 = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]


@pytest.mark.parametrize(("text", "wanted"), SM3, ids=["abc", "64 bytes"])
def test_sm3(text: bytes, wanted: str) -> None:
    """GB/T 32905-2016, appendix A."""
    worker = hashes.Hash(hashes.SM3())
    worker.update(text)
    assert worker.finalize().hex() == wanted


HMAC_SM3 = [
    (
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopqabcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmno"
        b"mnopnopq",
        "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a",
    ),
    (
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425",
        b"\xcd" * 50,
        "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae",
    ),
]


@pytest.mark.parametrize(("key", "text", "wanted"), HMAC_SM3, ids=["256 bits", "296 bits"])
def test_hmac_sm3(key: str, text: bytes, wanted: str) -> None:
    """GM/T 0042-2015, appendix D.3."""
    worker = chmac.HMAC(bytes.fromhex(key), hashes.SM3())
    worker.update(text)
    assert worker.finalize().hex() == wanted


GCM = [
    (  # RFC 8998, appendix A.1
        "sm",
        "0123456789abcdeffedcba9876543210",
        "00001234567800000000abcd",
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffff"
        "eeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15"
        "a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    ),
    (  # The Galois/Counter Mode of Operation (McGrew, Viega), test case 16
        "aes",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
        "b16aedf5aa0de657ba637b39",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
        "c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
    (  # the same, test case 14
        "aes", "00" * 32, "00" * 12, "00" * 16, "",
        "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("suite", "key", "nonce", "text", "bound", "sealed", "tag"), GCM)
def test_gcm(suite: str, key: str, nonce: str, text: str, bound: str, sealed: str, tag: str) -> None:
    """What the suites' ciphers give, both ways; and one flipped bit is noticed."""
    worker: Aead = cipher(suite, bytes.fromhex(key))
    made = worker.encrypt(bytes.fromhex(nonce), bytes.fromhex(text), bytes.fromhex(bound))
    assert made.hex() == sealed + tag
    assert worker.decrypt(bytes.fromhex(nonce), made, bytes.fromhex(bound)).hex() == text
    with pytest.raises(InvalidTag):
        worker.decrypt(bytes.fromhex(nonce), made[:-1] + bytes([made[-1] ^ 1]), bytes.fromhex(bound))


def test_sm4_takes_the_first_half_of_a_key() -> None:
    """Keys are 32 bytes in both suites, so that one file of keys serves either."""
    whole = SM4_KEY + bytes(16)
    assert Sm4Gcm(whole).encrypt(bytes(12), b"x", b"") == Sm4Gcm(SM4_KEY).encrypt(bytes(12), b"x", b"")
