// Inside gr.HTML: the examples, which play with music before anything is uploaded.
const { say, make } = window.immersivaudio;
const root = element.querySelector(".iv-showcase");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const screen = make("div", { className: "iv-screen" });
  const thumbs = make("div", { className: "iv-examples" });
  const told = make("p", { className: "iv-hint" });
  const use = make("button", { type: "button", className: "iv-quiet", textContent: say("web.use") });
  let chosen = 0;
  const label = (example) => say(`web.example.${example.name}`);

  const poster = (example, ...over) => screen.replaceChildren(
    make("img", { src: `examples/${example.poster}`, alt: "", width: 640, height: 360 }), ...over);
  const play = (example) => {
    const node = make("button", { type: "button", className: "iv-play", onclick: () => listen(example), textContent: "▶" });
    node.setAttribute("aria-label", say("web.play", { name: label(example) }));
    return node;
  };
  const mark = (example) => {
    for (const node of thumbs.children) node.setAttribute("aria-pressed", String(node.dataset.name === example.name));
    use.onclick = () => window.immersivaudio.takeExample(example);
    told.textContent = say("web.examples.hint");
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // The music is made on demand, once for everybody: seconds, in which the poster says so.
  const listen = async (example) => {
    const mine = (chosen += 1);
    mark(example);
    const bar = make("progress", { max: 100 });
    bar.setAttribute("aria-label", say("web.composing"));
    poster(example, make("div", { className: "iv-composing" }, make("span", { textContent: say("web.composing") }), bar));
    for (;;) {
      const answer = await fetch(`showcase/${example.name}`).then((each) => each.json()).catch(() => ({}));
      if (mine !== chosen) return;
      if (answer.film) return shown(example, answer);
      if (answer.failed) {
        poster(example, play(example));
        told.textContent = say("web.composing.failed");
        return;
      }
      if (answer.share) bar.value = 100 * answer.share;
      await pause(800);
    }
  };
  const shown = (example, answer) => {
    const film = make("video", { controls: true, playsInline: true, src: answer.film, poster: `examples/${example.poster}` });
    film.setAttribute("aria-label", label(example));
    screen.replaceChildren(film);
    told.textContent = answer.music;
    film.play().catch(() => undefined); // where a browser wants another press, its own controls are there
  };

  root.append(
    make("h2", { className: "iv-title", textContent: say("web.examples") }), screen,
    make("div", { className: "iv-told" }, told, use), thumbs,
  );
  for (const example of props.examples) {
    const node = make("button", { type: "button", className: "iv-example", onclick: () => listen(example) },
      make("img", { src: `examples/${example.poster}`, alt: "", loading: "lazy", width: 320, height: 180 }),
      make("span", { textContent: label(example) }));
    node.dataset.name = example.name;
    thumbs.append(node);
  }
  const first = props.examples.find((each) => each.name === "drive") ?? props.examples[0];
  poster(first, play(first));
  mark(first);
}
