// Thousands of crops, of which only those in sight are in the page.

import { base, element, oncePerFrame, say } from "./ask.js";

const WIDTH = 110;
const HEIGHT = 132;
const CROP = 104;

export const centre = (mark) => [Math.round((mark.x + mark.w / 2) * 10), Math.round((mark.y + mark.h / 2) * 10)];

export function cropOf(mark, size) {
  const [x, y] = centre(mark);
  return `${base}crop/${mark.f}/${size}/${x}/${y}`;
}

// What a verdict is called, and the sign that says it without colour.
export function verdictOf(mark) {
  if (mark.v === null) return { name: "open", sign: "" };
  if (mark.v === "nothing") return { name: "rejected", sign: "\u2717" };
  if (mark.v === "doubtful") return { name: "doubtful", sign: "?" };
  const parasite = mark.v.startsWith("asexual_parasite") || mark.v.startsWith("gametocyte");
  return parasite ? { name: "confirmed", sign: "\u2713" } : { name: "other", sign: "\u25cb" };
}

export function nameOf(code, stage) {
  return say(stage && stage !== "gametocyte" ? `stage-${stage}` : `class-${code.replace(/_/g, "-")}`);
}

export function verdictName(mark) {
  const verdict = verdictOf(mark);
  if (verdict.name === "confirmed" || verdict.name === "other") {
    const [code, stage] = mark.v.split(".");
    return nameOf(code, stage);
  }
  return say(`verdict-${verdict.name}`);
}

export class Grid {
  // look: { pending: Set, chosen(mark), opened(mark) }
  constructor(root, look) {
    this.root = root;
    this.look = look;
    this.ask = oncePerFrame(() => this.draw());
    this.list = [];
    this.at = 0;
    this.shown = new Map();
    this.floor = element("div", { class: "floor" });
    root.append(this.floor);
    root.addEventListener("scroll", () => this.ask());
    window.addEventListener("resize", () => this.ask());
    this.floor.addEventListener("click", (event) => {
      const cell = event.target.closest(".cell");
      if (cell) this.choose(Number(cell.dataset.at));
    });
    this.floor.addEventListener("dblclick", (event) => {
      if (event.target.closest(".cell")) this.look.opened(this.mark());
    });
  }

  columns() {
    return Math.max(1, Math.floor(this.root.clientWidth / WIDTH));
  }

  mark() {
    return this.list[this.at] || null;
  }

  set(list, keep) {
    const before = keep || (this.mark() && this.mark().id);
    this.list = list;
    const found = list.findIndex((mark) => mark.id === before);
    this.at = Math.max(0, found >= 0 ? found : Math.min(this.at, list.length - 1));
    for (const cell of this.shown.values()) cell.remove();
    this.shown.clear();
    this.draw();
  }

  // The same list with what the server says of its marks now.
  renew(known) {
    this.list = this.list.map((mark) => known.get(mark.id) || mark);
    this.ask();
  }

  choose(at) {
    if (this.list.length === 0) return;
    this.at = Math.max(0, Math.min(this.list.length - 1, at));
    this.reveal();
    this.ask();
    this.look.chosen(this.mark());
  }

  reveal() {
    const top = Math.floor(this.at / this.columns()) * HEIGHT;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    const below = top + HEIGHT - this.root.clientHeight;
    if (below > this.root.scrollTop) this.root.scrollTop = below;
  }

  // From the chosen one to the end of its row.
  restOfRow() {
    const columns = this.columns();
    const end = (Math.floor(this.at / columns) + 1) * columns;
    return this.list.slice(this.at, end);
  }

  // Places of the next ones that `wanted` takes, after the chosen one, then from the beginning; `most` at most.
  following(wanted, most) {
    const found = [];
    const all = this.list.length;
    for (let i = 1; i <= all && found.length < most; i++) {
      const at = (this.at + i) % all;
      if (wanted(this.list[at])) found.push(at);
    }
    return found;
  }

  next(wanted) {
    const [found] = this.following(wanted, 1);
    if (found !== undefined) this.choose(found);
    return found !== undefined;
  }

  draw() {
    const columns = this.columns();
    const rows = Math.ceil(this.list.length / columns);
    this.floor.style.height = `${rows * HEIGHT}px`;
    const first = Math.max(0, Math.floor(this.root.scrollTop / HEIGHT) - 1) * columns;
    const last = (Math.ceil((this.root.scrollTop + this.root.clientHeight) / HEIGHT) + 1) * columns;
    const wanted = new Set();
    for (let at = first; at < Math.min(last, this.list.length); at++) {
      const mark = this.list[at];
      wanted.add(mark.id);
      let cell = this.shown.get(mark.id);
      if (!cell) {
        cell = this.make(mark);
        this.shown.set(mark.id, cell);
        this.floor.append(cell);
      }
      this.dress(cell, mark, at, columns);
    }
    for (const [id, cell] of this.shown) {
      if (!wanted.has(id)) {
        cell.remove();
        this.shown.delete(id);
      }
    }
    const chosen = this.mark();
    if (chosen) this.root.setAttribute("aria-activedescendant", `mark-${chosen.id}`);
  }

  make(mark) {
    const image = element("img", { width: CROP, height: CROP, alt: "", decoding: "async", src: cropOf(mark, "small") });
    const cell = element("div", { class: "cell", id: `mark-${mark.id}`, role: "option" }, image);
    image.addEventListener("error", () => cell.classList.add("lost"));
    cell.append(element("span", { class: "sign", "aria-hidden": "true" }), element("span", { class: "label" }));
    return cell;
  }

  dress(cell, mark, at, columns) {
    const verdict = verdictOf(mark);
    const pending = this.look.pending.has(mark.id);
    const chosen = at === this.at;
    // A key changes two of some eighty: the others stay as they are.
    const worn = [at, columns, chosen, pending, mark.v].join();
    if (cell.worn === worn) return;
    cell.worn = worn;
    cell.className = `cell ${verdict.name}${chosen ? " chosen" : ""}${pending ? " pending" : ""}${
      cell.classList.contains("lost") ? " lost" : ""
    }`;
    cell.dataset.at = at;
    cell.setAttribute("aria-selected", chosen ? "true" : "false");
    cell.style.transform = `translate(${(at % columns) * WIDTH}px, ${Math.floor(at / columns) * HEIGHT}px)`;
    cell.children[1].textContent = pending ? "\u2026" : verdict.sign;
    const what = mark.v === null ? nameOf(mark.c, mark.s) : verdictName(mark);
    const score = mark.p === null ? "" : ` ${Math.round(mark.p * 100)}`;
    cell.children[2].textContent = what + score;
    cell.setAttribute("aria-label", `${what}${score}`);
  }
}
