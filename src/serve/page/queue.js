// The slides of an archive, the most pressing first.

import { alertUser, element, get, loadWords, say } from "./ask.js";

const root = document.getElementById("queue");
const MOST = 400;
let slides = [];

// What a reader signed is hidden from the next reader until it is asked for.
const isHidden = (slide) => slide.read && !document.getElementById("results").checked;

function shown() {
  const group = document.getElementById("group").value;
  const standing = document.getElementById("standing").value;
  const name = document.getElementById("name").value.trim().toLowerCase();
  return slides.filter(
    (slide) =>
      (group === "all" || (!isHidden(slide) && slide.group === group)) &&
      (standing === "all" || slide.standing === standing) &&
      (name === "" || slide.id.toLowerCase().includes(name)),
  );
}

function draw() {
  const list = shown();
  const body = document.getElementById("slides");
  body.textContent = "";
  for (const slide of list.slice(0, MOST)) {
    const link = slide.key ? element("a", { href: `${root.dataset.base}slide/${slide.key}` }, slide.id) : slide.id;
    body.append(
      element(
        "tr",
        { class: isHidden(slide) ? "read" : slide.group },
        element("td", null, link),
        element("td", null, isHidden(slide) ? say("queue-hidden") : say(`group-${slide.group}`)),
        element("td", null, isHidden(slide) ? say("queue-hidden") : slide.state),
        element("td", { class: "number" }, String(slide.suspects)),
        element("td", null, say(`standing-${slide.standing}`), slide.readers ? ` \u00b7 ${slide.readers}` : ""),
      ),
    );
  }
  const left = slides.filter((slide) => slide.standing !== "signed" && slide.key).length;
  document.getElementById("left").textContent = `${left} / ${slides.length}`;
  document.getElementById("more").hidden = list.length <= MOST;
  const next = list.find((slide) => slide.key && slide.standing !== "signed");
  const button = document.getElementById("next");
  button.hidden = !next;
  if (next) button.href = `${root.dataset.base}slide/${next.key}`;
}

async function start() {
  await loadWords();
  slides = await get(root.dataset.list);
  for (const name of ["group", "standing", "results"]) document.getElementById(name).addEventListener("change", draw);
  document.getElementById("name").addEventListener("input", draw);
  draw();
  root.dataset.ready = performance.now().toFixed(0);
}

start().catch((error) => alertUser(error.message));
