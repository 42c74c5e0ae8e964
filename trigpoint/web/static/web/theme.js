/* Runs before the first paint: follow the saved choice, else the system. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("has-js");
  var saved = null;
  try { saved = localStorage.getItem("tp-theme"); } catch (error) { /* private mode */ }
  var dark = window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-bs-theme", saved || (dark ? "dark" : "light"));
})();
