// A field at any size: tiles, smooth zoom and pan by wheel, mouse and two fingers, and marks over it.

import { oncePerFrame } from "./ask.js";

const TILE = 512;
const MOST_TILES = 200;
const STILL = 5;

export class Viewer {
  // look: { marks(), dress(mark) -> { colour, dash, sign, faint }, tapped(x, y, mark), moved(mark, x, y), movable(mark) }
  constructor(canvas, look) {
    this.canvas = canvas;
    this.look = look;
    this.ask = oncePerFrame(() => this.draw());
    this.tiles = new Map();
    this.fingers = new Map();
    this.image = null;
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.up(event));
    window.addEventListener("resize", () => this.resize());
  }

  // image: { width, height, tile(level, column, row) }; the same place again keeps zoom and pan.
  open(image) {
    this.image = image;
    this.tiles.clear();
    this.levels = Math.max(0, Math.min(8, Math.ceil(Math.log2(Math.max(image.width, image.height) / TILE))));
    this.resize();
    this.fit();
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    this.ratio = ratio;
    this.ask();
  }

  fit() {
    if (!this.image) return;
    const scale = Math.min(this.canvas.width / this.image.width, this.canvas.height / this.image.height);
    this.scale = scale || 1;
    this.x = this.image.width / 2 - this.canvas.width / 2 / this.scale;
    this.y = this.image.height / 2 - this.canvas.height / 2 / this.scale;
    this.ask();
  }

  // Shows `side` pixels of the picture around a place.
  goTo(x, y, side) {
    this.scale = Math.min(this.canvas.width, this.canvas.height) / side;
    this.x = x - this.canvas.width / 2 / this.scale;
    this.y = y - this.canvas.height / 2 / this.scale;
    this.ask();
  }

  zoom(factor, cx, cy) {
    if (!this.image) return;
    const least = 0.5 * Math.min(this.canvas.width / this.image.width, this.canvas.height / this.image.height);
    const scale = Math.max(least, Math.min(16, this.scale * factor));
    this.x += cx / this.scale - cx / scale;
    this.y += cy / this.scale - cy / scale;
    this.scale = scale;
    this.ask();
  }

  zoomMiddle(factor) {
    this.zoom(factor, this.canvas.width / 2, this.canvas.height / 2);
  }

  pan(dx, dy) {
    this.x += dx / this.scale;
    this.y += dy / this.scale;
    this.ask();
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * this.ratio, (event.clientY - box.top) * this.ratio];
  }

  toImage(cx, cy) {
    return [this.x + cx / this.scale, this.y + cy / this.scale];
  }

  wheel(event) {
    event.preventDefault();
    const [cx, cy] = this.place(event);
    const lines = event.deltaMode === 1 ? 33 : 1;
    this.zoom(Math.pow(1.0015, -event.deltaY * lines), cx, cy);
  }

  // The smallest mark under a place.
  under(x, y) {
    const reach = 4 / this.scale;
    let best = null;
    for (const mark of this.look.marks()) {
      const dx = Math.abs(x - (mark.x + mark.w / 2));
      const dy = Math.abs(y - (mark.y + mark.h / 2));
      const inside = dx <= mark.w / 2 + reach && dy <= mark.h / 2 + reach;
      if (inside && (!best || mark.w < best.w)) best = mark;
    }
    return best;
  }

  down(event) {
    if (!this.image) return;
    this.canvas.setPointerCapture(event.pointerId);
    const at = this.place(event);
    this.fingers.set(event.pointerId, at);
    if (this.fingers.size === 1) {
      this.begun = at;
      this.strayed = false;
      const mark = this.under(...this.toImage(...at));
      this.held = mark && this.look.movable(mark) ? mark : null;
    } else {
      this.strayed = true;
      this.held = null;
    }
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const at = this.place(event);
    const far = Math.hypot(at[0] - this.begun[0], at[1] - this.begun[1]);
    if (far > STILL * this.ratio) this.strayed = true;
    if (this.fingers.size === 2) {
      const other = Array.from(this.fingers.entries()).find(([id]) => id !== event.pointerId)[1];
      const apart = (p) => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
      this.pan((before[0] - at[0]) / 2, (before[1] - at[1]) / 2);
      this.zoom(apart(at) / apart(before), (at[0] + other[0]) / 2, (at[1] + other[1]) / 2);
    } else if (this.held && this.strayed) {
      this.carried = this.toImage(...at);
      this.ask();
    } else if (this.strayed) {
      this.pan(before[0] - at[0], before[1] - at[1]);
    }
    this.fingers.set(event.pointerId, at);
  }

  up(event) {
    const at = this.fingers.get(event.pointerId);
    this.fingers.delete(event.pointerId);
    if (!at || this.fingers.size > 0) return;
    const [x, y] = this.toImage(...at);
    if (this.held && this.carried) this.look.moved(this.held, x, y);
    else if (!this.strayed && event.type === "pointerup") this.look.tapped(x, y, this.under(x, y));
    this.held = null;
    this.carried = null;
    this.ask();
  }

  tile(level, column, row) {
    const key = `${level}/${column}/${row}`;
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = new Image();
      tile.onload = () => this.ask();
      tile.src = this.image.tile(level, column, row);
    } else {
      this.tiles.delete(key);
    }
    this.tiles.set(key, tile);
    if (this.tiles.size > MOST_TILES) this.tiles.delete(this.tiles.keys().next().value);
    return tile.complete && tile.naturalWidth > 0 ? tile : null;
  }

  draw() {
    if (!this.image || !this.canvas.width) return;
    const context = this.canvas.getContext("2d");
    context.fillStyle = "#2b2b30";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.imageSmoothingEnabled = this.scale < 4;
    const level = Math.max(0, Math.min(this.levels, Math.floor(-Math.log2(this.scale) + 0.3)));
    // The coarsest lies under the one wanted, so that nothing is empty while that comes.
    if (level < this.levels) this.paint(context, this.levels);
    this.paint(context, level);
    for (const mark of this.look.marks()) this.ring(context, mark);
  }

  paint(context, level) {
    const step = TILE * Math.pow(2, level);
    const last = (v, side) => Math.floor(Math.min(v, side - 1) / step);
    const right = this.x + this.canvas.width / this.scale;
    const bottom = this.y + this.canvas.height / this.scale;
    for (let row = Math.max(0, Math.floor(this.y / step)); row <= last(bottom, this.image.height); row++) {
      for (let column = Math.max(0, Math.floor(this.x / step)); column <= last(right, this.image.width); column++) {
        const tile = this.tile(level, column, row);
        if (!tile) continue;
        const width = Math.min(step, this.image.width - column * step);
        const height = Math.min(step, this.image.height - row * step);
        context.drawImage(
          tile,
          (column * step - this.x) * this.scale,
          (row * step - this.y) * this.scale,
          width * this.scale,
          height * this.scale,
        );
      }
    }
  }

  ring(context, mark) {
    const dress = this.look.dress(mark);
    if (!dress) return;
    const carried = this.held === mark && this.carried;
    const x = carried ? this.carried[0] : mark.x + mark.w / 2;
    const y = carried ? this.carried[1] : mark.y + mark.h / 2;
    const cx = (x - this.x) * this.scale;
    const cy = (y - this.y) * this.scale;
    const radius = Math.max(6 * this.ratio, (Math.max(mark.w, mark.h) / 2) * this.scale + 3 * this.ratio);
    if (cx < -radius || cy < -radius || cx > this.canvas.width + radius || cy > this.canvas.height + radius) return;
    const line = (width, colour) => {
      context.lineWidth = width * this.ratio;
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(cx, cy, radius, 0, 7);
      context.stroke();
    };
    context.setLineDash(dress.dash.map((d) => d * this.ratio));
    if (!dress.faint) line(dress.width + 2, "rgba(255,255,255,0.8)");
    line(dress.width, dress.colour);
    context.setLineDash([]);
    if (!dress.sign) return;
    context.font = `bold ${14 * this.ratio}px sans-serif`;
    context.lineWidth = 3 * this.ratio;
    context.strokeStyle = "#fff";
    context.fillStyle = dress.colour;
    context.strokeText(dress.sign, cx + radius * 0.7, cy - radius * 0.7);
    context.fillText(dress.sign, cx + radius * 0.7, cy - radius * 0.7);
  }
}
