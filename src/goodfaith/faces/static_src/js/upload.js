// A form with data-upload sends its file with a progress bar; without scripts it is an ordinary form.
const megabyte = 1024 * 1024;

function size(bytes) {
  return bytes < megabyte ? `${Math.max(1, Math.round(bytes / 1024))} KiB` : `${(bytes / megabyte).toFixed(1)} MiB`;
}

for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector(".chosen");
  const tooBig = drop.querySelector(".too-big");
  const show = () => {
    const file = input.files[0];
    chosen.textContent = file ? `${file.name} · ${size(file.size)}` : "";
    const over = Boolean(file) && file.size > Number(drop.dataset.maxBytes || Infinity);
    tooBig.hidden = !over;
    input.setCustomValidity(over ? tooBig.textContent.trim() : "");
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"])
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const bar = form.querySelector("progress");
    const failed = form.querySelector(".upload-failed");
    if (!bar || !form.checkValidity()) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll("button");
    const stop = () => { buttons.forEach((button) => { button.disabled = false; }); failed.hidden = false; };
    request.open("POST", form.action || location.href);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.max = total;
      bar.value = loaded;
      form.querySelector(".sent").textContent = `${size(loaded)} / ${size(total)}`;
    });
    request.addEventListener("load", () => {
      const came = request.responseURL || location.href;
      if (request.status >= 500) return stop();
      if (came !== location.href && request.status < 400) return location.assign(came);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", stop);
    failed.hidden = true;
    bar.closest(".progress").hidden = false;
    buttons.forEach((button) => { button.disabled = true; });
    request.send(new FormData(form));
  });
}
