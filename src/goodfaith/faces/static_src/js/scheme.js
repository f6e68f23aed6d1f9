// The button that goes round: system, light, dark.
const order = ["", "light", "dark"];
const root = document.documentElement;

function show(button) {
  const now = root.dataset.theme ?? "";
  button.textContent = button.dataset[`name${now ? now[0].toUpperCase() + now.slice(1) : "System"}`];
}

for (const button of document.querySelectorAll("[data-scheme]")) {
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(root.dataset.theme ?? "") + 1) % order.length];
    if (next) root.dataset.theme = next;
    else delete root.dataset.theme;
    if (next) localStorage.setItem("theme", next);
    else localStorage.removeItem("theme");
    show(button);
    document.dispatchEvent(new CustomEvent("scheme"));
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("scheme")));
