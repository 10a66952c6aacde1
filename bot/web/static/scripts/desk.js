// The mixing desk: asks for the stems, draws a strip for each, and says what of a mix can be kept.
import { Mixer } from "./mixer.js";

const { say, make } = window.immersivaudio;
const GROUPS = ["music", "sounds", "original"];
const SHARED = ["room", "vinyl"]; // stems that are no player's
const SILENT = -30; // dB below which a player is left out of a mix that is kept

export class Desk {
  constructor({ film, facts, address, timeline, editor }) {
    Object.assign(this, { film, facts, address, timeline, editor, levels: {} });
    this.mixer = null;
    this.status = make("p", { className: "iv-hint" });
    this.status.setAttribute("role", "status");
    this.open = make("button", { type: "button", textContent: say("web.mixer.open"), onclick: () => this.#open() });
    this.strips = make("div", { className: "iv-strips" });
    this.root = make("section", { className: "iv-desk" },
      make("h3", { className: "iv-part", textContent: say("web.mixer") }),
      make("div", { className: "iv-row" }, this.open, this.status), this.strips);
    if (facts.stems.length) this.#open();
  }

  // Stems are made on demand, by the button that also offers them as files.
  async #open() {
    this.open.disabled = true;
    this.status.textContent = say("web.mixer.loading", { percent: 0 });
    let { stems } = this.facts;
    if (!stems.length) document.querySelector("#stems-again")?.click();
    for (let tries = 0; !stems.length && tries < 300 && this.root.isConnected; tries += 1) {
      await new Promise((done) => setTimeout(done, 1000));
      ({ stems } = await fetch(this.address).then((answer) => answer.json()).catch(() => ({ stems: [] })));
    }
    const tracks = stems.map((stem) => ({ ...stem, group: stem.scene ? "sounds" : "music" }));
    if (this.facts.before) tracks.push({ name: "original", url: this.facts.before, group: "original" });
    this.mixer = new Mixer(this.film);
    await this.heard?.();
    await this.mixer.load(tracks, this.facts.duration, this.timeline.loud, (share) => {
      this.status.textContent = say("web.mixer.loading", { percent: Math.round(100 * share) });
    });
    this.mixer.groups = this.levels;
    const own = this.mixer.channels.find((each) => each.group === "original");
    if (own) own.muted = !this.facts.own; // heard as in the film; where that replaces it, it is there to be brought in
    this.#draw();
    this.mixer.enter();
    const loudest = (each) => each.peaks.reduce((one, other) => Math.max(one, other), 0.001);
    const top = Math.max(...this.mixer.channels.map(loudest));
    // A quiet player is drawn larger than life, or its lane would show nothing.
    this.timeline.show(this.mixer.channels.map((each) => (
      { name: `stem-${each.name}`, label: each.group === "original" ? say("web.lane.original") : this.#label(each), peaks: each.peaks, scale: 1 / Math.max(loudest(each), top / 6) })));
  }

  // What the sheet says of a player already: its stem was played so, and its fader stands there.
  #base({ name, group }) { return (group === "music" && this.editor.sheet.levels?.[name]) || 0; }

  #label({ name }) { return say(`web.stem.${name}`) || say(`web.mixer.${name}`) || name; }

  #strip(name, channel) {
    const label = this.#label(channel ?? { name });
    const told = (level) => (level <= -60 ? "−∞" : `${level} dB`);
    const begun = channel ? this.#base(channel) : 0;
    const value = make("output", { textContent: told(begun) });
    const fader = make("input", { type: "range", min: -40, max: 6, step: 0.5, value: begun });
    fader.setAttribute("aria-label", say("web.volume", { name: label }));
    fader.oninput = () => {
      const level = Number(fader.value) <= -40 ? -60 : Number(fader.value);
      value.textContent = told(level);
      if (channel) this.mixer.set(channel, { level: level - begun, asked: level });
      else { this.levels[name] = level; this.mixer.apply(); }
    };
    const node = make("div", { className: channel ? "iv-strip" : "iv-strip iv-group" }, make("span", { textContent: label }), fader, value);
    if (channel) node.append(this.#switch("M", "muted", "web.mute", channel, label), this.#switch("S", "solo", "web.solo", channel, label));
    return node;
  }

  #switch(letter, what, text, channel, label) {
    const node = make("button", { type: "button", textContent: letter, className: `iv-${what}` });
    node.setAttribute("aria-label", say(text, { name: label }));
    node.setAttribute("aria-pressed", String(channel[what]));
    node.onclick = () => {
      this.mixer.set(channel, { [what]: !channel[what] });
      node.setAttribute("aria-pressed", String(channel[what]));
    };
    return node;
  }

  #draw() {
    const has = GROUPS.filter((group) => this.mixer.channels.some((each) => each.group === group));
    const groups = has.filter((group) => group !== "original");
    this.strips.replaceChildren(
      ...groups.map((group) => this.#strip(group)),
      ...this.mixer.channels.map((each) => this.#strip(each.name, each)),
    );
    const keep = make("button", { type: "button", textContent: say("web.mixer.keep"), onclick: () => this.#keep() });
    const back = make("button", { type: "button", textContent: say("web.mixer.close") });
    back.onclick = () => {
      if (this.mixer.active) this.mixer.leave(); else this.mixer.enter();
    };
    this.mixer.turned = () => back.setAttribute("aria-pressed", String(!this.mixer.active));
    this.strips.append(make("p", { className: "iv-hint", textContent: say("web.mixer.hint") }), make("div", { className: "iv-row" }, keep, back));
    this.open.hidden = true;
    this.status.textContent = "";
  }

  // Levels of music, sounds and own voice are options of a rendering; players that are silent leave the sheet.
  mix() {
    if (!this.kept) return "";
    const own = this.mixer.channels.find((each) => each.group === "original");
    const levels = { ...this.levels };
    if (own) levels.original = this.mixer.heard(own) ? own.level : -60;
    return JSON.stringify(Object.fromEntries(Object.entries(levels).map(([name, level]) => [name, Math.max(-60, level)])));
  }

  // Players that are silent leave the sheet; the room belongs to all of them, and is turned down instead.
  #keep() {
    this.kept = true;
    const music = this.mixer.channels.filter((each) => each.group === "music");
    const quiet = music.filter((each) => this.mixer.heard(each) === 0 || (each.asked ?? 0) < SILENT);
    const silent = quiet.filter((each) => !SHARED.includes(each.name)).map((each) => each.name);
    const levels = music.filter((each) => each.asked !== undefined).map((each) => [each.name, each.asked]);
    const room = quiet.filter((each) => SHARED.includes(each.name)).map((each) => [each.name, -60]);
    this.editor.mix(silent, Object.fromEntries([...levels, ...room]));
    document.querySelector("#render")?.click();
  }
}
