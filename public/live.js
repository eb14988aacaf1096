// The health page follows what happens: it is told that there is something new
// and asks for itself anew. Without this module it is a page like any other.
let source;
let behind = false;
let asking = false;

const REACHABLE = "a, summary, [tabindex]";

/** Puts `next` in the place of `here`; what is open, scrolled or in focus stays so. */
const replace = (here, next) => {
  const pairs = (selector) => {
    const old = here.querySelectorAll(selector);
    return [...next.querySelectorAll(selector)].map((element, at) => [old[at], element]);
  };
  for (const [old, element] of pairs("details")) element.open = old?.open ?? false;
  if (next.innerHTML === here.innerHTML) return;
  const places = pairs(".scroll").map(([old, element]) => [element, old?.scrollLeft ?? 0, old?.scrollTop ?? 0]);
  const focus = pairs(REACHABLE).find(([old]) => old && old === document.activeElement)?.[1];
  here.replaceWith(document.adoptNode(next));
  for (const [element, left, top] of places) element.scrollTo(left, top);
  focus?.focus({ preventScroll: true });
};

const renew = async () => {
  behind = true;
  if (asking) return;
  asking = true;
  try {
    while (behind) {
      behind = false;
      const answer = await fetch(location.href);
      // Signed out, or no longer of the staff: the next click says so.
      if (!answer.ok || answer.redirected) return source.close();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [here, next] = [document, page].map((side) => side.querySelector("main"));
      if (here && next) replace(here, next);
    }
  } catch {
    // No network: the stream finds that out as well, and comes back.
  } finally {
    asking = false;
  }
};

// A page that nobody looks at follows nothing: it would keep a sign-in alive.
const follow = () => {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("/admin/live");
  source.addEventListener("changed", renew);
  // What happened before the stream was there was told to nobody.
  source.addEventListener("open", renew);
};

document.addEventListener("visibilitychange", follow);
follow();
