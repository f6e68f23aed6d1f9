// A signed head: C2SP checkpoint (origin, size, root) in a C2SP signed note, with keys in the C2SP vkey form.
const ED25519 = 1;
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// "name+hexid+base64(kind, key)"; the name may hold a plus, the rest may hold one in its base64.
function verifier(vkey) {
  const found = /^(.+?)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey);
  if (!found) return null;
  const [, name, id, coded] = found;
  const key = bytesOf(coded);
  return { name, id, kind: key[0], key: key.slice(1) };
}

// A key's id is a hash of its name and itself, so that no other key can take its place under the same id.
async function ownId({ name, kind, key }) {
  const named = new TextEncoder().encode(`${name}\n`);
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([...named, kind, ...key]));
  return hex(new Uint8Array(digest).slice(0, 4));
}

// true or false; null when this browser has no Ed25519.
async function verified(key, signature, text) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, new TextEncoder().encode(text));
  } catch {
    return null;
  }
}

function signatures(part) {
  return part.split("\n").filter(Boolean).map((line) => {
    const [, name, coded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = coded ? bytesOf(coded) : new Uint8Array();
    return { name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4) };
  });
}

// {origin, size, root, signed: true|false|null, known, key}: one good signature of a published key of the log suffices.
export async function checkHead(note, published) {
  const parted = note.indexOf("\n\n");
  const text = note.slice(0, parted + 1);
  const [origin, size, root] = text.split("\n");
  const head = { origin, size: Number(size), root: bytesOf(root), signed: false, known: false, key: "" };
  if (parted < 0 || !Number.isSafeInteger(head.size)) throw new Error("checkpoint");
  const keys = published.keys.map((one) => verifier(one.vkey ?? one)).filter(Boolean);
  for (const { name, id, signature } of signatures(note.slice(parted + 2))) {
    const key = keys.find((one) => one.id === id && one.name === name && one.name === origin);
    if (!key) continue;
    const good = (await ownId(key)) !== id ? false : key.kind === ED25519 ? await verified(key.key, signature, text) : null;
    Object.assign(head, { known: true, signed: good, key: `${name}+${id}` });
    if (good) break;
  }
  return head;
}
