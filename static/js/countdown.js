// Seconds until the next code. The page is fetched again at zero; without script the page's own
// refresh header does the same.

function tick(mark, ends) {
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  mark.textContent = String(left);
  if (left > 0) {
    setTimeout(() => tick(mark, ends), 250);
  } else if (mark.closest("[data-gate]")) {
    mark.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true })); // see gate.js
  } else if (mark.dataset.reload !== "no") {
    window.location.reload();
  }
}

export function watchCountdowns() {
  for (const mark of document.querySelectorAll("[data-countdown]")) {
    const seconds = Number(mark.dataset.countdown);
    if (seconds > 0) tick(mark, performance.now() + seconds * 1000);
  }
}
