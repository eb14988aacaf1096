// The browser's part of passkeys. The server's question comes by a POST, the
// answer goes back with the form, and the form's own answer says what became of
// it. Without this module no button is there.
const known = "PublicKeyCredential" in window;
for (const text of document.querySelectorAll("[data-without-passkeys]")) text.hidden = known;

// Bytes travel as base64 for addresses. Browsers of today have this themselves,
// but not all that can use passkeys.
const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) => {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

/** Asks the person, by whatever their browser shows. */
const answer = async (call, asked) => {
  const publicKey = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) publicKey.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) publicKey.excludeCredentials = named(asked.excludeCredentials);
  if (asked.allowCredentials) publicKey.allowCredentials = named(asked.allowCredentials);
  const { id, rawId, type, response } = await navigator.credentials[call]({ publicKey });
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (call === "create") {
    said.attestationObject = text(response.attestationObject);
  } else {
    said.authenticatorData = text(response.authenticatorData);
    said.signature = text(response.signature);
    said.userHandle = response.userHandle && text(response.userHandle);
  }
  return { id, rawId: text(rawId), type, response: said };
};

/** What is said of an error: the person's own words for it are few. */
const reason = { AbortError: "refused", InvalidStateError: "known", NotAllowedError: "refused" };

const begin = async (part) => {
  const form = part.closest("form");
  const button = part.querySelector("button");
  const alert = part.querySelector("[role=alert]");
  const { passkey: call, from, ...words } = part.dataset;
  if (button.ariaBusy === "true") return;
  // A code is not needed where a passkey is shown.
  if (call === "create" && !form.reportValidity()) return;
  button.ariaBusy = "true";
  alert.textContent = "";
  try {
    const asked = await fetch(from, { method: "POST", redirect: "manual" });
    // Where nothing is asked, the form's own answer says why.
    const said = asked.ok ? await answer(call, await asked.json()) : {};
    form.elements.passkey.value = JSON.stringify(said);
    form.submit();
  } catch (error) {
    alert.textContent = words[reason[error.name] ?? "failed"];
    button.ariaBusy = "false";
  }
};

for (const part of known ? document.querySelectorAll("[data-passkey]") : []) {
  const form = part.closest("form");
  const button = part.querySelector("button");
  button.addEventListener("click", () => begin(part));
  // Who types a code after all means that; `submit()` above tells nobody.
  form.addEventListener("submit", () => {
    form.elements.passkey.value = "";
  });
  // The one thing that a form can do which was not there before.
  if (form.hidden) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin(part);
    });
  }
  form.hidden = button.hidden = false;
}
// A page that comes back as it was left still waits for an answer.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
