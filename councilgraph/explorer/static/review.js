// Keys for the review: one letter for each button of the page, which works without them too.
"use strict";
{
  const NAMES = { a: "accept", c: "correct", r: "reject", n: "note", m: "missed", s: "skip", u: "undo", q: "back to the queue" };
  const KEPT = "councilgraph-review-keys";
  const recall = () => { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } };
  const remember = (on) => { try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* for this page only */ } };
  let on = recall();
  let sent = false; // one decision a page: a key that is held down must not send two
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
  }
  // A page that the browser kept may be sent again.
  window.addEventListener("pageshow", () => { sent = false; });

  const about = document.getElementById("keys");
  const line = document.createElement("p");
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = on;
  label.className = "plain";
  // People who speak to their computer must be able to turn single letters off (WCAG 2.1.4).
  label.append(box, "Single letters decide: " + Object.entries(NAMES).map(([key, name]) => `${key} ${name}`).join(", "));
  line.append(label);
  about.before(line);
  box.addEventListener("change", () => { on = box.checked; remember(on); });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && typing) { typing.blur(); return; }
    if (!on || typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (!Object.hasOwn(NAMES, key)) return;
    event.preventDefault();
    if (key === "q") { location.assign(about.dataset.back); return; }
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return;
    if (key === "n") { target.focus(); return; }
    if (key === "c" || key === "m") {
      const box = target.closest("details");
      box.open = true;
      const first = box.querySelector("a[href], select, input:not([type=hidden]), textarea");
      (first || target).focus();
      return;
    }
    if (sent) return;
    target.click();
  });
}
