// The community's screen: when the code runs out, fetch the page again and put its new part in place,
// so that nothing blinks or jumps. Without script the page's own refresh does the same.
import { watchCountdowns } from "./countdown.js";

const RETRY_MS = 3000;

async function fetchPart() {
  const answer = await fetch(window.location.href, { cache: "no-store", credentials: "same-origin" });
  if (answer.redirected || !answer.ok) {
    window.location.reload();
    return null;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-gate]");
}

async function refresh(gate, offline) {
  try {
    const part = await fetchPart();
    if (!part) return;
    gate.replaceChildren(...part.childNodes);
    if (offline) offline.hidden = true;
    watchCountdowns();
  } catch {
    if (offline) offline.hidden = false;
    setTimeout(() => refresh(gate, offline), RETRY_MS);
  }
}

export function watchGate() {
  const gate = document.querySelector("[data-gate]");
  if (!gate || gate.dataset.watched) return;
  gate.dataset.watched = "1";
  const offline = document.querySelector("[data-gate-offline]");
  gate.addEventListener("countdown:over", () => refresh(gate, offline));
}
