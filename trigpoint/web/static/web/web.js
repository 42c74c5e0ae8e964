/* What is truly client-side: theme, menus, keys, focus after a swap, toasts. htmx does the fetching.
   Every page works without this file. No inline scripts or styles: the pages run under a strict CSP. */
(function () {
  "use strict";
  var root = document.documentElement;
  var opener = null;
  var openedFrom = "";

  function each(selector, within, act) { (within || document).querySelectorAll(selector).forEach(act); }

  /* Theme ---------------------------------------------------------------- */
  function showTheme() {
    var dark = root.getAttribute("data-bs-theme") === "dark";
    each("[data-tp-theme]", null, function (button) { button.setAttribute("aria-pressed", String(dark)); });
  }
  function switchTheme() {
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    try { localStorage.setItem("tp-theme", next); } catch (error) { /* private mode */ }
    showTheme();
    document.dispatchEvent(new CustomEvent("tp-theme", { detail: next }));
  }

  /* Sidebar on small screens --------------------------------------------- */
  function sidebar() { return document.getElementById("sidebar"); }
  function openSidebar(button) {
    sidebar().classList.add("is-open");
    button.setAttribute("aria-expanded", "true");
    sidebar().querySelector("a, button, summary").focus();
  }
  function closeSidebar() {
    if (!sidebar() || !sidebar().classList.contains("is-open")) { return; }
    sidebar().classList.remove("is-open");
    each("[data-tp-open='sidebar']", null, function (button) { button.setAttribute("aria-expanded", "false"); button.focus(); });
  }

  /* Drawer: new content takes the focus, Escape or Close gives it back ---- */
  function closeDrawer(drawer) {
    drawer.replaceChildren();
    each("[data-tp-cells] [aria-current], [data-tp-cell][aria-current]", null, function (cell) { cell.removeAttribute("aria-current"); });
    if (opener && opener.isConnected) { opener.focus(); }
    opener = null;
  }

  /* A page's own drawer: what was opened takes the focus, shutting it gives it back */
  function focusOn(element) { if (element) { element.focus(); } }

  /* Toasts ---------------------------------------------------------------- */
  function say(text, level) {
    var toasts = document.getElementById("toasts");
    if (!toasts || !text) { return; }
    var toast = document.createElement("div");
    toast.className = "tp-toast tp-toast--" + (level === "error" ? "bad" : "good");
    toast.textContent = text;
    toasts.append(toast);
    setTimeout(function () { toast.remove(); }, level === "error" ? 20000 : 8000);
  }

  function onClick(event) {
    var theme = event.target.closest("[data-tp-theme]");
    if (theme) { switchTheme(); return; }
    var open = event.target.closest("[data-tp-open='sidebar']");
    if (open) { event.preventDefault(); openSidebar(open); return; }
    var close = event.target.closest("[data-tp-close]");
    if (close) {
      event.preventDefault();
      if (close.dataset.tpClose === "sidebar") { closeSidebar(); }
      else { closeDrawer(document.getElementById(close.dataset.tpClose)); }
      return;
    }
    if (event.target.closest("[data-tp-print]")) { window.print(); return; }
    var cell = event.target.closest("[data-tp-cells] td a, [data-tp-cell]");
    if (cell) {
      opener = cell;
      each("[data-tp-cells] [aria-current], [data-tp-cell][aria-current]", null, function (other) { other.removeAttribute("aria-current"); });
      cell.setAttribute("aria-current", "true");
    }
    each("details[data-tp-menu][open]", null, function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
  }

  function onKey(event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) || document.activeElement.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var search = document.getElementById("q");
      if (search) { event.preventDefault(); search.focus(); }
    }
    if (event.key === " " && event.target.matches("a[role='button']")) { event.preventDefault(); event.target.click(); }
    if (event.key !== "Escape") { return; }
    closeSidebar();
    each("details[data-tp-menu][open]", null, function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
    each("[data-tp-shuts]", null, function (link) { if (!typing) { link.click(); } });
    each("[data-tp-drawer]", null, function (drawer) { if (drawer.children.length) { closeDrawer(drawer); } });
  }

  function onReady() {
    showTheme();
    each("[data-tp-open='sidebar']", null, function (button) {
      button.setAttribute("role", "button");
      button.setAttribute("aria-controls", "sidebar");
      button.setAttribute("aria-expanded", "false");
    });
    var summary = document.querySelector("[data-tp-error-summary]");
    if (summary) { summary.focus(); }
  }

  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-tp-submit]")) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("DOMContentLoaded", onReady);

  /* A form is sent once: a second click while the answer is on its way is no second wish.
     It opens again when the page is shown again, and after ten seconds, for whom the network dropped. */
  function reopen(form) { form.removeAttribute("data-tp-sent"); }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") { return; }
    if (form.hasAttribute("data-tp-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-tp-sent", "");
    setTimeout(reopen, 10000, form);
  });
  window.addEventListener("pageshow", function () { each("[data-tp-sent]", null, reopen); });

  /* htmx: the token for changes, focus for drawers and error summaries, a word when it fails. */
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("meta[name='csrf-token']");
    if (token && event.detail.verb !== "get") { event.detail.headers["X-CSRFToken"] = token.content; }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (asked && asked.matches("[data-tp-opens]")) { openedFrom = asked.id; focusOn(document.querySelector("[data-tp-opened]")); return; }
    if (asked && asked.matches("[data-tp-shuts]")) { focusOn(document.getElementById(openedFrom) || document.querySelector("[data-tp-opens]")); return; }
    var drawer = event.detail.target && event.detail.target.closest("[data-tp-drawer]");
    if (drawer) {
      var heading = drawer.querySelector("h1, h2, h3");
      if (heading) { heading.tabIndex = -1; heading.focus(); }
      return;
    }
    var summary = event.target.querySelector && event.target.querySelector("[data-tp-error-summary]");
    if (summary) { summary.focus(); }
  });
  document.addEventListener("htmx:responseError", function () {
    say("That did not work, and it is our fault. Nothing was changed. Try again in a minute.", "error");
  });
  document.addEventListener("htmx:sendError", function () {
    say("We could not reach Trigpoint. Check the network, then try again.", "error");
  });
  document.addEventListener("tp-said", function (event) { say(event.detail.text, event.detail.level); });
})();
