// htmx, with the CSRF token of the page (the cookie is not readable by scripts) and no evaluated code.
import htmx from "htmx.org/dist/htmx.esm.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

// A failed request says so where the answer would have stood.
document.addEventListener("htmx:sendError", (event) => say());
document.addEventListener("htmx:responseError", (event) => say());

function say() {
  const box = document.getElementById("request-failed");
  if (box) box.hidden = false;
}
document.addEventListener("htmx:afterOnLoad", (event) => {
  const box = document.getElementById("request-failed");
  if (box && event.detail.successful) box.hidden = true;
});
