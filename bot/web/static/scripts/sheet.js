// Changes of a cue sheet, each a step that can be undone. Pure: no page, no sound.

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const RATE = 4; // values of `dynamics` a second
const SHORTEST = 0.5; // s of a section
// Where moods stand: valence, arousal (-1 to 1), intensity (0 to 1).
export const MOODS = {
  hopeful: [0.6, 0.2, 0.55], epic: [0.35, 0.8, 0.9], tense: [-0.6, 0.6, 0.6],
  calm: [0.4, -0.6, 0.3], funny: [0.7, 0.5, 0.5], sad: [-0.6, -0.5, 0.35],
};

export class SheetEditor {
  constructor(sheet, changed) {
    this.past = [];
    this.future = [];
    this.changed = changed;
    this.load(sheet);
  }

  load(sheet) {
    this.first = JSON.stringify(sheet);
    this.sheet = structuredClone(sheet);
    this.past.length = this.future.length = 0;
  }

  get text() { return JSON.stringify(this.sheet, null, 1); }
  get steps() { return this.past.length; }

  // One step: `act` changes the sheet in place; false from it means that there was nothing to do.
  // `same`: it goes on with the step before, as a drag does.
  step(act, same = false) {
    const before = JSON.stringify(this.sheet);
    if (act(this.sheet) === false || JSON.stringify(this.sheet) === before) return;
    if (!same) this.past.push(before);
    this.future.length = 0;
    this.changed();
  }

  undo() { this.#move(this.past, this.future); }
  redo() { this.#move(this.future, this.past); }

  #move(from, to) {
    if (!from.length) return;
    to.push(JSON.stringify(this.sheet));
    this.sheet = JSON.parse(from.pop());
    this.changed();
  }

  // What somebody typed into the box; returns what is wrong with it, or "".
  type(text, say) {
    const { wrong, sheet } = read(text, say);
    if (!wrong) this.step((now) => { for (const key of Object.keys(now)) delete now[key]; Object.assign(now, sheet); });
    return wrong;
  }

  mood(index, name) {
    this.step(({ cues }) => {
      const [valence, arousal, intensity] = MOODS[name];
      Object.assign(cues[index], { mood: name, valence, arousal, intensity, own: true });
    });
  }

  take(index) { this.step(({ cues }) => { cues[index].seed = 1 + Math.floor(Math.random() * 2 ** 40); }); }

  louder(index, by) {
    this.step((sheet) => {
      const cue = sheet.cues[index];
      cue.intensity = round(clamp(cue.intensity + by, 0, 1));
      this.#dynamics(sheet, cue, (value) => value * (1 + by));
    });
  }

  // The rise to the section's end begins earlier: from a third of its height, over all of it.
  rise(index) {
    this.step((sheet) => {
      const cue = sheet.cues[index];
      const top = Math.max(0.8, ...this.#span(sheet, cue).map((at) => sheet.dynamics[at]));
      this.#dynamics(sheet, cue, (_, share) => top * (0.3 + 0.7 * share));
    });
  }

  silence(index) {
    this.step((sheet) => {
      sheet.cues[index].intensity = 0;
      this.#dynamics(sheet, sheet.cues[index], () => 0);
    });
  }

  // Moves the boundary after a section; both sides keep half a second.
  boundary(index, time, same = false) {
    this.step(({ cues }) => {
      const [left, right] = [cues[index], cues[index + 1]];
      left.end = right.start = seconds(clamp(time, left.start + SHORTEST, right.end - SHORTEST));
    }, same);
  }

  split(time) {
    this.step(({ cues }) => {
      const index = cues.findIndex((cue) => time > cue.start + SHORTEST && time < cue.end - SHORTEST);
      if (index < 0) return false;
      const used = new Set(cues.map((cue) => cue.label));
      const label = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((each) => !used.has(each)) ?? "Z";
      const cue = cues[index];
      cues.splice(index + 1, 0, { ...structuredClone(cue), start: seconds(time), label });
      cue.end = seconds(time);
      return true;
    });
  }

  join(index) {
    this.step(({ cues }) => {
      if (index + 1 >= cues.length) return false;
      cues[index].end = cues[index + 1].end;
      cues.splice(index + 1, 1);
      return true;
    });
  }

  addHit(time) {
    this.step((sheet) => {
      if (sheet.hits.some((hit) => Math.abs(hit.time - time) < 0.05)) return false;
      sheet.hits.push({ time: seconds(time), strength: 0.8, kind: "cut" });
      sheet.hits.sort((one, other) => one.time - other.time);
      return true;
    });
  }

  // Removes the hit that is nearest to a moment, half a second away at most.
  dropNear(time) {
    const far = this.sheet.hits.map((hit) => Math.abs(hit.time - time)), least = Math.min(...far);
    if (least <= 0.5) this.dropHit(far.indexOf(least));
  }

  dropHit(index) { this.step(({ hits }) => { hits.splice(index, 1); }); }

  // Leaves players out, and keeps the levels (dB) of others.
  mix(silent, levels) {
    this.step((sheet) => {
      if (silent.length) sheet.without = [...new Set([...(sheet.without ?? []), ...silent])];
      const kept = Object.entries({ ...sheet.levels, ...levels }).filter(([name, level]) => level && !silent.includes(name));
      if (kept.length || sheet.levels) sheet.levels = Object.fromEntries(kept);
    });
  }

  #span(sheet, cue) {
    const [from, to] = [Math.floor(cue.start * RATE), Math.min(sheet.dynamics.length, Math.ceil(cue.end * RATE))];
    return Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
  }

  #dynamics(sheet, cue, change) {
    const span = this.#span(sheet, cue);
    span.forEach((at, place) => {
      sheet.dynamics[at] = round(clamp(change(sheet.dynamics[at], place / Math.max(1, span.length - 1)), 0, 1));
    });
  }
}

const round = (value) => Math.round(value * 1000) / 1000;
const seconds = (value) => Math.round(value * 1e6) / 1e6;

// Reads the text of a sheet: its value, or what is wrong in it, before anything is queued.
export function read(text, say) {
  let sheet;
  try { sheet = JSON.parse(text); } catch (error) { return { wrong: say("web.sheet.broken", { place: place(error, text) }) }; }
  if (typeof sheet !== "object" || sheet === null || !Array.isArray(sheet.cues)) return { wrong: say("web.sheet.broken", { place: "cues" }) };
  if (typeof sheet.tempo !== "number" || sheet.tempo < 40 || sheet.tempo > 240) return { wrong: say("web.sheet.tempo") };
  if (!sheet.cues.every((cue) => cue.start < cue.end)) return { wrong: say("web.sheet.cues") };
  return { wrong: "", sheet };
}

function place(error, text) {
  const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length);
  const lines = text.slice(0, at).split("\n");
  return `${lines.length}:${lines.at(-1).length + 1}`;
}
