// Puts the timeline, the handles of a section and the mixer together under the film.
import { Desk } from "./desk.js";
import { MOODS, SheetEditor } from "./sheet.js";
import { Timeline } from "./timeline.js";
import { peaks, rms } from "./mixer.js";

const { say, make } = window.immersivaudio;

export async function mount(root, address, changed) {
  const film = document.querySelector("#result .iv-result video");
  const facts = await fetch(address).then((answer) => answer.json());
  const sheet = await fetch(facts.sheet).then((answer) => answer.json());
  facts.duration = sheet.duration;
  root.replaceChildren();
  const studio = new Studio(root, { film, facts, sheet, changed, address });
  return studio.face;
}

class Studio {
  constructor(root, { film, facts, sheet, changed, address }) {
    Object.assign(this, { root, film, facts, address });
    this.editor = new SheetEditor(sheet, () => { this.#redraw(); changed(); });
    this.status = make("p", { className: "iv-hint" });
    this.status.setAttribute("role", "status");
    // What the page says far above, said again where the change was made: see watch.js.
    this.working = make("p", { className: "iv-hint iv-working", hidden: true });
    this.working.setAttribute("aria-hidden", "true");
    this.wrong = make("p", { className: "iv-bad", hidden: true });
    this.wrong.setAttribute("role", "alert");
    root.append(this.#bar(), this.wrong);
    this.timeline = new Timeline(root, { make, say, film, editor: this.editor, facts });
    this.timeline.picked = () => this.#handles();
    this.handles = make("div", { className: "iv-handles" });
    this.desk = new Desk({ film, facts, address, timeline: this.timeline, editor: this.editor });
    const keys = make("span", { className: "iv-by-key", textContent: ` ${say("web.studio.keys")}` });
    root.append(make("p", { className: "iv-hint iv-keys" }, say("web.studio.hint"), keys), this.handles, this.desk.root);
    this.#redraw();
    const heard = this.#hear();
    this.desk.heard = () => heard;
    // What the rest of the page asks: the sheet as it is to be rendered, and the mix.
    this.face = {
      sheet: () => (this.editor.steps || this.box !== undefined ? (this.box ?? this.editor.text) : null),
      mix: () => this.desk.mix(),
      typed: (text) => this.#typed(text),
      mixer: () => this.desk.mixer,
    };
  }

  #button(label, act, mark = "") {
    const node = make("button", { type: "button", textContent: mark || label, onclick: act, title: label });
    if (mark) node.setAttribute("aria-label", label);
    return node;
  }

  #bar() {
    this.undo = this.#button(say("web.undo"), () => this.editor.undo(), "↶");
    this.redo = this.#button(say("web.redo"), () => this.editor.redo(), "↷");
    // The same press as the big button far below, where people look when they have changed something.
    this.render = make("button", { type: "button", className: "iv-go", textContent: say("web.render.changes"), hidden: true });
    this.render.onclick = () => document.querySelector("#render")?.click();
    return make("div", { className: "iv-bar" },
      make("h2", { className: "iv-title", textContent: say("web.studio") }), this.status,
      this.working,
      make("div", { className: "iv-row" }, this.render, this.undo, this.redo,
        this.#button(say("web.zoom.out"), () => this.timeline.zoom(1.5), "−"),
        this.#button(say("web.zoom.in"), () => this.timeline.zoom(1 / 1.5), "+")));
  }

  #handles() {
    const index = Math.min(this.timeline.selected, this.editor.sheet.cues.length - 1);
    const cue = this.editor.sheet.cues[index], now = () => this.timeline.snapped(this.film.currentTime);
    const moods = make("select", { className: "iv-select", onchange: () => moods.value && this.editor.mood(index, moods.value) });
    moods.setAttribute("aria-label", say("web.section.mood"));
    const names = Object.keys(MOODS).filter((name) => say(`mood.${name}`));
    moods.append(make("option", { value: "", textContent: cue.mood }),
      ...names.filter((name) => name !== cue.mood).map((name) => make("option", { value: name, textContent: say(`mood.${name}`) })));
    const join = this.#button(say("web.section.join"), () => this.editor.join(index));
    const fewer = this.#button(say("web.hit.drop"), () => this.editor.dropNear(this.film.currentTime));
    join.disabled = index + 1 >= this.editor.sheet.cues.length;
    fewer.disabled = !this.editor.sheet.hits.length;
    this.handles.replaceChildren(
      make("b", { textContent: say("web.section", { label: cue.label }) }), moods,
      this.#button(say("web.section.take"), () => this.editor.take(index)),
      this.#button(say("web.section.quieter"), () => this.editor.louder(index, -0.15)),
      this.#button(say("web.section.louder"), () => this.editor.louder(index, 0.15)),
      this.#button(say("web.section.rise"), () => this.editor.rise(index)),
      this.#button(say("web.section.silent"), () => this.editor.silence(index)),
      this.#button(say("web.section.split"), () => this.editor.split(now())),
      join,
      this.#button(say("web.hit.add"), () => this.editor.addHit(now())),
      fewer,
    );
  }

  #redraw() {
    this.box = undefined;
    const { steps, future } = this.editor;
    this.status.textContent = steps ? say("web.changed", { count: steps }) : "";
    this.render.hidden = !steps;
    this.undo.disabled = !steps;
    this.redo.disabled = !future.length;
    this.wrong.hidden = true;
    document.getElementById("render")?.classList.toggle("iv-wanted", steps > 0);
    this.#handles();
    this.timeline.draw();
  }

  #typed(text) {
    const wrong = this.editor.type(text, say);
    this.box = wrong || !this.editor.steps ? text : undefined;
    this.wrong.textContent = wrong;
    this.wrong.hidden = !wrong;
  }

  // The music as a whole is drawn once it has come; the stems when they are asked for.
  async #hear() {
    if (!this.facts.audio) return;
    const bytes = await fetch(this.facts.audio).then((answer) => answer.arrayBuffer()).catch(() => null);
    const sound = bytes && (await new OfflineAudioContext(1, 1, 24_000).decodeAudioData(bytes).catch(() => null));
    if (!sound) return;
    this.timeline.music = peaks(sound);
    this.timeline.loud = rms(sound);
    this.timeline.draw();
  }
}
