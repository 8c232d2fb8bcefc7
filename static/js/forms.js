// A second press on a slow line does nothing, and the list of errors takes the focus.
// The server's once key is the real guard; this only keeps people from wondering.

export function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
  }
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
}

export function watchForms() {
  // while capturing, so that the second press does not reach the upload either
  document.addEventListener("submit", onSubmit, { capture: true });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
}

export function takeFocus() {
  document.querySelector("[data-focus]")?.focus();
}
