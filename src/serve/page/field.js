// The fields: list, viewer, marks added and moved, fields looked at or left out.

import { base, element, get, say, sheet } from "./ask.js";
import { verdictOf } from "./grid.js";
import { Viewer } from "./viewer.js";

// What can be added, and how wide it is drawn, µm.
const ADDED = [
  ["ring", "asexual_parasite", "ring", 3],
  ["trophozoite", "asexual_parasite", "trophozoite", 4],
  ["schizont", "asexual_parasite", "schizont", 6],
  ["gametocyte", "gametocyte", "gametocyte", 10],
  ["white-cell", "white_cell", null, 12],
  ["red-cell", "red_cell", null, 7.4],
];
const REASONS = ["focus", "stain", "artefact", "overlap", "other-film"];
const COLOURS = {
  open: "#b3123c",
  confirmed: "#b3123c",
  doubtful: "#7a4b00",
  rejected: "#4a4a55",
  other: "#0b5a8a",
};

export class Fields {
  constructor(state, actions, side) {
    this.state = state;
    this.actions = actions;
    this.side = side;
    this.at = null;
    this.marks = [];
    this.tool = null;
    this.cells = false;
    this.list = document.getElementById("fields");
    this.tools = document.getElementById("field-tools");
    this.note = document.getElementById("field-note");
    this.viewer = new Viewer(document.getElementById("viewer"), {
      marks: () => this.marks,
      dress: (mark) => this.dress(mark),
      tapped: (x, y, mark) => this.tapped(x, y, mark),
      moved: (mark, x, y) => this.moved(mark, x, y),
      movable: (mark) => !this.tool && mark === this.side.shown && this.may(),
    });
  }

  may() {
    return this.state.whole.reading && !this.state.whole.signed;
  }

  isCell(mark) {
    return mark.c === "red_cell" || mark.c === "white_cell" || mark.c === "platelet";
  }

  dress(mark) {
    const verdict = verdictOf(mark);
    const chosen = this.side.shown && this.side.shown.id === mark.id;
    if (this.isCell(mark) && mark.o === "machine" && mark.v === null) {
      if (!this.cells) return null;
      return { colour: "rgba(11,90,138,0.8)", dash: [2, 3], width: 1, sign: "", faint: true };
    }
    if (mark.o === "near_miss" && mark.v === null) {
      return { colour: "#5b3a8c", dash: [2, 4], width: chosen ? 3 : 1.5, sign: "" };
    }
    const open = verdict.name === "open" && mark.o === "machine";
    const sign = verdict.sign || (mark.o === "own" ? "+" : "");
    return { colour: COLOURS[verdict.name], dash: open ? [6, 4] : [], width: chosen ? 4 : 2, sign };
  }

  // Shows a mark in its field.
  async go(mark) {
    await this.open(mark.f);
    const field = this.state.whole.fields[mark.f];
    const side = field.um ? 60 / field.um : 600;
    this.viewer.goTo(mark.x + mark.w / 2, mark.y + mark.h / 2, side);
    const found = this.marks.find((one) => one.id === mark.id);
    this.side.mark(found || mark, true);
    this.viewer.ask();
  }

  async open(at) {
    const field = this.state.whole.fields[at];
    if (!field) return;
    if (this.at !== at) {
      this.at = at;
      this.marks = [];
      this.side.mark(null);
      const tile = (level, column, row) => `${base}tile/${at}/${level}/${column}/${row}`;
      this.viewer.open({ width: field.width, height: field.height, tile });
    }
    const reading = this.state.reading || 0;
    const marks = await get(`${base}field/${at}?reading=${reading}`);
    if (this.at !== at) return;
    this.marks = marks;
    this.show();
    this.viewer.ask();
  }

  heard(news) {
    if (this.at === null) return;
    for (const mark of news.marks.filter((mark) => mark.f === this.at)) {
      const place = this.marks.findIndex((one) => one.id === mark.id);
      if (place >= 0) this.marks[place] = mark;
      else this.marks.push(mark);
      if (this.side.inField && this.side.shown && this.side.shown.id === mark.id) this.side.mark(mark, true);
    }
    this.marks = this.marks.filter((mark) => !news.gone.includes(mark.id));
    this.viewer.ask();
  }

  show() {
    const { fields } = this.state.whole;
    if (this.at === null) {
      const first = fields.findIndex((field) => !field.copy && !field.looked);
      this.open(Math.max(0, first));
      return;
    }
    this.list.textContent = "";
    const { films } = this.state.whole.summary;
    fields.forEach((field, at) => {
      if (films.length > 1 && (at === 0 || fields[at - 1].film !== field.film)) {
        this.list.append(element("li", { class: "heading" }, films.find((film) => film.film === field.film).name));
      }
      const signs = [field.looked ? "\u2713" : "", field.counted && !field.excluded ? "" : "\u2298"].join("");
      const open = field.open > 0 ? ` (${field.open})` : "";
      const button = element(
        "button",
        { type: "button", "aria-current": at === this.at ? "true" : "false", title: field.image, onclick: () => this.open(at) },
        `${signs} ${field.image.split("/").pop()}${field.page > 0 ? ` ${field.page + 1}` : ""}${open}`,
      );
      this.list.append(element("li", { class: field.film }, button));
    });
    this.showTools();
    const field = fields[this.at];
    const notes = field.why.concat(field.excluded ? [`${say("excluded")} ${field.excluded}`] : []);
    this.note.textContent = notes.join(" \u00b7 ");
    this.note.hidden = notes.length === 0;
    this.viewer.shown();
  }

  showTools() {
    const field = this.state.whole.fields[this.at];
    const may = this.may() && !field.copy;
    const box = this.tools;
    box.textContent = "";
    const button = (text, act, pressed, off) => {
      const made = element("button", { type: "button", onclick: act, "aria-pressed": pressed === undefined ? null : String(pressed) }, text);
      made.disabled = Boolean(off);
      box.append(made);
    };
    button("+", () => this.viewer.zoomMiddle(1.4));
    button("\u2212", () => this.viewer.zoomMiddle(1 / 1.4));
    button(say("fit"), () => this.viewer.fit());
    button(say("cells-shown"), () => this.toggleCells(), this.cells);
    const cell = field.film === "thick" ? "red-cell" : "white-cell";
    for (const [name] of ADDED.filter(([name]) => name !== cell)) {
      button(`+ ${say(`do-${name}`)}`, () => this.choose(name), this.tool === name, !may);
    }
    const chosen = this.side.shown;
    const own = chosen && this.side.inField && chosen.o === "own";
    button(say("remove"), () => this.remove(), undefined, !may || !own);
    button(`${field.looked ? say("not-looked") : say("looked")} (L)`, () => this.looked(), field.looked, !may);
    button(field.excluded ? say("include") : say("exclude"), () => this.exclude(), Boolean(field.excluded), !may);
  }

  toggleCells() {
    this.cells = !this.cells;
    this.showTools();
    this.viewer.ask();
  }

  choose(name) {
    this.tool = this.tool === name ? null : name;
    this.viewer.element.classList.toggle("adding", this.tool !== null);
    this.showTools();
  }

  tapped(x, y, mark) {
    const seen = mark && this.dress(mark) ? mark : null;
    if (!this.tool || seen) {
      this.side.mark(seen, true);
      this.showTools();
      this.viewer.ask();
      return;
    }
    const field = this.state.whole.fields[this.at];
    const [, cell, stage, um] = ADDED.find(([name]) => name === this.tool);
    const width = um / (field.um || 0.1);
    if (x < 0 || y < 0 || x >= field.width || y >= field.height) return;
    const added = { do: "add", field: this.at, x: x - width / 2, y: y - width / 2, width, height: width, class: cell, stage };
    this.actions.decide([added], []);
  }

  moved(mark, x, y) {
    this.actions.decide([{ do: "move", mark: mark.id, x: x - mark.w / 2, y: y - mark.h / 2 }], [mark]);
  }

  remove() {
    const chosen = this.side.shown;
    if (!chosen || chosen.o !== "own") return;
    this.side.mark(null);
    this.actions.decide([{ do: "remove", mark: chosen.id }], []);
  }

  looked() {
    const field = this.state.whole.fields[this.at];
    this.actions.decide([{ do: "looked", field: this.at, whole: !field.looked }], []);
    if (!field.looked) this.step(1);
  }

  step(by) {
    const { fields } = this.state.whole;
    for (let at = this.at + by; at >= 0 && at < fields.length; at += by) {
      if (!fields[at].copy) return this.open(at);
    }
    return undefined;
  }

  async exclude() {
    const field = this.state.whole.fields[this.at];
    if (field.excluded) {
      this.actions.decide([{ do: "include", field: this.at }], []);
      return;
    }
    const reason = await sheet(say("exclude-title"), (box, done) => {
      const form = element("form", null);
      const text = element("input", { type: "text", id: "exclude-reason", maxlength: 200, required: true });
      const usual = element("p", { class: "known" });
      for (const name of REASONS) {
        const take = () => {
          text.value = say(`exclude-${name}`);
        };
        usual.append(element("button", { type: "button", onclick: take }, say(`exclude-${name}`)), " ");
      }
      form.append(element("label", { for: "exclude-reason" }, say("exclude-reason")), text, usual);
      form.append(element("p", { class: "buttons" }, element("button", { type: "submit", class: "main" }, say("exclude"))));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        done(text.value);
      });
      box.append(form);
    });
    if (reason && reason.trim()) this.actions.decide([{ do: "exclude", field: this.at, reason }], []);
  }

  // True where the key means something here.
  pressed(name) {
    const chosen = this.side.inField && this.side.shown;
    const verdicts = { KeyA: "accept", KeyR: "reject", KeyD: "doubtful", Digit1: "ring", Digit2: "trophozoite", Digit3: "schizont", Digit4: "gametocyte", Digit5: "white-cell", Digit6: "platelet" };
    if (chosen && name in verdicts) {
      this.actions.verdict(verdicts[name], chosen);
      return true;
    }
    const pan = 1 / 8;
    const act = {
      KeyL: () => this.looked(),
      KeyE: () => this.exclude(),
      KeyC: () => this.toggleCells(),
      KeyN: () => this.step(1),
      KeyP: () => this.step(-1),
      Delete: () => this.remove(),
      ArrowRight: () => this.viewer.pan(pan, 0),
      ArrowLeft: () => this.viewer.pan(-pan, 0),
      ArrowDown: () => this.viewer.pan(0, pan),
      ArrowUp: () => this.viewer.pan(0, -pan),
      Equal: () => this.viewer.zoomMiddle(1.4),
      Minus: () => this.viewer.zoomMiddle(1 / 1.4),
      NumpadAdd: () => this.viewer.zoomMiddle(1.4),
      DigitAdd: () => this.viewer.zoomMiddle(1.4),
      DigitSubtract: () => this.viewer.zoomMiddle(1 / 1.4),
      Digit0: () => this.viewer.fit(),
    }[name];
    if (!act) return false;
    if ((name === "KeyL" || name === "KeyE" || name === "Delete") && !this.may()) return true;
    act();
    return true;
  }
}
