// The timeline: a canvas of lanes under the film. Draws what the sheet says, and turns what is dragged into steps.

const GUTTER = 92, EDGE = 7; // px: names of the lanes; how near a finger must be
const LANES = [["ruler", 20], ["shots", 56], ["sections", 38], ["hits", 24], ["speech", 14], ["motion", 30], ["dynamics", 42], ["music", 46], ["loudness", 38]];
const QUIET = -40, LOUD = -6, TARGET = -14; // LUFS: the edges of the lane, and the line in it
const TINTS = ["#c8643c", "#3f7fb5", "#5f8f4e", "#8d62ad", "#b08a2e", "#3d9691"];

export class Timeline {
  constructor(root, { make, say, film, editor, facts }) {
    Object.assign(this, { say, film, editor, facts, stems: [], selected: 0, from: 0, to: facts.duration, drag: null });
    this.box = make("div", { className: "iv-lanes", tabIndex: 0 });
    this.canvas = make("canvas");
    this.head = make("div", { className: "iv-playhead" });
    this.box.append(this.canvas, this.head);
    this.box.setAttribute("role", "slider");
    this.box.setAttribute("aria-label", say("web.studio"));
    root.append(this.box);
    this.tiles = facts.frames ? Object.assign(new Image(), { src: facts.frames, onload: () => this.draw() }) : null;
    new ResizeObserver(() => this.draw()).observe(this.box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.#listen();
    this.#follow();
  }

  get lanes() { return [...LANES.filter(([name]) => !(this.facts[name]?.length === 0)), ...this.stems.map(({ name }) => [name, 34])]; }
  get width() { return Math.max(60, this.box.clientWidth - GUTTER); }
  x(time) { return GUTTER + ((time - this.from) / (this.to - this.from)) * this.width; }
  time(x) { return Math.min(this.facts.duration, Math.max(0, this.from + ((x - GUTTER) / this.width) * (this.to - this.from))); }

  // `stems`: [{ name, label, peaks }], peaks 200 a second.
  show(stems) { this.stems = stems; this.draw(); }

  zoom(by, around = this.film.currentTime) {
    const span = Math.min(this.facts.duration, Math.max(1, (this.to - this.from) * by));
    const share = (around - this.from) / (this.to - this.from);
    this.#pan(around - share * span, span);
  }

  #pan(from, span) {
    this.from = Math.max(0, Math.min(from, this.facts.duration - span));
    this.to = this.from + span;
    this.draw();
  }

  draw() {
    const ratio = devicePixelRatio || 1, wide = this.box.clientWidth;
    if (!wide) return;
    const high = this.lanes.reduce((sum, [, height]) => sum + height + 4, 0);
    Object.assign(this.canvas, { width: wide * ratio, height: high * ratio });
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(this.box);
    const colour = (name) => style.getPropertyValue(`--iv-${name}`).trim();
    this.colours = { ink: colour("ink"), soft: colour("soft"), line: colour("line"), accent: colour("accent"), tint: colour("tint"), stage: colour("stage"), motion: colour("motion") };
    this.places = {};
    let top = 0;
    for (const [name, height] of this.lanes) {
      this.places[name] = [top, height];
      pen.save();
      pen.fillStyle = this.colours.soft;
      pen.font = "12px system-ui, sans-serif";
      pen.textBaseline = "middle";
      if (name !== "ruler") pen.fillText(this.#name(name), 0, top + height / 2, GUTTER - 8);
      pen.beginPath();
      pen.rect(GUTTER, top, this.width, height);
      pen.clip();
      this.#lane(pen, name, top, height);
      pen.restore();
      top += height + 4;
    }
    this.#place();
  }

  #name(lane) { return this.stems.find((each) => each.name === lane)?.label ?? this.say(`web.lane.${lane}`); }

  #lane(pen, name, top, height) {
    const { sheet } = this.editor;
    if (name === "ruler") return this.#ruler(pen, top, height);
    if (name === "shots") return this.#shots(pen, top, height);
    if (name === "sections") return sheet.cues.forEach((cue, index) => this.#section(pen, cue, index, top, height));
    pen.fillStyle = this.colours.tint;
    pen.fillRect(GUTTER, top, this.width, height);
    if (name === "hits") return sheet.hits.forEach((hit) => this.#hit(pen, hit, top, height));
    if (name === "speech") return this.#spans(pen, sheet.speech ?? [], top, height);
    if (name === "motion") return this.#curve(pen, this.facts.motion, 4, top, height, this.colours.motion);
    if (name === "dynamics") return this.#curve(pen, sheet.dynamics, 4, top, height, this.colours.accent);
    if (name === "loudness") return this.#loudness(pen, this.facts.loudness, top, height);
    const stem = this.stems.find((each) => each.name === name), drawn = name === "music" ? this.music : stem?.peaks;
    return drawn && this.#wave(pen, drawn, stem?.scale ?? 1, top, height);
  }

  #ruler(pen, top, height) {
    const span = this.to - this.from;
    const step = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120].find((each) => (each / span) * this.width > 54) ?? 300;
    pen.fillStyle = pen.strokeStyle = this.colours.soft;
    pen.font = "11px system-ui, sans-serif";
    for (let time = Math.ceil(this.from / step) * step; time <= this.to; time += step) {
      const x = this.x(time);
      pen.fillRect(x, top + height - 5, 1, 5);
      const label = step < 1 ? time.toFixed(2).replace(/0$/, "") : `${Math.floor(time / 60)}:${String(Math.round(time % 60)).padStart(2, "0")}`;
      if (x + 4 + pen.measureText(label).width <= GUTTER + this.width) pen.fillText(label, x + 4, top + height / 2);
    }
  }

  #shots(pen, top, height) {
    const { shots } = this.facts;
    pen.fillStyle = this.colours.stage;
    pen.fillRect(GUTTER, top, this.width, height);
    shots.forEach((shot, index) => {
      const [left, right] = [this.x(shot.start), this.x(shot.end)];
      if (this.tiles?.naturalWidth) {
        const tall = this.tiles.naturalHeight / shots.length, wide = (height * this.tiles.naturalWidth) / tall;
        pen.save();
        pen.beginPath();
        pen.rect(left, top, right - left - 2, height);
        pen.clip();
        for (let x = left; x < right; x += wide) {
          if (x + wide > GUTTER && x < GUTTER + this.width) pen.drawImage(this.tiles, 0, index * tall, this.tiles.naturalWidth, tall, x, top, wide, height);
        }
        pen.restore();
      }
    });
  }

  #section(pen, cue, index, top, height) {
    const [left, right] = [this.x(cue.start), this.x(cue.end)];
    const tint = TINTS[(cue.label.charCodeAt(0) - 65) % TINTS.length];
    pen.globalAlpha = index === this.selected ? 0.95 : 0.3 + 0.35 * cue.intensity;
    pen.fillStyle = tint;
    pen.beginPath();
    pen.roundRect(left + 1, top, Math.max(2, right - left - 2), height, 7);
    pen.fill();
    pen.globalAlpha = 1;
    pen.fillStyle = index === this.selected ? "#fff" : this.colours.ink;
    pen.font = "600 13px system-ui, sans-serif";
    const begin = Math.max(left, GUTTER) + 9;
    const whole = `${cue.label}  ${cue.mood}`, room = right - begin - 8;
    if (room > 8) pen.fillText(pen.measureText(whole).width <= room ? whole : cue.label, begin, top + height / 2);
  }

  #hit(pen, hit, top, height) {
    const x = this.x(hit.time), size = 4 + 4 * hit.strength, middle = top + height / 2;
    pen.fillStyle = this.colours.accent;
    pen.beginPath();
    pen.moveTo(x, middle - size);
    pen.lineTo(x + size, middle);
    pen.lineTo(x, middle + size);
    pen.lineTo(x - size, middle);
    pen.fill();
  }

  #spans(pen, spans, top, height) {
    pen.fillStyle = "#3f7fb5";
    for (const [start, end] of spans) pen.fillRect(this.x(start), top, Math.max(2, this.x(end) - this.x(start)), height);
  }

  #loudness(pen, values, top, height) {
    this.#curve(pen, values.map((each) => Math.min(1, Math.max(0, (each - QUIET) / (LOUD - QUIET)))), 4, top, height, this.colours.soft);
    const line = top + height - 2 - ((TARGET - QUIET) / (LOUD - QUIET)) * (height - 5);
    pen.globalAlpha = 0.6;
    pen.fillStyle = this.colours.ink;
    for (let x = GUTTER; x < GUTTER + this.width; x += 7) pen.fillRect(x, line, 3, 1); // what players turn films to
    pen.globalAlpha = 1;
  }

  // Each value is the mean of its part of a second: it stands in the middle of it.
  #curve(pen, values, rate, top, height, colour) {
    const place = (value) => top + height - 2 - value * (height - 5);
    pen.beginPath();
    pen.moveTo(this.x(0), top + height);
    if (values.length) pen.lineTo(this.x(0), place(values[0]));
    values.forEach((value, index) => pen.lineTo(this.x((index + 0.5) / rate), place(value)));
    if (values.length) pen.lineTo(this.x(this.facts.duration), place(values.at(-1)));
    pen.lineTo(this.x(this.facts.duration), top + height);
    pen.globalAlpha = 0.35;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = colour;
    pen.stroke();
  }

  #wave(pen, peaks, scale, top, height) {
    pen.fillStyle = this.colours.soft;
    const middle = top + height / 2;
    for (let x = GUTTER; x < GUTTER + this.width; x += 2) {
      const [from, to] = [Math.floor(this.time(x) * 200), Math.ceil(this.time(x + 2) * 200)];
      let peak = 0;
      for (let at = from; at < to && at < peaks.length; at += 1) peak = Math.max(peak, peaks[at]);
      const tall = Math.max(0.5, (Math.min(1, peak * scale) * height) / 2 - 1);
      pen.fillRect(x, middle - tall, 1.4, 2 * tall);
    }
  }

  #place() {
    const now = this.film.currentTime, x = this.x(now);
    const inside = x >= GUTTER - 1 && x <= GUTTER + this.width + 1;
    this.head.style.transform = `translateX(${x}px)`;
    this.head.style.opacity = inside ? 1 : 0;
    this.box.setAttribute("aria-valuemin", "0");
    this.box.setAttribute("aria-valuemax", this.facts.duration.toFixed(1));
    this.box.setAttribute("aria-valuenow", now.toFixed(1));
    if (!this.film.paused && !inside && !this.drag) this.#pan(now, this.to - this.from);
  }

  #follow() {
    const tick = () => {
      if (!this.box.isConnected) return;
      this.#place();
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  seek(time) { this.film.currentTime = Math.min(this.facts.duration - 0.01, Math.max(0, time)); this.#place(); }

  // What lies under a point: a boundary, a hit, a section, or a moment.
  under(x, y) {
    const lane = Object.entries(this.places).find(([, [top, height]]) => y >= top && y < top + height + 4)?.[0];
    const { cues, hits } = this.editor.sheet, time = this.time(x);
    if (lane === "sections") {
      const edge = cues.slice(0, -1).findIndex((cue) => Math.abs(this.x(cue.end) - x) <= EDGE);
      if (edge >= 0) return { kind: "edge", index: edge, time };
      return { kind: "section", index: cues.findIndex((cue) => time >= cue.start && time < cue.end), time };
    }
    if (lane === "hits") {
      const index = hits.findIndex((hit) => Math.abs(this.x(hit.time) - x) <= EDGE);
      return { kind: index >= 0 ? "hit" : "gap", index, time };
    }
    return { kind: "moment", time };
  }

  // A cut that is near, or the moment itself: people mean the cut.
  snapped(time) {
    const cut = this.facts.shots.map((shot) => shot.start).find((each) => each > 0 && Math.abs(this.x(each) - this.x(time)) <= EDGE);
    return cut ?? time;
  }

  #listen() {
    const point = (event) => { const box = this.canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    const fingers = new Map();
    this.canvas.addEventListener("pointerdown", (event) => {
      fingers.set(event.pointerId, event.clientX);
      this.canvas.setPointerCapture(event.pointerId);
      if (fingers.size > 1) { this.drag = null; return; }
      const found = this.under(...point(event));
      this.drag = found;
      if (found.kind === "section" && found.index >= 0) this.select(found.index);
      if (found.kind === "moment" || found.kind === "section") this.seek(found.time);
      if (found.kind === "hit") this.editor.dropHit(found.index);
      if (found.kind === "gap") this.editor.addHit(this.snapped(found.time));
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (fingers.size === 2 && fingers.has(event.pointerId)) return this.#pinch(fingers, event);
      const [x, y] = point(event);
      this.canvas.style.cursor = this.under(x, y).kind === "edge" ? "ew-resize" : "pointer";
      if (this.drag?.kind === "edge") {
        this.editor.boundary(this.drag.index, this.snapped(this.time(x)), this.drag.moved);
        this.drag.moved = true;
      }
      if (this.drag?.kind === "moment") this.seek(this.time(x));
    });
    const end = (event) => { fingers.delete(event.pointerId); this.drag = null; };
    this.canvas.addEventListener("pointerup", end);
    this.canvas.addEventListener("pointercancel", end);
    this.box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.deltaX) return;
      event.preventDefault();
      if (event.deltaX) return this.#pan(this.from + (event.deltaX / this.width) * (this.to - this.from), this.to - this.from);
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, this.time(point(event)[0]));
    }, { passive: false });
    this.box.addEventListener("keydown", (event) => this.#key(event));
  }

  #pinch(fingers, event) {
    const gap = () => Math.abs([...fingers.values()].reduce((one, other) => one - other)) + 1;
    const before = gap();
    fingers.set(event.pointerId, event.clientX);
    this.zoom(before / gap());
  }

  #key(event) {
    const now = this.film.currentTime, step = event.shiftKey ? 0.1 : 1;
    const keys = {
      ArrowLeft: () => this.seek(now - step), ArrowRight: () => this.seek(now + step),
      Home: () => this.seek(0), End: () => this.seek(this.facts.duration),
      "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1.4),
      " ": () => (this.film.paused ? this.film.play() : this.film.pause()),
      h: () => this.editor.addHit(this.snapped(now)), b: () => this.editor.split(this.snapped(now)),
      PageUp: () => this.#step(-1), PageDown: () => this.#step(1),
      Delete: () => this.editor.dropNear(now), Backspace: () => this.editor.dropNear(now),
      z: () => (event.shiftKey ? this.editor.redo() : this.editor.undo()),
      Tab: null,
    };
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // The section before or after, and the film at its beginning.
  #step(by) {
    const { cues } = this.editor.sheet;
    this.select(Math.min(cues.length - 1, Math.max(0, this.selected + by)));
    this.seek(cues[this.selected].start);
  }

  select(index) { this.selected = index; this.picked?.(index); this.draw(); }
}
