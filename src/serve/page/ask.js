// Asking the server, and making elements. Text goes in as text, never as HTML.

export const app = document.getElementById("app");
export const base = app ? app.dataset.base : "";

let words = {};

export async function loadWords() {
  const root = app || document.getElementById("queue");
  words = await get(root.dataset.words);
}

export const say = (key) => (key in words ? words[key] : key);

// A refusal in the reader's words.
export class Refused extends Error {
  constructor(text, key, status) {
    super(text);
    this.key = key;
    this.status = status;
  }
}

async function answered(response) {
  const type = response.headers.get("content-type") || "";
  const body = type.startsWith("application/json") ? await response.json() : {};
  if (response.ok) return body;
  throw new Refused(body.error || say("failed"), body.key, response.status);
}

export async function get(path) {
  return answered(await fetch(path, { credentials: "omit" }));
}

export async function post(path, body) {
  return answered(
    await fetch(path, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

// A name for what is sent: sent twice, it is done once.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

// element("p", { class: "x" }, "text", child)
export function element(name, values, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values || {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) made.append(child);
  }
  return made;
}

// A sheet over the page that asks something; resolves to what `build` gives `done`, or null.
export function sheet(title, build) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const cover = element("div", { class: "cover" });
    const done = (value) => {
      cover.remove();
      document.removeEventListener("keydown", escape, true);
      if (before && before.focus) before.focus();
      resolve(value);
    };
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      done(null);
    };
    const box = element("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title });
    box.append(element("h2", null, title));
    build(box, done);
    cover.append(box);
    document.body.append(cover);
    document.addEventListener("keydown", escape, true);
    const first = box.querySelector("input, select, button");
    if (first) first.focus();
  });
}

// Draws once before the screen is next drawn, however often it is asked.
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

export const sheetIsOpen = () => document.querySelector(".cover") !== null;

export function alertUser(text) {
  const place = document.getElementById("alert");
  place.textContent = text || "";
  place.hidden = !text;
}
