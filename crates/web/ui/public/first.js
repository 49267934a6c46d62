// Runs before everything else.
(function () {
  // A chosen theme does not flash. The same rule is in src/app/preferences.ts.
  var chosen = null;
  try {
    chosen = localStorage.getItem("mc.theme");
  } catch (error) {
    // Storage may be forbidden; the system's theme is right then.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";

  // The code of this page comes beside that of the application, which would ask for it only once it runs itself. The build
  // knows what that is: see vite.config.ts.
  document.querySelectorAll("template[data-address]").forEach(function (page) {
    if (new RegExp(page.dataset.address).test(location.pathname)) document.head.append(page.content);
  });
})();
