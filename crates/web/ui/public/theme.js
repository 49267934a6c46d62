// Runs before the first paint, so that a chosen theme does not flash. The same rule is in src/app/preferences.ts.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("mc.theme");
  } catch (error) {
    // Storage may be forbidden; the system's theme is right then.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
