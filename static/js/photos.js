// Shows what was chosen and how far the sending has gone. Without script the form posts as always.
import { release } from "./forms.js";

const ROOM_FOR_WORDS = 1024 * 1024; // the rest of the form travels with the pictures

function tile(file) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  picture.alt = ""; // its name stands beside it
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
  picture.addEventListener("error", () => {
    // iPhone pictures (HEIC) arrive fine but most browsers cannot show them
    const blank = document.createElement("span");
    blank.className = "photo-blank";
    blank.textContent = file.name.split(".").pop().slice(0, 5).toUpperCase();
    picture.replaceWith(blank);
  });
  item.append(picture, document.createTextNode(file.name));
  return item;
}

function show(field) {
  const list = field.querySelector("[data-preview]");
  const files = [...field.querySelector("input[type=file]").files];
  list.replaceChildren(...files.map(tile));
  list.hidden = files.length === 0;
}

function hasFiles(form) {
  return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);
}

// A form that is too heavy would be refused unread, and what was typed would be lost with it.
function isTooHeavy(form) {
  let heavy = false;
  for (const line of form.querySelectorAll("[data-too-heavy]")) {
    const input = line.closest("[data-photos]").querySelector("input[type=file]");
    const weight = [...input.files].reduce((sum, file) => sum + file.size, 0);
    line.hidden = weight < line.dataset.tooHeavy - ROOM_FOR_WORDS;
    heavy ||= !line.hidden;
  }
  return heavy;
}

function progress(form, loaded, total) {
  for (const line of form.querySelectorAll("[data-progress]")) {
    const percent = Math.round((100 * loaded) / Math.max(total, 1));
    line.hidden = false;
    line.querySelector("progress").value = percent;
    line.querySelector("[data-percent]").textContent = `${percent}%`;
  }
}

// The answer takes the place of the page, as after a plain POST. It is not fetched a second time:
// that would use up the message it carries.
function arrive(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  if (request.responseURL !== window.location.href) {
    window.history.pushState(null, "", request.responseURL);
    window.addEventListener("popstate", () => window.location.reload(), { once: true });
  }
  window.scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("page:arrived"));
}

function send(event) {
  const form = event.target;
  if (event.defaultPrevented || !hasFiles(form)) return;
  event.preventDefault();
  if (isTooHeavy(form)) {
    release(form);
    form.querySelector("[data-too-heavy]:not([hidden])").scrollIntoView({ block: "center" });
    return;
  }
  const request = new XMLHttpRequest();
  request.open("POST", form.action || window.location.href);
  request.upload.addEventListener("progress", (step) => progress(form, step.loaded, step.total));
  request.addEventListener("load", () => arrive(request));
  request.addEventListener("error", () => {
    release(form);
    form.submit();
  });
  request.send(new FormData(form, event.submitter));
}

export function watchPhotos() {
  for (const field of document.querySelectorAll("[data-photos]")) {
    field.querySelector("input[type=file]").addEventListener("change", () => show(field));
  }
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", send);
  }
}
