// The review of one slide: state, decisions, keys. Every count and every sentence comes from the server.

import { Refused, alertUser, app, base, element, get, loadWords, newKey, post, say, sheet, sheetIsOpen } from "./ask.js";
import { Grid, cropOf, nameOf, verdictName, verdictOf } from "./grid.js";
import { Fields } from "./field.js";
import { Side, signView } from "./side.js";

const POLL = 2000;
const RETRY = 1500;
const KEPT_READER = "hemozoin-reader";
const KEPT_READING = `hemozoin-reading:${base.split("/").slice(3).join("/")}`;

const state = { marks: new Map(), reading: null, pending: new Set(), film: null, tab: "suspects", whole: null };

const find = (id) => document.getElementById(id);
let grid = null;
let fields = null;
let side = null;

// --- what is shown

async function load() {
  const whole = await get(`${base}whole.json?reading=${state.reading || 0}`);
  state.whole = whole;
  state.reading = whole.reading ? whole.reading.id : null;
  state.marks = new Map(whole.marks.map((mark) => [mark.id, mark]));
  for (const cells of Object.values(whole.cells)) {
    for (const mark of cells) state.marks.set(mark.id, mark);
  }
  if (!state.film || !whole.films.includes(state.film)) state.film = whole.films[0];
  take(whole);
}

function take(news) {
  for (const name of ["seq", "signed", "earlier", "stamp", "fields", "drawn", "summary"]) state.whole[name] = news[name];
  show();
}

const isParasite = (mark) => mark.c === "asexual_parasite" || mark.c === "gametocyte";
const isListed = (mark) =>
  isParasite(mark) || (mark.o !== "machine" && mark.o !== "near_miss") || verdictOf(mark).name === "confirmed";
const isSuspect = (mark) => mark.o === "machine" && isParasite(mark);

const SHOWN = {
  open: (mark) => isSuspect(mark) && (mark.v === null || state.lately.has(mark.id)),
  all: (mark) => mark.o !== "near_miss",
  confirmed: (mark) => verdictOf(mark).name === "confirmed" || (mark.o === "own" && mark.v === null),
  doubtful: (mark) => mark.v === "doubtful",
  rejected: (mark) => ["rejected", "other"].includes(verdictOf(mark).name),
  near: (mark) => mark.o === "near_miss",
};

// Judged since the list was made: they stay in their place until it is made again.
state.lately = new Set();

const ORDERS = {
  doubt: (a, b) => score(a) - score(b) || byPlace(a, b),
  sure: (a, b) => score(b) - score(a) || byPlace(a, b),
  field: (a, b) => byPlace(a, b),
};
const score = (mark) => (mark.p === null ? 1 : mark.p);
const byPlace = (a, b) => a.f - b.f || a.y - b.y || a.x - b.x;

function listed() {
  const drawn = state.whole.drawn[state.film];
  const sampled = drawn ? new Set(drawn) : null;
  const shown = SHOWN[find("show").value];
  const list = Array.from(state.marks.values()).filter(
    (mark) => state.whole.fields[mark.f].film === state.film && isListed(mark) && shown(mark),
  );
  const wanted = sampled && find("show").value === "open" ? list.filter((mark) => sampled.has(mark.id)) : list;
  return wanted.sort(ORDERS[find("order").value]);
}

function relist() {
  state.lately.clear();
  grid.set(listed());
  side.mark(grid.mark());
}

function show() {
  const { whole } = state;
  find("reader").textContent = whole.reading ? whole.reading.reader : "";
  const film = whole.summary.films.find((film) => film.film === state.film);
  find("count").textContent = film ? `${film.judged} / ${film.suspects}` : "";
  app.classList.toggle("signed", whole.signed);
  side.result(whole.summary);
  grid.ask();
  if (state.tab === "suspects") side.mark(grid.mark());
  if (state.tab === "cells") showCells();
  if (state.tab === "fields") fields.show();
  if (state.tab === "sign") signView(find("sign"), state, actions);
  find("undo").disabled = !whole.reading || whole.signed;
}

function showCells() {
  const place = find("cells");
  place.textContent = "";
  for (const film of state.whole.films) {
    const cells = state.whole.cells[film].map((mark) => state.marks.get(mark.id));
    const words = state.whole.summary.films.find((one) => one.film === film);
    place.append(element("h2", null, words.name), element("p", { class: "cells-said" }, words.cells));
    const box = element("div", { class: "cells" });
    for (const mark of cells) {
      const verdict = verdictOf(mark);
      const button = element(
        "button",
        { type: "button", class: `cell-button ${verdict.name}`, "aria-pressed": mark.v === "nothing" ? "true" : "false" },
        element("img", { src: cropOf(mark, "small"), width: 104, height: 104, alt: nameOf(mark.c, null) }),
        element("span", null, mark.v === null ? "" : `${verdict.sign} ${verdictName(mark)}`),
      );
      // One press: it is one; the next: it is none.
      const right = { is: "seen", class: mark.c };
      const next = mark.v === null || mark.v === "nothing" ? right : { is: "nothing" };
      button.addEventListener("click", () => judge([mark], next));
      box.append(button);
    }
    const rest = cells.filter((mark) => mark.v === null);
    const all = element("button", { type: "button" }, say("cells-all-right"));
    all.disabled = rest.length === 0;
    all.addEventListener("click", () => judge(rest, (mark) => ({ is: "seen", class: mark.c })));
    place.append(box, all);
  }
}

function tab(name) {
  state.tab = name;
  for (const button of document.querySelectorAll("[data-tab]")) {
    const mine = button.dataset.tab === name;
    button.setAttribute("aria-selected", mine ? "true" : "false");
    find(button.getAttribute("aria-controls")).hidden = !mine;
  }
  if (name === "suspects") {
    grid.ask();
    find("grid").focus();
  }
  if (name === "cells" || name === "sign") side.mark(null);
  show();
}

// --- deciding

const waiting = [];
let sending = false;

// Larger views fetched before they are wanted.
const AHEAD = 4;

const isOpen = (mark) => mark.v === null && !state.pending.has(mark.id);

// Shows what is decided as done only when the server has it on its disk.
function decide(decisions, marks) {
  if (!state.whole.writable) return alertUser(say("only-looking"));
  if (!state.reading) return whoReads();
  if (state.whole.signed) return alertUser(say("is-signed"));
  for (const mark of marks) state.pending.add(mark.id);
  waiting.push({ key: newKey(), decisions, marks, path: "decide", begun: performance.now() });
  grid.ask();
  return send();
}

async function send() {
  if (sending) return;
  sending = true;
  while (waiting.length > 0) {
    const job = waiting[0];
    try {
      const body = { reading: state.reading, key: job.key };
      if (job.path === "decide") Object.assign(body, { since: state.whole.seq, decisions: job.decisions });
      const news = await post(`${base}${job.path}`, body);
      waiting.shift();
      for (const mark of job.marks) state.pending.delete(mark.id);
      alertUser("");
      // How long it took to be on the disk, for the measurement.
      if (job.begun) app.dataset.kept = (performance.now() - job.begun).toFixed(1);
      await heard(news);
    } catch (error) {
      if (error instanceof Refused) {
        waiting.shift();
        for (const mark of job.marks) state.pending.delete(mark.id);
        alertUser(error.message);
        await load();
      } else {
        // The server does not answer. The same key is sent again: done twice, it is done once.
        alertUser(say("not-written"));
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }
  sending = false;
}

async function heard(news) {
  if (news.same) return;
  if (news.again) {
    await load();
    grid.set(listed());
    return;
  }
  const fresh = news.marks.some((mark) => !state.marks.has(mark.id));
  for (const mark of news.marks) {
    if (isListed(mark) || state.marks.has(mark.id)) state.marks.set(mark.id, mark);
  }
  for (const id of news.gone) state.marks.delete(id);
  take(news);
  fields.heard(news);
  if (fresh || news.gone.length > 0) grid.set(listed());
  else grid.renew(state.marks);
  if (state.tab === "suspects") side.mark(grid.mark());
}

// `verdict` is what they are, or a function that says it of each.
function judge(marks, verdict) {
  if (marks.length === 0) return;
  const of = typeof verdict === "function" ? verdict : () => verdict;
  for (const mark of marks) state.lately.add(mark.id);
  const decisions = marks.map((mark) => ({ do: "judge", mark: mark.id, verdict: of(mark) }));
  decide(decisions, marks);
}

const accepted = (mark) => {
  const own = { is: "seen", class: mark.c };
  if (mark.s) own.stage = mark.s;
  return own;
};

const VERDICTS = {
  accept: accepted,
  reject: () => ({ is: "nothing" }),
  doubtful: () => ({ is: "doubtful" }),
  ring: () => ({ is: "seen", class: "asexual_parasite", stage: "ring" }),
  trophozoite: () => ({ is: "seen", class: "asexual_parasite", stage: "trophozoite" }),
  schizont: () => ({ is: "seen", class: "asexual_parasite", stage: "schizont" }),
  gametocyte: () => ({ is: "seen", class: "gametocyte", stage: "gametocyte" }),
  "white-cell": () => ({ is: "seen", class: "white_cell" }),
  platelet: () => ({ is: "seen", class: "platelet" }),
};

const actions = {
  // One mark, then on to the next that nobody has judged.
  verdict(name, mark) {
    const chosen = mark || grid.mark();
    if (!chosen) return;
    judge([chosen], VERDICTS[name](chosen));
    if (!mark) actions.next();
  },
  row() {
    const rest = grid.restOfRow().filter(isOpen);
    judge(rest, { is: "nothing" });
    actions.next();
  },
  next() {
    if (!grid.next(isOpen)) grid.choose(grid.at);
    side.ahead(grid.following(isOpen, AHEAD).map((at) => grid.list[at]));
  },
  undo() {
    if (!state.reading || state.whole.signed) return;
    waiting.push({ key: newKey(), marks: [], path: "undo" });
    send();
  },
  open(mark) {
    if (!mark) return;
    tab("fields");
    fields.go(mark);
  },
  sample(film, size) {
    decide([{ do: "sample", film, size }], []).then(relist);
  },
  decide,
  async sign() {
    await settled();
    try {
      await post(`${base}sign`, { reading: state.reading, seen: state.whole.seq });
      alertUser("");
    } catch (error) {
      alertUser(error.message);
    }
    await load();
  },
  async correct(reason) {
    try {
      await post(`${base}correct`, { reading: state.reading, reason });
      alertUser("");
    } catch (error) {
      alertUser(error.message);
    }
    await load();
  },
  whoReads: () => whoReads(),
};

async function settled() {
  while (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 30));
}

// --- who reads

async function whoReads() {
  if (sheetIsOpen()) return;
  if (!state.whole.writable) {
    alertUser(say("only-looking"));
    return;
  }
  const { readers, readings } = state.whole;
  const answer = await sheet(say("who-reads"), (box, done) => {
    const form = element("form", null);
    const name = element("input", { type: "text", id: "reader-name", autocomplete: "off", maxlength: 80, required: true });
    name.value = localStorage.getItem(KEPT_READER) || "";
    form.append(element("label", { for: "reader-name" }, say("reader-name")), name);
    const known = readers.concat(readings.map((reading) => reading.reader)).filter((n, i, all) => all.indexOf(n) === i);
    const names = element("p", { class: "known" });
    for (const one of known) {
      const take = () => {
        name.value = one;
      };
      names.append(element("button", { type: "button", onclick: take }, one), " ");
    }
    const blind = element("input", { type: "checkbox", id: "reader-blind" });
    blind.checked = readings.length > 0;
    const label = element("label", { for: "reader-blind" }, blind, ` ${say("blind")}`);
    form.append(known.length > 0 ? names : "", readings.length > 0 ? label : "");
    form.append(element("p", { class: "buttons" }, element("button", { type: "submit", class: "main" }, say("begin"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done({ reader: name.value, blind: readings.length > 0 && blind.checked });
    });
    box.append(element("p", null, say("who-reads-why")), form);
  });
  if (!answer || !answer.reader.trim()) return;
  await begin(answer);
}

async function begin(answer) {
  try {
    const reading = await post(`${base}begin`, answer);
    state.reading = reading.id;
    localStorage.setItem(KEPT_READER, reading.reader);
    sessionStorage.setItem(KEPT_READING, reading.id);
    alertUser("");
    await load();
    relist();
  } catch (error) {
    alertUser(error.message);
  }
}

// --- keys

const KEYS = {
  KeyA: () => actions.verdict("accept"),
  KeyR: () => actions.verdict("reject"),
  KeyD: () => actions.verdict("doubtful"),
  Digit1: () => actions.verdict("ring"),
  Digit2: () => actions.verdict("trophozoite"),
  Digit3: () => actions.verdict("schizont"),
  Digit4: () => actions.verdict("gametocyte"),
  Digit5: () => actions.verdict("white-cell"),
  Digit6: () => actions.verdict("platelet"),
  KeyX: () => actions.row(),
  KeyN: () => actions.next(),
  Enter: () => actions.open(grid.mark()),
  ArrowRight: () => grid.choose(grid.at + 1),
  ArrowLeft: () => grid.choose(grid.at - 1),
  ArrowDown: () => grid.choose(grid.at + grid.columns()),
  ArrowUp: () => grid.choose(grid.at - grid.columns()),
  Home: () => grid.choose(0),
  End: () => grid.choose(grid.list.length - 1),
};

// Letters by what is printed on the key (AZERTY has A elsewhere), digits by where the key is (AZERTY shifts them).
function nameOfKey(event) {
  if (/^[a-z]$/i.test(event.key)) return `Key${event.key.toUpperCase()}`;
  return event.code.startsWith("Numpad") ? event.code.replace("Numpad", "Digit") : event.code;
}

function pressed(event) {
  const typing = event.target.closest && event.target.closest("input, select, textarea");
  if (typing || sheetIsOpen() || event.altKey) return;
  const name = nameOfKey(event);
  if (name === "KeyU" || (name === "KeyZ" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    actions.undo();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (state.tab === "fields" && fields.pressed(name)) {
    event.preventDefault();
    return;
  }
  const onButton = event.target.closest && event.target.closest("button, a");
  const key = KEYS[name];
  if (state.tab !== "suspects" || !key || (onButton && name === "Enter")) return;
  event.preventDefault();
  const begun = performance.now();
  key();
  // How long a key takes until it is seen, for the measurement.
  requestAnimationFrame(() => setTimeout(() => (app.dataset.key = (performance.now() - begun).toFixed(1)), 0));
}

// --- beginning

async function poll() {
  try {
    if (!sending && state.whole) {
      const { seq, stamp } = state.whole;
      const news = await get(`${base}since.json?reading=${state.reading || 0}&since=${seq}&stamp=${stamp}`);
      if (!sending) await heard(news);
      if (waiting.length === 0 && state.lost) alertUser(state.whole.writable ? "" : say("only-looking"));
      state.lost = false;
    }
  } catch (error) {
    state.lost = true;
    alertUser(error instanceof Refused ? error.message : say("no-server"));
  }
  setTimeout(poll, POLL);
}

async function start() {
  await loadWords();
  state.reading = Number(sessionStorage.getItem(KEPT_READING)) || null;
  grid = new Grid(find("grid"), {
    pending: state.pending,
    chosen: (mark) => side.mark(mark),
    opened: (mark) => actions.open(mark),
  });
  side = new Side(find("side"), state, actions);
  fields = new Fields(state, actions, side);
  await load();
  const choice = find("film");
  for (const film of state.whole.summary.films) choice.append(element("option", { value: film.film }, film.name));
  choice.value = state.film;
  choice.parentElement.hidden = state.whole.films.length < 2;
  choice.addEventListener("change", () => {
    state.film = choice.value;
    relist();
    show();
  });
  for (const name of ["show", "order"]) find(name).addEventListener("change", relist);
  for (const button of document.querySelectorAll("[data-tab]")) {
    button.addEventListener("click", () => tab(button.dataset.tab));
  }
  find("undo").addEventListener("click", () => actions.undo());
  document.addEventListener("keydown", pressed);
  tab("suspects");
  relist();
  requestAnimationFrame(() => setTimeout(() => (app.dataset.ready = performance.now().toFixed(0)), 0));
  if (!state.whole.writable) {
    // What was decided before is shown: the reading that was signed last, else the last one that hides nothing.
    const { readings } = state.whole;
    const shown = readings.filter((one) => one.signed).pop() || readings.filter((one) => !one.blind).pop();
    if (!state.reading && shown) {
      state.reading = shown.id;
      await load();
      relist();
    }
    alertUser(say("only-looking"));
  } else if (!state.reading) {
    const known = localStorage.getItem(KEPT_READER);
    const own = state.whole.readings.find((reading) => reading.reader === known);
    if (known && (own || state.whole.readings.length === 0)) await begin({ reader: known, blind: false });
    else await whoReads();
  }
  setTimeout(poll, POLL);
}

start().catch((error) => alertUser(error.message));
