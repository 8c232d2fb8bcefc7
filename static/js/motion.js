// The seal lands when it first comes into view (the movement itself is in book.css, and off for
// people who asked for less motion).

export function watchSeals() {
  if (!("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      entry.target.classList.add("seal-lands");
      watcher.unobserve(entry.target);
    }
  }, { threshold: 0.6 });
  document.querySelectorAll("[data-seal]").forEach((seal) => watcher.observe(seal));
}
