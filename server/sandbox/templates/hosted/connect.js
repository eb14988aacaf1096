// Speaks with connect-web-sdk 2.3.0 when the page is framed or was opened by
// another page, and watches the time. Every page works without it.
(() => {
  'use strict';

  const framed = window.parent !== window;
  const host = framed ? window.parent : window.opener;
  // Our window of the institution: opened, and not yet known to be gone.
  let opened = false;
  // The SDK could not open it: the next click opens it from here.
  let blocked = false;
  // Origin of the first page that pinged us. Only it is told anything.
  let sdk = null;
  let ended = false;
  const told = {};
  // Steps of the person that are on their way: only the answer to the latest is
  // shown, and what the watch sees meanwhile is such a step.
  let busy = 0;
  let latest = 0;
  const waiting = [];
  if (framed) document.documentElement.classList.add('framed');

  const main = () => document.getElementById('main');
  const base = () => main().dataset.base;

  const post = (message) => {
    if (sdk) host.postMessage(message, sdk);
    else if (host) waiting.push(message);
  };

  window.addEventListener('message', (event) => {
    if (!host || event.source !== host || !event.data) return;
    const { type } = event.data;
    if (type === 'ping') {
      if (sdk && sdk !== event.origin) return;
      sdk = event.origin;
      host.postMessage({ type: 'ack' }, sdk);
      while (waiting.length) host.postMessage(waiting.shift(), sdk);
      finish();
    } else if (type === 'window' && event.origin === sdk && event.data.closed) {
      windowGone(Boolean(event.data.blocked));
    }
  });

  // A page or the next one in its place has come: tell where the person is.
  function announce() {
    const { screen, params, user } = main().dataset;
    // A form shown again must not tell the same twice.
    if (screen && screen !== told.screen) post({ type: 'route', data: { screen, params: JSON.parse(params) } });
    if (user && user !== told.user) post({ type: 'user', data: JSON.parse(user) });
    if (screen) told.screen = screen;
    if (user) told.user = user;
    prepareHandOff();
    finish();
  }

  // The last message goes once, when someone listens; without an SDK the
  // browser goes back by itself.
  function finish() {
    const { end, return: back } = main().dataset;
    if (!end || ended) return;
    if (sdk) {
      ended = true;
      post(JSON.parse(end));
    } else if (!host || host.closed) {
      ended = true;
      if (back) window.location.replace(back);
    } else {
      // The SDK pings each second, a busy or hidden page of it more seldom.
      window.setTimeout(() => {
        if (ended || sdk) return;
        ended = true;
        if (back) window.location.replace(back);
      }, 5000);
    }
  }

  // In a page of the SDK the next step takes this one's place without a load:
  // each load of its frame makes the SDK listen once more, and every later
  // message would arrive that many times.
  async function show(response) {
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.getElementById('main');
    if (!next) throw new Error('not one of our pages');
    main().replaceWith(document.adoptNode(next));
    document.title = page.title;
    window.scrollTo(0, 0);
    main().focus();
    announce();
  }

  const refresh = async () => {
    if (!host) return window.location.replace(base());
    const response = await fetch(base());
    if (!busy) await show(response);
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const button = form.querySelector('button');
    if (!host) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    busy += 1;
    latest += 1;
    const turn = latest;
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      .then((response) => (turn === latest ? show(response) : null))
      .catch(() => { button.disabled = false; })
      .finally(() => { busy -= 1; });
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    if (link.dataset.message && sdk) {
      event.preventDefault();
      post(JSON.parse(link.dataset.message));
    } else if (link.id === 'hand-off' && framed) {
      opened = true;
      // In a popup a `url` message would lead the popup itself away: both
      // windows have the same name. There, and without an SDK, the link does it.
      if (!sdk || blocked) return;
      event.preventDefault();
      post({ type: 'url', url: link.href });
    }
  });

  function prepareHandOff() {
    const link = document.getElementById('hand-off');
    if (!link || !framed) return;
    // A browser that did not tell the server about the frame.
    const url = new URL(link.href);
    url.searchParams.set('window', 'own');
    link.href = url.href;
    link.target = '_blank';
    link.rel = 'opener';
  }

  async function windowGone(wasBlocked) {
    if (!opened) return;
    blocked = wasBlocked;
    if (wasBlocked) opened = false;
    // It may be gone because all is done there.
    else await watch();
    const note = document.getElementById(wasBlocked ? 'window-blocked' : 'window-closed');
    if (note && (opened || wasBlocked)) note.hidden = false;
  }

  const dialog = document.getElementById('idle');

  function warn(left) {
    document.getElementById('idle-left').textContent = `in ${left} seconds`;
    if (!dialog.open) dialog.showModal();
  }

  const stay = () => fetch(`${base()}/stay`, { method: 'POST' });

  document.getElementById('idle-stay').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => { if (!ended) stay(); });

  // Typing and pointing are signs of life; one in twenty seconds is enough.
  let last = Date.now();
  const alive = () => {
    if (!base() || dialog.open || Date.now() - last < 20000) return;
    last = Date.now();
    stay();
  };
  document.addEventListener('keydown', alive);
  document.addEventListener('pointerdown', alive);

  async function ask() {
    if (!base() || ended || main().dataset.end) return;
    const response = await fetch(`${base()}/state`);
    if (!response.ok) return;
    const state = await response.json();
    if (busy) return;
    const moved = String(state.version) !== main().dataset.version;
    if (moved && opened && !state.away) {
      opened = false;
      post({ type: 'closePopup' });
    }
    if (state.warning) warn(state.left);
    else if (dialog.open) dialog.close();
    if (moved) await refresh();
  }
  // One question at a time, so that no step is shown or told twice.
  let asking = null;
  const watch = () => {
    asking ??= ask().catch(() => {}).finally(() => { asking = null; });
    return asking;
  };
  const look = () => {
    watch().finally(() => window.setTimeout(look, 1500));
  };

  announce();
  look();
})();
