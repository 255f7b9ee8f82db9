// What stands beside the marks: the chosen one at large, and the result as the server says it.

import { base, element, say, sheet } from "./ask.js";
import { cropOf, nameOf, verdictName, verdictOf } from "./grid.js";

// Side of the larger view, µm.
const VIEW_UM = 40;

const BUTTONS = [
  ["accept", "A"],
  ["reject", "R"],
  ["doubtful", "D"],
  ["ring", "1"],
  ["trophozoite", "2"],
  ["schizont", "3"],
  ["gametocyte", "4"],
  ["white-cell", "5"],
  ["platelet", "6"],
];

export class Side {
  constructor(root, state, actions) {
    this.state = state;
    this.actions = actions;
    this.image = element("img", { class: "large", alt: "" });
    this.ring = element("span", { class: "marker", "aria-hidden": "true" });
    this.said = element("p", { class: "mark-said" });
    this.buttons = element("div", { class: "verdicts" });
    for (const [name, key] of BUTTONS) {
      const act = () => this.actions.verdict(name, this.inField ? this.shown : null);
      this.buttons.append(
        element("button", { type: "button", class: name, onclick: act }, element("kbd", null, key), ` ${say(`do-${name}`)}`),
      );
    }
    this.card = element("div", { class: "card" }, element("div", { class: "frame" }, this.image, this.ring), this.said, this.buttons);
    this.words = element("div", { class: "result", "aria-live": "polite" });
    root.append(this.words, this.card);
  }

  // The chosen mark; `inField` where it was chosen in a field.
  mark(mark, inField) {
    this.shown = mark;
    this.inField = Boolean(inField);
    this.card.hidden = !mark;
    if (!mark) return;
    const source = cropOf(mark, "large");
    if (this.image.getAttribute("src") !== source) this.image.setAttribute("src", source);
    const field = this.state.whole.fields[mark.f];
    // In parts of the larger view: to ask how wide that is would make the browser lay out the page at once.
    const part = field.um ? (Math.max(mark.w, mark.h) * field.um) / VIEW_UM + 0.03 : 0.12;
    this.ring.style.width = `${100 * Math.min(1, Math.max(0.06, part))}%`;
    this.ring.style.height = this.ring.style.width;
    const verdict = verdictOf(mark);
    const parts = [field.image];
    if (mark.p !== null) parts.push(`${nameOf(mark.c, mark.s)} ${Math.round(mark.p * 100)} %`);
    if (mark.o !== "machine") parts.push(say(`origin-${mark.o.replace("_", "-")}`));
    if (mark.v !== null) parts.push(`${verdict.sign} ${verdictName(mark)}`);
    this.said.textContent = parts.join(" \u00b7 ");
    for (const button of this.buttons.children) button.disabled = this.state.whole.signed;
  }

  // Fetches the larger views of the marks that come next, so that none is waited for.
  ahead(marks) {
    this.coming = marks.map((mark) => {
      const image = new Image();
      image.src = cropOf(mark, "large");
      return image;
    });
  }

  result(summary) {
    const box = this.words;
    box.textContent = "";
    const list = (title, lines, name) => {
      if (lines.length === 0) return;
      box.append(element("h2", null, title), element("ul", { class: name }, ...lines.map((line) => element("li", null, line))));
    };
    box.append(element("p", { class: "standing" }, summary.standing));
    if (summary.urgent) box.append(element("p", { class: "urgent" }, summary.urgent));
    box.append(element("p", { class: "state" }, summary.state));
    for (const film of summary.films) {
      box.append(element("h2", null, film.name));
      const done = film.suspects === 0 ? 1 : film.judged / film.suspects;
      const bar = element("progress", { max: 1, "aria-label": film.name });
      bar.value = done;
      box.append(bar, element("ul", { class: "film" }, ...film.lines.map((line) => element("li", null, line))));
      if (film.sample && this.state.whole.reading && !this.state.whole.signed) {
        const draw = () => this.actions.sample(film.film, film.sample.size);
        box.append(element("p", null, film.sample.text, " ", element("button", { type: "button", class: "draw", onclick: draw }, say("draw"))));
      }
      if (film.sampled && !this.state.whole.signed) {
        const all = () => this.actions.sample(film.film, 0);
        box.append(element("p", null, element("button", { type: "button", class: "judge-all", onclick: all }, say("judge-all"))));
      }
    }
    list(say("next-steps"), summary.next, "next");
    list(say("remarks"), summary.details.concat(summary.flags), "remarks");
    list(say("together"), summary.together, "together");
    const differing = summary.disagreements.map((one) => {
      const mark = one.mark && this.state.marks.get(one.mark);
      if (!mark) return element("li", null, one.text);
      return element("li", null, one.text, " ", element("button", { type: "button", onclick: () => this.actions.open(mark) }, say("look")));
    });
    if (differing.length > 0) box.append(element("h2", null, say("differing")), element("ul", null, ...differing));
    box.append(element("h2", null, say("machine")), element("p", { class: "machine" }, summary.machine));
  }
}

// The report on a signed reading, to be read and printed or to be kept.
function reportLinks(id, reading) {
  const report = (form) => `${base}report.${form}?reading=${reading.id}`;
  const named = `${id.replace(/[^\w.-]+/g, "-")}.pdf`;
  const page = { class: "main", id: "report-html", href: report("html"), target: "_blank", rel: "noopener" };
  const pdf = { class: "main", id: "report-pdf", href: report("pdf"), download: named };
  return element("p", { class: "report" }, element("a", page, say("report-page")), " ", element("a", pdf, say("report-pdf")));
}

// The page on which a reading is signed, and corrected after that.
export function signView(place, state, actions) {
  place.textContent = "";
  const { summary, reading, readings, signed } = state.whole;
  place.append(element("h2", null, say("sign-title")));
  if (!reading) {
    place.append(element("p", null, element("button", { type: "button", onclick: actions.whoReads }, say("who-reads"))));
    return;
  }
  place.append(element("p", { class: "standing" }, summary.standing), element("p", { class: "state" }, summary.state));
  for (const film of summary.films) {
    place.append(element("h3", null, film.name), element("ul", null, ...film.lines.map((line) => element("li", null, line))));
  }
  if (signed) {
    const ask = async () => {
      const reason = await sheet(say("correct-title"), (box, done) => {
        const form = element("form", null);
        const text = element("input", { type: "text", id: "reason", maxlength: 300, required: true });
        form.append(element("label", { for: "reason" }, say("correct-reason")), text);
        form.append(element("p", { class: "buttons" }, element("button", { type: "submit", class: "main" }, say("correct"))));
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          done(text.value);
        });
        box.append(element("p", null, say("correct-about")), form);
      });
      if (reason) actions.correct(reason);
    };
    if (!state.whole.earlier) place.append(reportLinks(state.whole.id, reading));
    place.append(element("p", null, element("button", { type: "button", id: "correct", onclick: ask }, say("correct"))));
  } else {
    if (reading.correction) place.append(element("p", null, `${say("correction")} ${reading.correction}`));
    if (summary.left > 0) place.append(element("p", { class: "open-left" }, say("sign-open")));
    const sign = element("button", { type: "button", id: "sign-now", class: "main", onclick: actions.sign }, `${say("sign")} \u2013 ${reading.reader}`);
    place.append(element("p", null, say("sign-about")), element("p", null, sign));
  }
  if (readings.length > 1 || signed) {
    place.append(element("h3", null, say("readings")));
    const rows = readings.map((one) => {
      const when = one.signed ? `${say("signed")} ${one.signed_at}` : say("not-signed");
      return element("li", null, `${one.reader} \u00b7 ${when} \u00b7 ${say("version")} ${one.version}`);
    });
    place.append(element("ul", null, ...rows));
    place.append(element("p", null, element("button", { type: "button", id: "another-reader", onclick: actions.whoReads }, say("another-reader"))));
  }
}
