// 全选: tick everybody on the sheet, or nobody. The button is only offered where scripts run.

export function watchTicks() {
  for (const button of document.querySelectorAll("[data-tick-all]")) {
    if (button.dataset.watched) continue;
    button.dataset.watched = "1";
    const ticks = [...button.form.querySelectorAll(`input[name="${button.dataset.tickAll}"]`)];
    button.hidden = ticks.length < 2;
    button.addEventListener("click", () => {
      const wanted = ticks.some((tick) => !tick.checked);
      for (const tick of ticks) tick.checked = wanted;
    });
  }
}
