// Small courtesies: filters that send themselves, the error summary in focus, details that close, print, copy.
document.querySelector(".error-summary")?.focus();

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-send-on-change]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-do]");
  if (asked?.dataset.do === "print" || event.target.closest("[data-print]")) window.print();
  if (asked?.dataset.do === "copy") navigator.clipboard?.writeText(asked.dataset.text).then(() => { asked.textContent = asked.dataset.done; });
  for (const open of document.querySelectorAll("details.closes[open]")) if (!open.contains(event.target)) open.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const open of document.querySelectorAll("details.closes[open], details.law-chip[open]")) open.open = false;
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const box = document.querySelector(".find input[type=search]");
    if (box) { event.preventDefault(); box.focus(); }
  }
});

window.addEventListener("beforeprint", () => {
  for (const more of document.querySelectorAll(".record-card details.more, .chart details")) more.open = true;
});
