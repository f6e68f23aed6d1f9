// Passkeys (WebAuthn): fills the form's hidden credential and sends it. A form is
//   data-passkey="add" | "check" with its options in #passkey-options, or "log-in" with data-options to fetch them.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function told(options) {
  const key = { ...options, challenge: bytes(options.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return key;
}

function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function add() {
  const { creation_options } = JSON.parse(document.getElementById("passkey-options").textContent);
  const publicKey = told(creation_options.publicKey);
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
  };
  return navigator.credentials.create({ publicKey });
}

async function check(form) {
  let given;
  if (form.dataset.options) {
    const answer = await fetch(form.dataset.options, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    given = await answer.json();
  } else {
    given = JSON.parse(document.getElementById("passkey-options").textContent);
  }
  return navigator.credentials.get({ publicKey: told(given.request_options.publicKey) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const why = form.querySelector(".why[role=alert]");
  form.querySelector("button").addEventListener("click", async () => {
    why.hidden = true;
    try {
      const credential = await (form.dataset.passkey === "add" ? add() : check(form));
      form.elements.credential.value = JSON.stringify(plain(credential));
      form.submit();
    } catch {
      why.textContent = form.dataset.failed;
      why.hidden = false;
    }
  });
}
