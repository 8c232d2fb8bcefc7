// What every page may use. Each module looks for its own marks and does nothing where there are none;
// every errand works without any of them.
import { takeFocus, watchForms } from "./forms.js";
import { watchCountdowns } from "./countdown.js";
import { watchSeals } from "./motion.js";
import { watchPhotos } from "./photos.js";
import { watchMenus } from "./menus.js";
import { watchGate } from "./gate.js";
import { watchTicks } from "./ticks.js";
import { offerCopying } from "./copy.js";

function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function start() {
  watchPhotos();
  watchCountdowns();
  watchGate();
  watchTicks();
  watchSeals();
  offerPrinting();
  offerCopying();
  takeFocus();
}

start();
watchForms();
watchMenus();
// an upload brings its answer onto the page itself: see photos.js
document.addEventListener("page:arrived", start);
