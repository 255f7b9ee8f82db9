// The training corner: who sits which course, then the questions. What is right comes from the server, once it may be seen.

import { Refused, alertUser, app, base, element, get, loadWords, post, say } from "./ask.js";
import { THINGS, Tally, nameOf } from "./tally.js";
import { Viewer } from "./viewer.js";

const ANSWERS = ["ring", "trophozoite", "schizont", "gametocyte", "white_cell", "platelet", "nothing"];
const KEPT_NAME = "hemozoin-trainee";
// µm around which nothing is looked for: half the box of a mark, pixels.
const MARK = 14;
const DRESS = {
  found: { colour: "#1d6b2c", dash: [], sign: "\u2713" },
  missed: { colour: "#b3123c", dash: [6, 4], sign: "!" },
  confused: { colour: "#0b5a8a", dash: [2, 3], sign: "\u2260" },
  nothing: { colour: "#4a4a55", dash: [], sign: "\u2717" },
  there: { colour: "#7a4b00", dash: [2, 3], sign: "" },
};

// What the signs on a field mean, of the same dress as the marks.
const legend = () =>
  Object.entries(DRESS)
    .map(([name, { sign }]) => `${sign || "\u25cb"} ${say(`legend-${name}`)}`)
    .join(" \u00b7 ");

const find = (id) => document.getElementById(id);
const state = { at: 0, question: null, tally: null, marks: [], field: 0, standing: null };
let viewer = null;
let pointer = null;

async function guarded(work) {
  try {
    alertUser("");
    return await work();
  } catch (error) {
    alertUser(error instanceof Refused ? error.message : say("no-server"));
    return undefined;
  }
}

// --- the first page

function home() {
  const name = find("trainee");
  if (!name.value) name.value = localStorage.getItem(KEPT_NAME) || "";
  find("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    const course = Number(document.querySelector("input[name=course]:checked").value);
    guarded(async () => {
      const { sitting } = await post(`${base}begin`, { trainee: name.value, course });
      localStorage.setItem(KEPT_NAME, name.value.trim());
      location.href = `${base}sitting/${sitting}`;
    });
  });
  name.focus();
}

// --- a sitting

async function standing() {
  state.standing = await get(`${base}state.json`);
  find("course").textContent = state.standing.course;
  find("trainee").textContent = state.standing.trainee;
}

async function sitting() {
  viewer = new Viewer(find("viewer"), {
    marks,
    dress,
    tapped,
    moved: () => {},
    movable: () => false,
  });
  const place = (event) => {
    pointer = event.type === "pointerleave" ? null : [event.clientX, event.clientY];
  };
  for (const kind of ["pointermove", "pointerdown", "pointerleave"]) find("viewer").addEventListener(kind, place, true);
  document.addEventListener("keydown", pressed);
  await standing();
  const open = state.standing.questions.findIndex((one) => !one.answered);
  await (open >= 0 ? ask(open) : result());
}

function view(name) {
  for (const one of ["slide", "thing", "end"]) find(`view-${one}`).hidden = one !== name;
}

// Shows a question: to be answered, or with what was right.
async function ask(number) {
  state.at = number;
  state.question = await get(`${base}question/${number}/question.json`);
  const { questions } = state.standing;
  find("number").textContent = `${say("question")} ${number + 1} / ${questions.length}`;
  app.dataset.ready = "";
  const key = `hemozoin-quiz:${base.split("/").slice(3).join("/")}:${number}`;
  state.tally = null;
  state.marks = [];
  if (state.question.of === "slide") {
    const fields = state.question.fields.length;
    if (!state.question.answered) state.tally = new Tally(key, fields);
    const { outcome } = state.question;
    const first = outcome && outcome.off.length > 0 ? outcome.off[0][0] : 0;
    view("slide");
    await go(state.tally ? state.tally.at : first);
  } else {
    view("thing");
    find("thing").src = `${base}question/${number}/thing.jpg`;
    side();
  }
  app.dataset.ready = String(number);
}

// --- a slide

async function go(field) {
  const fields = state.question.fields.length;
  state.field = Math.max(0, Math.min(fields - 1, field));
  if (state.tally) state.tally.go(state.field);
  const [width, height] = state.question.fields[state.field];
  const of = `${base}question/${state.at}/tile/`;
  const shown = state.field;
  viewer.open({ width, height, tile: (level, column, row) => `${of}${shown}/${level}/${column}/${row}` });
  drawing(`${of}${shown}/0/0/0`, shown + 1 < fields ? `${of}${shown + 1}/0/0/0` : null);
  state.marks = [];
  if (!state.tally && state.question.outcome) {
    const marked = await get(`${base}question/${state.at}/marks/${shown}`);
    if (state.field === shown) state.marks = marked;
  }
  tools();
  side();
  viewer.shown();
  viewer.ask();
}

// Says that a field is being drawn until it is; then the next is drawn while this one is looked at.
function drawing(here, next) {
  const note = find("field-note");
  const tile = new Image();
  delete app.dataset.drawn;
  note.textContent = say("drawing");
  note.hidden = false;
  const shown = state.field;
  tile.onload = () => {
    if (state.field !== shown) return;
    note.hidden = true;
    app.dataset.drawn = String(shown);
    if (next) new Image().src = next;
  };
  tile.src = here;
}

function marks() {
  if (!state.tally) return state.marks;
  const own = state.tally.of(state.field).marks;
  return own.map(([thing, x, y]) => ({ thing, px: x, py: y, x: x - MARK, y: y - MARK, w: 2 * MARK, h: 2 * MARK }));
}

function dress(mark) {
  if (state.tally) return { colour: "#0b5a8a", dash: [], width: 2, sign: String(THINGS.indexOf(mark.thing) + 1) };
  const { colour, dash, sign } = DRESS[mark.state];
  return { colour, dash, sign, width: 2 };
}

function tapped(x, y, mark) {
  if (!state.tally) return;
  const [width, height] = state.question.fields[state.field];
  if (mark) state.tally.remove(mark);
  else if (x >= 0 && y >= 0 && x < width && y < height) state.tally.add(state.tally.chosen, [x, y]);
  side();
  viewer.ask();
}

// Where the pointer is in the field; null where it is not over it.
function pointed() {
  if (!pointer) return null;
  const box = find("viewer").getBoundingClientRect();
  const place = viewer.toImage(new viewer.Point(pointer[0] - box.left, pointer[1] - box.top));
  const [width, height] = state.question.fields[state.field];
  return place && place[0] >= 0 && place[1] >= 0 && place[0] < width && place[1] < height ? place : null;
}

function count(number) {
  state.tally.chosen = number;
  state.tally.add(number, pointed());
  side();
  viewer.ask();
}

function undo() {
  state.tally.undo();
  if (state.tally.at !== state.field) return go(state.tally.at);
  side();
  viewer.ask();
  return undefined;
}

function tools() {
  const box = find("field-tools");
  box.textContent = "";
  const button = (text, act, off) => {
    const made = element("button", { type: "button", onclick: act }, text);
    made.disabled = Boolean(off);
    box.append(made);
  };
  const last = state.question.fields.length - 1;
  button(say("previous"), () => go(state.field - 1), state.field === 0);
  button(say("next"), () => go(state.field + 1), state.field === last);
  box.append(element("span", { class: "count", id: "field-number" }, `${say("field")} ${state.field + 1} / ${last + 1}`));
  button("+", () => viewer.zoomMiddle(1.4));
  button("\u2212", () => viewer.zoomMiddle(1 / 1.4));
  button(say("fit"), () => viewer.fit());
  if (state.tally) button(say("undo"), undo, state.tally.steps.length === 0);
  else box.append(element("span", { class: "legend" }, legend()));
}

// --- what stands beside

function side() {
  const box = find("side");
  const focused = document.activeElement && document.activeElement.id;
  box.textContent = "";
  const { question } = state;
  box.append(element("p", { class: "ask" }, question.text));
  if (question.answered) answered(box);
  else if (question.of === "slide") slideSide(box);
  else thingSide(box);
  if (focused && find(focused)) find(focused).focus();
}

function slideSide(box) {
  const { tally, question } = state;
  const again = () => {
    tools();
    side();
  };
  box.append(tally.table(again));
  box.append(element("p", { id: "looked" }, `${say("looked")} ${tally.looked.length} / ${tally.fields}`));
  if (question.ask !== "count") {
    const verdicts = element("p", { class: "verdicts" });
    for (const [name, positive] of [["seen", true], ["none", false]]) {
      const act = () => verdict(positive);
      verdicts.append(element("button", { type: "button", onclick: act, id: `say-${name}`, "aria-pressed": String(tally.positive === positive) }, say(name)));
    }
    box.append(verdicts);
  }
  box.append(element("p", null, element("button", { type: "button", class: "main", id: "hand-in", onclick: handIn }, say("hand-in"))));
  box.append(element("p", { class: "remarks" }, say("pointing")));
}

function thingSide(box) {
  const list = element("p", { class: "answers" });
  ANSWERS.forEach((thing, number) => {
    const key = thing === "nothing" ? "R" : String(number + 1);
    const act = () => send({ of: "crop", thing });
    list.append(element("button", { type: "button", onclick: act, id: `answer-${thing}` }, element("kbd", null, key), ` ${nameOf(thing)}`));
  });
  box.append(list);
}

function answered(box) {
  const { outcome } = state.question;
  if (!outcome) {
    box.append(element("p", { class: "state" }, say("kept")));
  } else {
    const sign = outcome.right ? "\u2713" : "\u2717";
    box.append(element("p", { class: `state ${outcome.right ? "right" : "wrong"}`, role: "status" }, `${sign} ${say(outcome.right ? "right" : "wrong")}`));
    for (const line of outcome.lines) box.append(element("p", null, line));
    if (outcome.off.length > 0) {
      box.append(element("h2", null, say("off-fields")));
      const list = element("ul", { class: "off" });
      for (const [field, text] of outcome.off) {
        list.append(element("li", null, element("button", { type: "button", onclick: () => go(field), "aria-current": String(field === state.field) }, text)));
      }
      box.append(list);
    }
  }
  const open = nextOpen();
  const text = open === null ? say("to-result") : say("next-question");
  box.append(element("p", null, element("button", { type: "button", class: "main", id: "on", onclick: on }, text)));
}

// --- answering

function verdict(positive) {
  state.tally.positive = positive;
  state.tally.keep();
  side();
}

function handIn() {
  return send(state.tally.answer(state.question.ask !== "count"));
}

let sending = false;

async function send(answer) {
  if (sending) return;
  sending = true;
  try {
    const { outcome } = await post(`${base}question/${state.at}/answer`, answer);
    alertUser("");
    const tally = state.tally;
    if (tally) tally.forget();
    state.tally = null;
    Object.assign(state.question, { answered: true, outcome });
    await guarded(standing);
    if (!outcome) await guarded(on);
    else if (state.question.of === "slide") await guarded(() => go(outcome.off.length > 0 ? outcome.off[0][0] : state.field));
    else side();
  } catch (error) {
    alertUser(error instanceof Refused ? error.message : say("not-written"));
    // Kept already, by another page of this sitting.
    if (error.key === "error-quiz-answered") await guarded(() => ask(state.at));
  } finally {
    sending = false;
  }
}

function nextOpen() {
  const { questions } = state.standing;
  for (let i = 1; i <= questions.length; i++) {
    const at = (state.at + i) % questions.length;
    if (!questions[at].answered) return at;
  }
  return null;
}

async function on() {
  const open = nextOpen();
  await (open === null ? result() : ask(open));
}

// --- the end

async function result() {
  await standing();
  state.question = null;
  state.tally = null;
  view("end");
  find("number").textContent = say("result");
  const box = find("view-end");
  box.textContent = "";
  const { score, questions } = state.standing;
  box.append(element("h2", null, say("result")));
  for (const line of score) box.append(element("p", null, line));
  box.append(element("h2", null, say("questions")));
  const list = element("p", { class: "answers" });
  questions.forEach((one, number) => {
    const sign = one.right === true ? "\u2713" : one.right === false ? "\u2717" : "";
    const said = one.right === null ? say("open") : say(one.right ? "right" : "wrong");
    list.append(element("button", { type: "button", "aria-label": `${say("question")} ${number + 1}, ${said}`, onclick: () => guarded(() => ask(number)) }, `${number + 1} ${sign}`));
  });
  box.append(list);
  const side = find("side");
  side.textContent = "";
  side.append(element("p", null, element("a", { class: "main", href: `${base}sheet.pdf`, download: "" }, say("sheet"))));
  side.append(element("p", null, element("a", { href: `${base}sheet.html`, target: "_blank", rel: "noopener" }, say("print"))));
  side.append(element("p", null, element("a", { href: base.replace(/sitting\/[^/]*\/$/, "") }, say("again"))));
  app.dataset.ready = "end";
}

// --- keys

function slideKeys() {
  const pan = 1 / 8;
  const keys = {
    KeyN: () => go(state.field + 1),
    PageDown: () => go(state.field + 1),
    KeyP: () => go(state.field - 1),
    PageUp: () => go(state.field - 1),
    ArrowRight: () => viewer.pan(pan, 0),
    ArrowLeft: () => viewer.pan(-pan, 0),
    ArrowDown: () => viewer.pan(0, pan),
    ArrowUp: () => viewer.pan(0, -pan),
    Equal: () => viewer.zoomMiddle(1.4),
    DigitAdd: () => viewer.zoomMiddle(1.4),
    Minus: () => viewer.zoomMiddle(1 / 1.4),
    DigitSubtract: () => viewer.zoomMiddle(1 / 1.4),
    Digit0: () => viewer.fit(),
  };
  if (!state.tally) return keys;
  THINGS.forEach((_, number) => {
    keys[`Digit${number + 1}`] = () => count(number);
  });
  keys.KeyU = undo;
  keys.Backspace = undo;
  keys.Enter = handIn;
  if (state.question.ask !== "count") Object.assign(keys, { KeyA: () => verdict(true), KeyR: () => verdict(false) });
  return keys;
}

function thingKeys() {
  const keys = {};
  ANSWERS.forEach((thing, number) => {
    keys[thing === "nothing" ? "KeyR" : `Digit${number + 1}`] = () => send({ of: "crop", thing });
  });
  return keys;
}

// Letters by what is printed on the key, digits by where the key is (AZERTY shifts them).
function nameOfKey(event) {
  if (/^[a-z]$/i.test(event.key)) return `Key${event.key.toUpperCase()}`;
  return event.code === "NumpadEnter" ? "Enter" : event.code.replace("Numpad", "Digit");
}

function pressed(event) {
  const typing = event.target.closest && event.target.closest("input, select, textarea");
  if (!state.question || typing || event.altKey || event.ctrlKey || event.metaKey) return;
  const name = nameOfKey(event);
  if (event.repeat && name === "Enter") return;
  const onButton = event.target.closest && event.target.closest("button, a");
  if (onButton && name === "Enter") return;
  const slide = state.question.of === "slide" ? slideKeys() : {};
  const keys = state.question.answered ? { ...slide, Enter: on } : { ...slide, ...(state.question.of === "crop" ? thingKeys() : {}) };
  if (!(name in keys)) return;
  event.preventDefault();
  guarded(async () => keys[name]());
}

async function start() {
  await loadWords();
  if (app.dataset.page === "home") home();
  else await sitting();
  if (app.dataset.page === "home") app.dataset.ready = "home";
}

start().catch((error) => alertUser(error instanceof Refused ? error.message : say("failed")));
