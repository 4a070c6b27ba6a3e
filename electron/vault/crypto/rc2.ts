/**
 * RC2 in CBC mode (RFC 2268), decryption only. Old PKCS#12 files keep their certificates under it and no current
 * crypto library reads it any more; it protects nothing that Sealbook writes.
 */

const table = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

/** Decrypts whole blocks and takes the padding off; null when the padding is not one, as with a wrong key. */
export function decryptRc2(key: Uint8Array, effectiveBits: number, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  if (data.length === 0 || data.length % 8 !== 0) return null;
  const schedule = expandKey(key, effectiveBits);
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let offset = 0; offset < data.length; offset += 8) {
    const block = data.subarray(offset, offset + 8);
    const decrypted = decryptBlock(schedule, block);
    for (let index = 0; index < 8; index += 1) plain[offset + index] = at(decrypted, index) ^ at(previous, index);
    previous = block;
  }
  const padding = at(plain, plain.length - 1);
  if (padding < 1 || padding > 8 || plain.subarray(-padding).some((byte) => byte !== padding)) return null;
  return plain.subarray(0, plain.length - padding);
}

/** RFC 2268, section 2: 64 words from the key. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const effectiveBytes = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits);
  for (let index = key.length; index < 128; index += 1) {
    bytes[index] = at(table, (at(bytes, index - 1) + at(bytes, index - key.length)) & 0xff);
  }
  bytes[128 - effectiveBytes] = at(table, at(bytes, 128 - effectiveBytes) & mask);
  for (let index = 127 - effectiveBytes; index >= 0; index -= 1) {
    bytes[index] = at(table, at(bytes, index + 1) ^ at(bytes, index + effectiveBytes));
  }
  return Uint16Array.from({ length: 64 }, (_, index) => at(bytes, 2 * index) | (at(bytes, 2 * index + 1) << 8));
}

/** RFC 2268, section 4. */
function decryptBlock(key: Uint16Array, block: Uint8Array): Uint8Array {
  const words = Uint16Array.from({ length: 4 }, (_, index) => at(block, 2 * index) | (at(block, 2 * index + 1) << 8));
  let next = 63;
  const shifts = [1, 2, 3, 5];
  const unmix = () => {
    for (let index = 3; index >= 0; index -= 1) {
      const shift = at(shifts, index);
      const rotated = (at(words, index) >> shift) | (at(words, index) << (16 - shift));
      const [one, two, three] = [at(words, (index + 3) % 4), at(words, (index + 2) % 4), at(words, (index + 1) % 4)];
      words[index] = rotated - at(key, next) - (one & two) - (~one & three);
      next -= 1;
    }
  };
  const unmash = () => {
    for (let index = 3; index >= 0; index -= 1) words[index] = at(words, index) - at(key, at(words, (index + 3) % 4) & 63);
  };
  for (let round = 0; round < 5; round += 1) unmix();
  unmash();
  for (let round = 0; round < 6; round += 1) unmix();
  unmash();
  for (let round = 0; round < 5; round += 1) unmix();
  return Uint8Array.from({ length: 8 }, (_, index) => at(words, index >> 1) >> (8 * (index & 1)));
}

/** An element that is there: every index above is below the length of its list. */
function at(list: ArrayLike<number>, index: number): number {
  return Number(list[index]);
}
