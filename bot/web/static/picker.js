// Inside gr.HTML: chooses a clip (file, drop, camera, example), uploads it, and hands its token to the form.
const kind = props.kind;
const texts = props.texts[(navigator.languages || [navigator.language]).map((l) => l.slice(0, 2).toLowerCase())
  .find((l) => props.texts[l])] || props.texts.en;
const say = (key, facts = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const make = (tag, facts = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), facts);
  node.append(...children);
  return node;
};
const root = element.querySelector(".iv-picker");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const input = make("input", { type: "file", accept: kind === "video" ? "video/*,image/gif" : "image/*", hidden: true });
  const status = make("p", { className: "iv-status" });
  status.setAttribute("role", "status");
  const stage = make("div", { className: "iv-stage" });
  const drop = make("div", { className: "iv-drop" });
  const examples = make("div", { className: "iv-examples" });
  root.append(drop, stage, input, status, examples);
  let stream = null, running = null, shown = "";

  const button = (label, act, look = "") => make("button", { type: "button", className: look, textContent: label, onclick: act });
  const clear = () => { if (stream) stream.getTracks().forEach((track) => track.stop()); stream = null; stage.replaceChildren(); };
  const tell = (words, bad = false) => { status.textContent = words; status.classList.toggle("iv-bad", bad); };
  // The big button waits for an upload that still runs: see `_SCORE` in page.py.
  const mine = ((window.immersivaudio ||= {})[kind] = { token: "", ready: Promise.resolve() });
  let settle = () => undefined, choice = 0;
  // A new choice ends the one before: what is still on its way of that must not come back as the clip.
  const choose = () => {
    if (running) running.abort();
    running = null;
    settle();
    return (choice += 1);
  };
  const begin = () => {
    const number = choose();
    mine.ready = new Promise((done) => { settle = done; });
    return () => number === choice;
  };
  const set = (token) => { mine.token = props.value = token; trigger("change"); settle(); };

  const invite = () => {
    choose();
    tell("");
    clear();
    set("");
    drop.hidden = examples.hidden = false;
  };
  const show = (url, type) => {
    clear();
    if (shown) URL.revokeObjectURL(shown);
    shown = url.startsWith("blob:") ? url : "";
    const moves = type.startsWith("video/") || (kind === "video" && !type.startsWith("image/"));
    const view = make(moves ? "video" : "img", moves ? { controls: true, playsInline: true, muted: true } : { alt: "" });
    view.onerror = () => view.replaceWith(make("p", { className: "iv-hint", textContent: say("web.no-preview") }));
    view.src = url;
    stage.replaceChildren(view, button(say("web.another"), invite, "iv-plain"));
    drop.hidden = examples.hidden = true;
    return view;
  };
  const seconds = (view) => new Promise((done) => {
    if (view.tagName !== "VIDEO") return done("");
    const answer = () => done(Number.isFinite(view.duration) ? String(view.duration) : "");
    view.addEventListener("loadedmetadata", answer, { once: true });
    view.addEventListener("error", () => done(""), { once: true });
    setTimeout(answer, 1500);
  });
  const refusal = async (answer) => { try { return JSON.parse(await answer).refusal; } catch { return say("web.broken"); } };

  const upload = async (file, name, type) => {
    tell("");
    const current = begin();
    const view = show(URL.createObjectURL(file), type);
    const suffix = (name.match(/\.\w{1,8}$/) || [""])[0].toLowerCase();
    const asked = new URLSearchParams({ name: suffix, type, size: file.size, seconds: await seconds(view) });
    const verdict = await fetch(`clips?ask=1&${asked}`, { method: "POST" }).catch(() => null);
    const words = verdict?.ok ? "" : verdict ? await refusal(verdict.text()) : say("web.broken");
    if (!current()) return;
    if (words) {
      invite();
      return tell(words, true);
    }
    const request = (running = new XMLHttpRequest());
    request.upload.onprogress = (event) => tell(say("web.uploading", { percent: Math.round((100 * event.loaded) / event.total) }));
    request.onload = async () => {
      if (request.status === 200) { tell(""); return set(JSON.parse(request.responseText).clip); }
      const words = await refusal(request.responseText);
      invite();
      tell(words, true);
    };
    request.onerror = () => { invite(); tell(say("web.broken"), true); };
    tell(say("web.uploading", { percent: 0 }));
    request.open("POST", `clips?${asked}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  };
  const take = async (example) => {
    tell("");
    const current = begin();
    show(`examples/${example.file}`, "");
    const answer = await fetch(`clips?example=${example.name}`, { method: "POST" }).catch(() => null);
    const told = answer?.ok ? await answer.json() : { refusal: answer ? await refusal(answer.text()) : say("web.broken") };
    if (!current()) return;
    if (told.clip) return set(told.clip);
    invite();
    tell(told.refusal, true);
  };

  const film = (camera) => {
    const type = ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"]
      .find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, { mimeType: type });
    const chunks = [];
    recorder.ondataavailable = (event) => chunks.push(event.data);
    recorder.onstop = () => { const plain = type.split(";")[0]; upload(new Blob(chunks, { type: plain }), "", plain); };
    recorder.start();
    stage.replaceChildren(camera, button(say("web.stop"), () => recorder.stop(), "iv-stop"));
  };
  const snap = (camera) => {
    const canvas = make("canvas", { width: camera.videoWidth, height: camera.videoHeight });
    canvas.getContext("2d").drawImage(camera, 0, 0);
    canvas.toBlob((blob) => upload(blob, "", "image/jpeg"), "image/jpeg", 0.92);
  };
  const camera = async () => {
    tell("");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: kind === "video" });
    } catch { return tell(say("web.no-camera"), true); }
    const view = make("video", { autoplay: true, muted: true, playsInline: true, srcObject: stream });
    drop.hidden = examples.hidden = true;
    const start = kind === "video" ? button(say("web.record"), () => film(view), "iv-main") : button(say("web.snap"), () => snap(view), "iv-main");
    stage.replaceChildren(view, start, button(say("web.another"), invite, "iv-plain"));
  };

  const limit = say(`web.limit.${kind}`, props.limits);
  drop.append(
    make("p", { className: "iv-lead", textContent: say(`web.drop.${kind}`) }),
    make("p", { className: "iv-hint", textContent: limit }),
    make("div", { className: "iv-row" }, button(say("web.choose"), () => input.click(), "iv-main"), button(say("web.camera"), camera)),
  );
  examples.append(make("p", { className: "iv-hint", textContent: say("web.examples") }), make("div", { className: "iv-row" },
    ...props.examples.map((example) => {
      const label = say(`web.example.${example.name}`);
      const node = button("", () => take(example), "iv-example");
      node.append(make("img", { src: `examples/${example.poster}`, alt: "", loading: "lazy" }), make("span", { textContent: label }));
      return node;
    })));
  input.onchange = () => { if (input.files[0]) upload(input.files[0], input.files[0].name, input.files[0].type); input.value = ""; };
  root.ondragover = (event) => { event.preventDefault(); drop.classList.add("iv-over"); };
  root.ondragleave = () => drop.classList.remove("iv-over");
  root.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("iv-over");
    const file = event.dataTransfer.files[0];
    if (file) upload(file, file.name, file.type);
  };
}
