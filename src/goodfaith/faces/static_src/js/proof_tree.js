// RFC 6962 / RFC 9162 arithmetic with WebCrypto's SHA-256. Sizes are safe integers, never bit-shifted as 32 bits.
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const leafHash = (data) => sha256(new Uint8Array([0, ...data]));
const node = (left, right) => sha256(new Uint8Array([1, ...left, ...right]));
const half = (number) => Math.floor(number / 2);

export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

// The root that the path leads to (RFC 9162, 2.1.3.2); null when the path has the wrong length for this place.
export async function rootFrom(leaf, index, size, path) {
  if (index >= size) return null;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = await node(step, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = await node(hash, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? hash : null;
}

// Whether the tree of ``newSize`` begins with the tree of ``oldSize`` (RFC 9162, 2.1.4.2); 0 < oldSize < newSize.
export async function consistent(oldSize, oldRoot, newSize, newRoot, path) {
  const whole = (size) => { let power = 1; while (power < size) power *= 2; return power === size; };
  const steps = whole(oldSize) ? [oldRoot, ...path] : [...path];
  if (!path.length || !steps.length) return false;
  let [at, last] = [oldSize - 1, newSize - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [before, after] = [steps[0], steps[0]];
  for (const step of steps.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [await node(step, before), await node(step, after)];
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else after = await node(after, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(before, oldRoot) && same(after, newRoot);
}
