// The embedded and popup windows of Data Connect, on wide screens. Without
// this module, or wherever it gives up, the form posts and the page leaves.
const form = document.querySelector("form[data-window]");
const button = form?.querySelector("button");
const status = form?.querySelector("[data-said]");
const say = (text) => {
  status.textContent = text ?? "";
};
// A phone always gets the whole page, so that the institution's app can open.
const wide = matchMedia("(min-width: 48rem) and (pointer: fine)");
const told = form?.querySelector(".where-to");
const tell = () => {
  if (told) told.hidden = !wide.matches;
};
tell();
wide.addEventListener("change", tell);

form?.addEventListener("submit", (event) => {
  if (!wide.matches) return;
  event.preventDefault();
  if (button.ariaBusy === "true") return;
  const popup = form.dataset.window === "Popup";
  // Opened in the click itself: after the call to the server it is blocked.
  // The SDK opens its address in the window of this name.
  const place = `popup,width=520,height=720,left=${screenX + (outerWidth - 520) / 2},top=${screenY + 60}`;
  const empty = popup ? open("", "targetWindow", place) : null;
  if (popup && !empty) return leave(null);
  launch(empty).catch(() => leave(empty));
});

/** The whole page leaves instead. The form's own answer says what is wrong. */
const leave = (empty) => {
  empty?.close();
  if (form.dataset.window === "Popup") say(form.dataset.failed);
  form.submit();
};

/** Asks for a link and shows it. */
const launch = async (empty) => {
  busy(true);
  say("");
  const repairs = form.dataset.connection;
  const what = repairs
    ? { connection: repairs }
    : {
        institution: Number(form.dataset.institution),
        consent_version: form.elements.consent_version.value,
        another: Boolean(form.elements.another),
      };
  const asked = fetch(repairs ? "/rpc/repair" : "/rpc/start", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ ...what, window: form.dataset.window }),
  });
  const [answer, { Connect }] = await Promise.all([asked, import(form.dataset.sdk)]);
  if (!answer.ok) return leave(empty);
  const said = await answer.json();
  // A repair may find that it works again: the form's own answer says so.
  if (said === "AlreadyWorks") return leave(empty);
  const { window: mode, link, return_url: back } = said.Leave ?? said;
  if (mode === "Redirect") {
    empty?.close();
    location.assign(link);
    return;
  }
  show(Connect, empty, link, back);
};

const show = (Connect, empty, link, back) => {
  let over = false;
  const frame = document.createElement("div");
  frame.className = "connect-window";
  const close = () => {
    over = true;
    Connect.destroy();
    frame.remove();
    document.documentElement.classList.remove("connect-open");
    busy(false);
    // The SDK takes the focus and does not give it back.
    button.focus();
  };
  // The same door, with the same words, as a redirect from Data Connect.
  const end = ({ reason, code }) => {
    if (over) return;
    if (code === 1403) return close(), leave(null);
    close();
    const query = new URLSearchParams();
    if (reason) query.set("reason", reason);
    if (code !== undefined) query.set("code", code);
    location.assign(`${back}?${query}`);
  };
  const handlers = {
    onDone: (data) => end({ reason: "complete", code: 200, ...pick(data) }),
    onCancel: (data) => end({ reason: "exit", code: 100, ...pick(data) }),
    onError: (data) => end({ reason: "error", code: 500, ...pick(data) }),
  };
  if (!empty) {
    document.body.append(frame);
    document.documentElement.classList.add("connect-open");
    Connect.launch(link, handlers, { node: frame });
    return;
  }
  const shown = Connect.launch(link, handlers, { popup: true }) ?? empty;
  // A popup that its person closes says nothing: look after it. The visit may
  // have ended well all the same, so its page finds out.
  const watch = setInterval(() => {
    if (over) return clearInterval(watch);
    if (!shown.closed) return;
    clearInterval(watch);
    end({ reason: "exit", code: 100 });
  }, 500);
};

const pick = (data) => {
  const said = {};
  if (data?.reason) said.reason = data.reason;
  if (data?.code !== undefined) said.code = data.code;
  return said;
};

const busy = (is) => {
  button.ariaBusy = String(is);
};
