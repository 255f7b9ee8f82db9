"use strict";
(function () {
  var state = document.getElementById("state");
  var standing = document.getElementById("standing");
  var text = document.getElementById("text");
  var rows = Array.prototype.slice.call(document.querySelectorAll("tbody tr"));
  var shown = document.getElementById("shown");
  function filter() {
    var word = text.value.toLowerCase(), n = 0;
    rows.forEach(function (row) {
      var fits = (!state.value || row.dataset.state === state.value) &&
        (!standing.value || row.dataset.standing === standing.value) &&
        (!word || row.dataset.find.indexOf(word) >= 0);
      row.hidden = !fits;
      if (fits) { n += 1; }
    });
    shown.textContent = n + " / " + rows.length;
  }
  state.addEventListener("change", filter);
  standing.addEventListener("change", filter);
  text.addEventListener("input", filter);
  filter();
})();
