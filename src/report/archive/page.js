"use strict";
(function () {
  var root = document.documentElement;
  var known = (navigator.language || "fr").slice(0, 2) === "en" ? "en" : "fr";
  function speak(lang) {
    root.lang = lang;
    document.querySelectorAll("option[data-fr]").forEach(function (o) { o.textContent = o.dataset[lang]; });
    document.querySelectorAll("[data-label-fr]").forEach(function (e) {
      var label = e.getAttribute("data-label-" + lang);
      e.setAttribute("aria-label", label);
      if (e.type === "search") { e.placeholder = label; }
    });
  }
  speak(known);
  document.getElementById("lang").addEventListener("click", function () { speak(root.lang === "fr" ? "en" : "fr"); });
  var state = document.getElementById("state");
  var text = document.getElementById("text");
  var rows = Array.prototype.slice.call(document.querySelectorAll("tbody tr"));
  var shown = document.getElementById("shown");
  function filter() {
    var wanted = state.value, word = text.value.toLowerCase(), n = 0;
    rows.forEach(function (row) {
      var fits = (!wanted || row.dataset.state === wanted) && (!word || row.dataset.find.indexOf(word) >= 0);
      row.hidden = !fits;
      if (fits) { n += 1; }
    });
    shown.textContent = n + " / " + rows.length;
  }
  state.addEventListener("change", filter);
  text.addEventListener("input", filter);
  filter();
})();
