// What a trainee counts on one slide: a tally counter for each field, with the places that were pointed at.

import { element, say } from "./ask.js";

export const THINGS = ["ring", "trophozoite", "schizont", "gametocyte", "white_cell"];
export const nameOf = (thing) => say(thing === null ? "parasite" : thing.replace(/_/g, "-"));

const empty = () => ({ counts: [0, 0, 0, 0, 0], marks: [] });

export class Tally {
  // Kept in this window under `key`, so that a page that is loaded again has lost nothing.
  constructor(key, fields) {
    this.key = key;
    this.fields = fields;
    this.at = 0;
    this.chosen = 0;
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    Object.assign(this, { positive: null, looked: [], counted: {}, steps: [] }, kept || {});
    this.go(this.at);
  }

  keep() {
    const { positive, looked, counted, at, steps } = this;
    sessionStorage.setItem(this.key, JSON.stringify({ positive, looked, counted, at, steps }));
  }

  forget() {
    sessionStorage.removeItem(this.key);
  }

  go(field) {
    this.at = Math.max(0, Math.min(this.fields - 1, field));
    if (!this.looked.includes(this.at)) this.looked.push(this.at);
    this.keep();
  }

  of(field) {
    return this.counted[field] || empty();
  }

  // One more of a thing in this field, at a place where one is given.
  add(number, place) {
    const field = this.of(this.at);
    field.counts[number] += 1;
    if (place) field.marks.push([THINGS[number], Math.round(place[0]), Math.round(place[1])]);
    this.steps.push([this.at, number, Boolean(place)]);
    this.put(field);
  }

  // Takes the last one back, wherever it was.
  undo() {
    const step = this.steps.pop();
    if (!step) return;
    const [at, number, placed] = step;
    const field = this.of(at);
    if (field.counts[number] > 0) field.counts[number] -= 1;
    if (placed) this.unmark(field, number);
    this.at = at;
    this.put(field);
  }

  // Takes a mark away.
  remove(mark) {
    const field = this.of(this.at);
    const found = field.marks.findIndex(([thing, x, y]) => thing === mark.thing && x === mark.px && y === mark.py);
    if (found < 0) return;
    field.marks.splice(found, 1);
    field.counts[THINGS.indexOf(mark.thing)] -= 1;
    this.put(field);
  }

  // A number typed in: never less than was pointed at.
  set(number, count) {
    const field = this.of(this.at);
    field.counts[number] = Math.max(0, Math.min(20000, Math.floor(count) || 0));
    while (this.marked(field, number) > field.counts[number]) this.unmark(field, number);
    this.put(field);
  }

  marked(field, number) {
    return field.marks.filter(([thing]) => thing === THINGS[number]).length;
  }

  unmark(field, number) {
    const last = field.marks.map(([thing]) => thing).lastIndexOf(THINGS[number]);
    if (last >= 0) field.marks.splice(last, 1);
  }

  put(field) {
    if (field.counts.some((n) => n > 0)) this.counted[this.at] = field;
    else delete this.counted[this.at];
    this.keep();
  }

  total(number) {
    return Object.values(this.counted).reduce((sum, field) => sum + field.counts[number], 0);
  }

  answer(detection) {
    const fields = Object.entries(this.counted).map(([field, { counts, marks }]) => ({ field: Number(field), counts, marks }));
    const answer = { of: "slide", looked: this.looked.length, fields };
    if (detection) answer.positive = this.positive;
    return answer;
  }

  // The counter: `changed()` is told of what is typed.
  table(changed) {
    const head = element("tr", null, element("th", { scope: "col" }, say("counted")));
    head.append(element("th", { scope: "col" }, say("this-field")), element("th", { scope: "col" }, say("all-fields")));
    const body = element("tbody", null);
    const { counts } = this.of(this.at);
    THINGS.forEach((thing, number) => {
      const label = `${nameOf(thing)}, ${say("in-this-field")}`;
      const input = element("input", { type: "number", min: 0, max: 20000, value: counts[number], "aria-label": label, id: `tally-${number}` });
      input.addEventListener("change", () => {
        this.set(number, Number(input.value));
        changed();
      });
      const choose = element(
        "button",
        {
          type: "button",
          "aria-pressed": String(this.chosen === number),
          onclick: () => {
            this.chosen = number;
            changed();
          },
        },
        element("kbd", null, String(number + 1)),
        ` ${nameOf(thing)}`,
      );
      const row = element("tr", null, element("th", { scope: "row" }, choose), element("td", null, input));
      row.append(element("td", { class: "number" }, String(this.total(number))));
      body.append(row);
    });
    const asexual = this.total(0) + this.total(1) + this.total(2);
    const sum = element("tr", { class: "sum" }, element("th", { scope: "row" }, say("asexual")), element("td", null));
    sum.append(element("td", { class: "number" }, String(asexual)));
    body.append(sum);
    return element("table", { class: "tally" }, element("thead", null, head), body);
  }
}
