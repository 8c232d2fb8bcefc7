// 复制: puts a text on the clipboard. Without scripts, or where it is not allowed, the text is there to select.

export function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
        button.textContent = button.dataset.copied;
      } catch {
        text.focus(); // selected, so that the person may copy it
      }
    });
  }
}
