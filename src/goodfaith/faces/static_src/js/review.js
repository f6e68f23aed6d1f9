// The reviewing screen: words and their duty show each other, single keys move on, selected words become a duty.
const screen = document.querySelector("[data-review]");
const text = screen?.querySelector(".doc-text");
const pane = screen?.querySelector(".review-text .pane");
const panel = () => document.getElementById("panel");
let moving = false;

// What the panel says now: each duty's state on its words, the open one in sight, its doubts unfolded.
function show() {
  const open = panel().dataset.open;
  for (const row of panel().querySelectorAll("[data-state]"))
    for (const words of text.querySelectorAll(`.w[data-duty="${row.dataset.duty}"]`)) {
      words.classList.remove("pending", "accepted", "dropped");
      words.classList.add(row.dataset.state);
    }
  for (const one of text.querySelectorAll("[data-duty]")) one.classList.toggle("here", one.dataset.duty === open);
  for (const why of text.querySelectorAll("details.why-here")) why.open = Boolean(open) && why.dataset.duties.split(" ").includes(open);
  inSight(pane, open && text.querySelector(`.w[data-duty="${open}"]`));
  inSight(panel().querySelector(".pane"), panel().querySelector("li.here"));
}

function inSight(box, thing) {
  if (!thing || box.scrollHeight <= box.clientHeight) return;
  box.scrollTop += thing.getBoundingClientRect().top - box.getBoundingClientRect().top - 24;
}

function openFrom(event) {
  const duty = event.target.closest?.("[data-duty]")?.dataset.duty;
  if (!duty || event.target.closest("summary") || String(getSelection())) return;
  const link = panel().querySelector(`li[data-duty="${duty}"] .line a`);
  const pin = text.querySelector(`.pin[data-duty="${duty}"]`);
  if (!link && !pin) return;
  event.preventDefault();
  if (link) link.click();
  else window.htmx.ajax("GET", pin.href, { target: "#panel", swap: "outerHTML" });
}

// Characters as the server counts them: code points, without the numbers that were put between.
function place(node, offset) {
  const line = (node.nodeType === 1 ? node : node.parentElement)?.closest(".doc-text > li");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  const part = before.cloneContents();
  for (const extra of part.querySelectorAll(".pin, .why-here")) extra.remove();
  return Number(line.dataset.start) + [...part.textContent].length;
}

function selected() {
  const add = document.getElementById("add-duty");
  const chosen = getSelection();
  if (!add) return;
  add.dataset.plain ??= add.textContent;
  const inside = chosen.rangeCount && !chosen.isCollapsed && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode);
  const range = inside && chosen.getRangeAt(0);
  const from = range && place(range.startContainer, range.startOffset);
  const to = range && place(range.endContainer, range.endOffset);
  const whole = range && from !== null && to !== null && to > from;
  add.href = whole ? `${add.dataset.base}?start=${from}&end=${to}` : add.dataset.base;
  add.textContent = whole ? add.dataset.selected : add.dataset.plain;
  add.classList.toggle("primary", Boolean(whole));
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const asked = panel().querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (!asked || !panel().contains(event.target)) return;
  event.preventDefault();
  moving = true;
  asked.click();
}

if (screen && text) {
  text.addEventListener("click", openFrom);
  document.addEventListener("selectionchange", selected);
  document.addEventListener("keydown", key);
  document.addEventListener("click", (event) => { if (event.target.closest?.("#panel")) moving = true; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "panel" && event.target?.id !== "panel") return;
    history.replaceState(null, "", panel().dataset.url);
    show();
    if (moving) panel().querySelector("#open-duty")?.focus({ preventScroll: true });
    moving = false;
  });
  show();
}
