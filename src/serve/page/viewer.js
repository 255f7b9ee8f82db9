// A field at any size, by OpenSeadragon (tiles, smooth zoom and pan by wheel, mouse and two fingers), and marks over it.

import { oncePerFrame } from "./ask.js";

const TILE = 512;
const MOST_LEVELS = 8;

export class Viewer {
  // look: { marks(), dress(mark) -> { colour, dash, sign, faint }, tapped(x, y, mark), moved(mark, x, y), movable(mark) }
  constructor(element, look) {
    this.element = element;
    this.look = look;
    this.ask = oncePerFrame(() => this.draw());
    const { OpenSeadragon } = window;
    this.Point = OpenSeadragon.Point;
    const gestures = { clickToZoom: false, dblClickToZoom: false, flickEnabled: false };
    this.seen = OpenSeadragon({
      element,
      drawer: "canvas",
      showNavigationControl: false,
      tabIndex: -1,
      animationTime: 0.25,
      minZoomImageRatio: 0.5,
      maxZoomPixelRatio: 16,
      visibilityRatio: 0.1,
      gestureSettingsMouse: gestures,
      gestureSettingsTouch: gestures,
      gestureSettingsPen: gestures,
      gestureSettingsUnknown: gestures,
    });
    this.over = document.createElement("canvas");
    this.over.className = "over";
    this.seen.canvas.append(this.over);
    const on = (name, act) => this.seen.addHandler(name, act);
    on("open", () => {
      if (this.wanted) this.goTo(...this.wanted);
      else this.fit();
    });
    on("update-viewport", () => this.draw());
    // Keys have one meaning everywhere on the page.
    on("canvas-key", (event) => {
      event.preventDefaultAction = true;
    });
    on("canvas-press", (event) => this.press(event.position));
    on("canvas-drag", (event) => {
      if (!this.held) return;
      event.preventDefaultAction = true;
      this.carried = this.toImage(event.position);
      this.ask();
    });
    on("canvas-drag-end", (event) => this.drop(event));
    on("canvas-click", (event) => {
      const place = event.quick && this.toImage(event.position);
      if (place) this.look.tapped(...place, this.under(...place));
    });
  }

  // image: { width, height, tile(halvings, column, row) }.
  open({ width, height, tile }) {
    const levels = Math.max(0, Math.min(MOST_LEVELS, Math.ceil(Math.log2(Math.max(width, height) / TILE))));
    const getTileUrl = (level, column, row) => tile(levels - level, column, row);
    this.wanted = null;
    this.seen.open({ width, height, tileSize: TILE, minLevel: 0, maxLevel: levels, getTileUrl });
  }

  get image() {
    return this.seen.world.getItemAt(0);
  }

  // It was hidden, or its window has another size.
  shown() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === this.width && clientHeight === this.height) return;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.seen.forceResize();
    this.fit();
  }

  fit() {
    if (this.image) this.seen.viewport.goHome(true);
    this.ask();
  }

  // Shows `side` pixels of the picture around a place.
  goTo(x, y, side) {
    if (!this.image) {
      this.wanted = [x, y, side];
      return;
    }
    this.wanted = null;
    this.shown();
    this.seen.viewport.fitBounds(this.image.imageToViewportRectangle(x - side / 2, y - side / 2, side, side), true);
    this.ask();
  }

  zoomMiddle(factor) {
    this.seen.viewport.zoomBy(factor).applyConstraints();
  }

  // By shares of what is seen.
  pan(dx, dy) {
    const { viewport } = this.seen;
    const bounds = viewport.getBounds();
    viewport.panBy(new this.Point(dx * bounds.width, dy * bounds.height)).applyConstraints();
  }

  // Pixels of the picture at a place of the viewer; null before there is a picture.
  toImage(position) {
    const place = this.image && this.image.viewerElementToImageCoordinates(position);
    return place ? [place.x, place.y] : null;
  }

  // Pixels of the screen that one of the picture takes.
  get scale() {
    const across = (x) => this.image.imageToViewerElementCoordinates(new this.Point(x, 0)).x;
    return across(1) - across(0);
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

  press(position) {
    const place = this.toImage(position);
    const mark = place && this.under(...place);
    this.held = mark && this.look.movable(mark) ? mark : null;
    this.carried = null;
  }

  drop(event) {
    if (!this.held) return;
    event.preventDefaultAction = true;
    if (this.carried) this.look.moved(this.held, ...this.carried);
    this.held = null;
    this.carried = null;
    this.ask();
  }

  draw() {
    const size = this.seen.viewport ? this.seen.viewport.getContainerSize() : null;
    if (!size) return;
    this.ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.x * this.ratio), Math.round(size.y * this.ratio)];
    if (this.over.width !== width || this.over.height !== height) {
      this.over.width = width;
      this.over.height = height;
    }
    const context = this.over.getContext("2d");
    context.clearRect(0, 0, width, height);
    if (!this.image) return;
    const [scale, corner] = [this.scale, this.image.imageToViewerElementCoordinates(new this.Point(0, 0))];
    for (const mark of this.look.marks()) this.ring(context, mark, scale * this.ratio, corner.times(this.ratio));
  }

  ring(context, mark, scale, corner) {
    const dress = this.look.dress(mark);
    if (!dress) return;
    const carried = this.held === mark && this.carried;
    const x = carried ? this.carried[0] : mark.x + mark.w / 2;
    const y = carried ? this.carried[1] : mark.y + mark.h / 2;
    const cx = corner.x + x * scale;
    const cy = corner.y + y * scale;
    const radius = Math.max(6 * this.ratio, (Math.max(mark.w, mark.h) / 2) * scale + 3 * this.ratio);
    if (cx < -radius || cy < -radius || cx > this.over.width + radius || cy > this.over.height + radius) return;
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
