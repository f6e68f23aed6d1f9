// Column choice: the box of each column shows or hides it; kept for this table on this device.
function setUp(choice) {
  const table = document.getElementById(choice.dataset.columnsOf);
  if (!table || choice.dataset.ready) return;
  choice.dataset.ready = "yes";
  choice.hidden = false;
  const store = `columns:${table.id}`;
  const hidden = new Set(JSON.parse(localStorage.getItem(store) ?? "null") ?? defaults(choice));
  apply(table, hidden);
  for (const box of choice.querySelectorAll("input[type=checkbox]")) {
    box.checked = !hidden.has(box.value);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(box.value);
      else hidden.add(box.value);
      localStorage.setItem(store, JSON.stringify([...hidden]));
      apply(table, hidden);
    });
  }
}

function defaults(choice) {
  return [...choice.querySelectorAll("input[type=checkbox]:not([checked])")].map((box) => box.value);
}

function apply(table, hidden) {
  for (const cell of table.querySelectorAll("[data-column]")) cell.hidden = hidden.has(cell.dataset.column);
}

function all() {
  document.querySelectorAll("[data-columns-of]").forEach((choice) => {
    delete choice.dataset.ready;
    setUp(choice);
  });
}
all();
document.addEventListener("htmx:afterSettle", all);
