"use strict";
(function () {
  var root = document.documentElement;
  function speak(lang) {
    root.lang = lang;
    document.querySelectorAll("option[data-fr]").forEach(function (o) { o.textContent = o.dataset[lang]; });
    document.querySelectorAll("[data-label-fr]").forEach(function (e) {
      var label = e.getAttribute("data-label-" + lang);
      e.setAttribute("aria-label", label);
      if (e.type === "search") { e.placeholder = label; }
    });
    // The page that a link leads to goes on in the same language.
    document.querySelectorAll("a[href*='.html']").forEach(function (a) {
      a.setAttribute("href", a.getAttribute("href").split("#")[0] + "#" + lang);
    });
  }
  var asked = location.hash.slice(1);
  speak(asked === "fr" || asked === "en" ? asked : root.lang);
  document.getElementById("lang").addEventListener("click", function () { speak(root.lang === "fr" ? "en" : "fr"); });
})();
