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

// Pictures of one name from two folders are two pictures; the same one twice is one.
function take(film, files) {
  for (const file of files) {
    const same = (other) => other.file.name === file.name && other.file.size === file.size && other.file.lastModified === file.lastModified;
    if (dropped[film].some(same)) continue;
    const taken = (name) => dropped[film].some((other) => other.name.toLowerCase() === name.toLowerCase());
    let name = file.name;
    for (let n = 2; taken(name); n++) name = file.name.replace(/(\.[^.]*)?$/, (end) => ` (${n})${end}`);
    dropped[film].push({ file, name });
  }
  const list = find(`list-${film}`);
  list.textContent = "";
  for (const { name } of dropped[film]) list.append(element("li", null, name));
  find("read-dropped").disabled = dropped.thick.length + dropped.thin.length === 0;
}

// The files of what was dropped, also of dropped folders.
async function filesOf(transfer) {
  const entries = Array.from(transfer.items || [])
    .map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry())
    .filter((entry) => entry);
  if (entries.length === 0) return Array.from(transfer.files);
  const found = [];
  const walk = async (entry) => {
    if (entry.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const one of some) await walk(one);
    }
  };
  for (const entry of entries) await walk(entry);
  return found;
}

async function send() {
  const slide = find("slide-name").value.trim();
  if (!slide) {
    find("slide-name").focus();
    alertUser(say("first-name-needed"));
    return;
  }
  let path = null;
  const all = dropped.thick.length + dropped.thin.length;
  let sent = 0;
  alertUser("");
  find("progress").hidden = false;
  find("bar").max = 1;
  find("read-dropped").disabled = true;
  try {
    for (const film of ["thick", "thin"]) {
      for (const { file, name } of dropped[film]) {
        find("progress-text").textContent = `${say("first-sending")}: ${name}`;
        find("bar").value = sent++ / all;
        const place = [slide, film, name].map(encodeURIComponent).join("/");
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
    find("progress").hidden = true;
    alertUser(error instanceof Refused ? error.message : say("no-server"));
    return;
  } finally {
    find("read-dropped").disabled = false;
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
      event.stopPropagation();
      place.classList.remove("over");
      filesOf(event.dataTransfer).then((files) => take(film, files), (error) => alertUser(error.message));
    });
    find(`choose-${film}`).addEventListener("change", (event) => take(film, Array.from(event.target.files)));
  }
  // Dropped beside both films, a picture would take the place of the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    alertUser(say("first-which-film"));
  });
  find("read-dropped").addEventListener("click", send);
  root.dataset.ready = performance.now().toFixed(0);
}

start().catch((error) => alertUser(error.message));
