// The first page: a folder of this computer, or pictures dropped here; then the analysis, then the slide.

import { Refused, alertUser, element, get, loadWords, post, say } from "./ask.js";

const root = document.getElementById("queue");
const base = root.dataset.base;
const find = (id) => document.getElementById(id);
const dropped = { thick: [], thin: [] };

async function follow() {
  for (;;) {
    const state = await get(`${base}job.json`);
    if (state.key) {
      location.href = `${base}slide/${state.key}`;
      return;
    }
    find("progress").hidden = false;
    find("bar").max = Math.max(1, state.files || 1);
    find("bar").value = state.done || 0;
    find("progress-text").textContent = state.text || say("first-begun");
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

async function open(path, film) {
  alertUser("");
  try {
    const answer = await post(`${base}open`, { path, film: film || null });
    if (answer.key) location.href = `${base}slide/${answer.key}`;
    else await follow();
  } catch (error) {
    find("progress").hidden = true;
    alertUser(error instanceof Refused ? error.message : say("no-server"));
  }
}

function take(film, files) {
  dropped[film].push(...files);
  const list = find(`list-${film}`);
  list.textContent = "";
  for (const file of dropped[film]) list.append(element("li", null, file.name));
  find("read-dropped").disabled = dropped.thick.length + dropped.thin.length === 0;
}

async function send() {
  const slide = find("slide-name").value.trim();
  if (!slide) {
    find("slide-name").focus();
    alertUser(say("first-name-needed"));
    return;
  }
  let path = null;
  try {
    for (const film of ["thick", "thin"]) {
      for (const file of dropped[film]) {
        const place = [slide, film, file.name].map(encodeURIComponent).join("/");
        const response = await fetch(`${base}drop/${place}`, {
          method: "POST",
          credentials: "omit",
          headers: { "Content-Type": "application/octet-stream" },
          body: file,
        });
        const answer = await response.json();
        if (!response.ok) throw new Refused(answer.error || say("failed"), answer.key, response.status);
        path = answer.path;
      }
    }
  } catch (error) {
    alertUser(error instanceof Refused ? error.message : say("no-server"));
    return;
  }
  await open(path, null);
}

async function start() {
  await loadWords();
  find("open").addEventListener("submit", (event) => {
    event.preventDefault();
    open(find("path").value.trim(), find("film-of-folder").value);
  });
  for (const film of ["thick", "thin"]) {
    const place = find(`drop-${film}`);
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("over");
      take(film, Array.from(event.dataTransfer.files));
    });
    find(`choose-${film}`).addEventListener("change", (event) => take(film, Array.from(event.target.files)));
  }
  find("read-dropped").addEventListener("click", send);
  root.dataset.ready = performance.now().toFixed(0);
}

start().catch((error) => alertUser(error.message));
