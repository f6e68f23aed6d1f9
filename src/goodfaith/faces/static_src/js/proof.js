// Checks, in the reader's own browser, that one entry stands in the sealed log and that the log was only added to.
// Fetches the entry's proof, the newest signed head, the keys and the path; believes none of them, computes everything.
import { checkHead } from "./proof_head.js";
import { consistent, fromHex, leafHash, rootFrom, same, sha256, toHex } from "./proof_tree.js";

const RETRY = 2000;
const LONGEST_WAIT = 60000;
const REMEMBERED = "goodfaith-log-head";

const panel = document.querySelector("[data-proof]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);

async function get(address, kind) {
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${address.split("?")[0]}`);
  return kind === "text" ? answer.text() : answer.json();
}

function say(words, key, facts = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
}

// The steps on the page: a sign, a word for the sign, a sentence. true passed, false failed, null could not be checked.
class Steps {
  constructor(list, words) {
    this.list = list;
    this.words = words;
    this.results = [];
    list.replaceChildren();
  }

  add(passed, key, facts) {
    const line = document.createElement("li");
    const kind = passed === null ? "unknown" : passed ? "passed" : "failed";
    line.className = kind;
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.textContent = passed === null ? "○ " : passed ? "✓ " : "✗ ";
    const word = document.createElement("span");
    word.className = "unseen";
    word.textContent = this.words[passed === null ? "not_checked" : passed ? "passed" : "not_passed"];
    line.append(sign, word, document.createTextNode(say(this.words, key, facts)));
    this.list.append(line);
    this.results.push(passed);
    return passed;
  }

  get worst() {
    return this.results.includes(false) ? false : this.results.includes(null) ? null : true;
  }
}

// The line and its salt give the commitment; the page shows what the line says.
async function checkLine(steps, proof, shown) {
  if (proof.withheld) return steps.add(null, "line_none");
  const bytes = new Uint8Array([...fromHex(proof.salt), ...new TextEncoder().encode(proof.line)]);
  const passed = toHex(await sha256(bytes)) === proof.commitment;
  steps.add(passed, passed ? "line_ok" : "line_bad");
  const fields = proof.line.split("\t");
  const agrees = Object.entries(shown).every(([place, value]) => fields[Number(place)] === value);
  return steps.add(agrees, agrees ? "page_ok" : "page_bad");
}

// The commitment's leaf leads along the path to the root of the head.
async function checkTree(steps, proof, head, addresses) {
  const asked = `${addresses.inclusion}?index=${proof.index}&size=${head.size}`;
  const path = (await get(asked)).path.map(fromHex);
  const root = await rootFrom(await leafHash(fromHex(proof.commitment)), proof.index, head.size, path);
  const passed = root !== null && same(root, head.root);
  steps.add(passed, passed ? "tree_ok" : "tree_bad", { steps: path.length, index: proof.index });
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED));
    return kept && Number.isSafeInteger(kept.size) && typeof kept.root === "string" ? kept : null;
  } catch {
    return null;
  }
}

// Whether this head only adds to the one that this browser saw last.
async function checkGrowth(steps, head, addresses) {
  const old = remembered();
  if (!old || old.origin !== head.origin) return steps.add(null, "first_head");
  let passed = old.size <= head.size;
  if (passed && old.size === head.size) passed = old.root === toHex(head.root);
  else if (passed && old.size > 0) {
    const path = (await get(`${addresses.consistency}?old=${old.size}&new=${head.size}`)).path.map(fromHex);
    passed = await consistent(old.size, fromHex(old.root), head.size, head.root, path);
  }
  return steps.add(passed, passed ? "grown_ok" : "grown_bad", { old: old.size });
}

function remember(head) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ origin: head.origin, size: head.size, root: toHex(head.root) }));
  } catch { /* a browser that keeps nothing simply starts anew next time */ }
}

// The proof and a head that covers it; asks again while the entry waits to be sealed.
async function sealed(addresses, wait) {
  const deadline = Date.now() + LONGEST_WAIT;
  for (;;) {
    const [proof, note] = await Promise.all([get(addresses.proof), get(addresses.checkpoint, "text")]);
    const size = Number(note.split("\n")[1]);
    if (proof.index !== null && proof.index < size) return { proof, note };
    if (Date.now() > deadline) return null;
    wait();
    await new Promise((go) => setTimeout(go, RETRY));
  }
}

async function check() {
  const words = read("proof-words");
  const addresses = read("proof-addresses");
  const steps = new Steps(panel.querySelector("[data-steps]"), words);
  const verdict = panel.querySelector("[data-verdict]");
  const conclude = (key, kind, facts) => {
    verdict.className = `notice ${kind}`;
    verdict.textContent = say(words, key, facts);
    verdict.hidden = false;
    panel.dataset.verdict = kind || "waiting";
  };
  if (!globalThis.crypto?.subtle) return conclude("no_crypto", "waiting");
  conclude("checking", "");
  const found = await sealed(addresses, () => conclude("waiting", "waiting"));
  if (!found) return conclude("still_waiting", "waiting");
  const head = await checkHead(found.note, await get(addresses.keys));
  steps.add(true, "fetched", { size: head.size });
  await checkLine(steps, found.proof, read("proof-shown"));
  await checkTree(steps, found.proof, head, addresses);
  steps.add(head.signed, { true: "signed_ok", false: head.known ? "signed_bad" : "signed_none", null: "signed_unable" }[head.signed],
    { key: head.key });
  await checkGrowth(steps, head, addresses);
  if (steps.worst !== false) remember(head);
  if (steps.worst === false) return conclude("bad", "restraint");
  return conclude(head.signed === null ? "most_ok" : "all_ok", "order");
}

const button = panel?.querySelector("[data-check]");
button?.addEventListener("click", async () => {
  button.disabled = true;
  try {
    await check();
  } catch (error) {
    const verdict = panel.querySelector("[data-verdict]");
    verdict.className = "notice restraint";
    verdict.textContent = say(read("proof-words"), "failed", { why: error.message });
    verdict.hidden = false;
    panel.dataset.verdict = "failed";
  } finally {
    button.disabled = false;
  }
});
if (button) button.hidden = false;
