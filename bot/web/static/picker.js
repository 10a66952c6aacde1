// Inside gr.HTML: chooses a clip (file, drop, paste, camera, example), uploads it, and keeps its token for the form.
const page = window.immersivaudio;
const { say, make } = page;
const root = element.querySelector(".iv-picker");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const input = make("input", { type: "file", accept: "video/*,image/*", multiple: true, hidden: true });
  const status = make("p", { className: "iv-status" });
  status.setAttribute("role", "status");
  const bar = make("progress", { className: "iv-upload", max: 100, value: 0, hidden: true });
  const box = make("div", { className: "iv-box" });
  const stage = make("div", { className: "iv-stage" });
  const drop = make("div", { className: "iv-drop" });
  box.append(drop, stage);
  root.append(box, bar, status, input);
  let stream = null, running = null, shown = "";

  const button = (label, act, look = "") => make("button", { type: "button", className: look, textContent: label, onclick: act });
  const clear = () => { if (stream) stream.getTracks().forEach((track) => track.stop()); stream = null; stage.replaceChildren(); };
  const tell = (words, bad = false) => {
    status.textContent = words;
    status.classList.toggle("iv-bad", bad);
    if (bad) page.hush?.(); // one error at a time
  };
  const progress = (share) => {
    bar.hidden = share === null;
    bar.value = 100 * (share ?? 0);
    bar.setAttribute("aria-label", say("web.uploading", { percent: Math.round(bar.value) }));
    if (share !== null) tell(say("web.uploading", { percent: Math.round(bar.value) }));
  };
  // The big button waits for an upload that still runs: see `_SCORE` in page.py.
  const mine = (page.clip = { token: "", cuts: "", ready: Promise.resolve(), tell });
  // The cuts of an editor, chosen in their fold (cuts.js) or dropped and pasted as clips are.
  const LONGEST = 900_000; // characters, as the server takes them
  const cuts = (page.cuts = { name: "", endings: [".edl", ".fcpxml", ".xml", ".otio", ".csv", ".tsv", ".txt"], told: () => undefined });
  const keep = (name, kept) => { cuts.name = name; mine.cuts = kept; cuts.told(); settled(); };
  const settled = () => tell(cuts.name ? say("web.cuts.kept", { name: cuts.name }) : "");
  cuts.drop = () => keep("", "");
  // As editors write them: UTF-8, UTF-16 with its mark, or the bytes of old Windows programs.
  const words = (bytes) => {
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    try { return new TextDecoder(mark, { fatal: true }).decode(bytes); } catch { return new TextDecoder("windows-1252").decode(bytes); }
  };
  // Whether a file is such a list; then it is taken.
  cuts.take = (file) => {
    const ending = cuts.endings.find((each) => (file.name ?? "").toLowerCase().endsWith(each));
    if (!ending) return false;
    if (!file.size) {
      cuts.told(say("web.empty", { name: file.name }));
      return tell(say("web.empty", { name: file.name }), true) ?? true;
    }
    file.arrayBuffer().then((found) => {
      const text = words(new Uint8Array(found));
      if (text.length <= LONGEST) return keep(file.name, JSON.stringify({ ending, text }));
      cuts.told(say("web.cuts.long"));
      return tell(say("web.cuts.long"), true);
    });
    return true;
  };
  let settle = () => undefined, choice = 0;
  // A new choice ends the one before: what is still on its way of that must not come back as the clip.
  const choose = () => {
    if (running) running.abort();
    running = null;
    settle();
    progress(null);
    return (choice += 1);
  };
  const begin = () => {
    const number = choose();
    page.hush?.(); // "choose a clip first" is done
    mine.ready = new Promise((done) => { settle = done; });
    return () => number === choice;
  };
  const set = (token) => { mine.token = token; settle(); };
  const kind = (name) => document.documentElement.classList.toggle("iv-photo", name === "photo");

  const invite = () => {
    choose();
    tell("");
    clear();
    set("");
    kind("video");
    drop.hidden = false;
  };
  const unseen = (name) => make("div", { className: "iv-unseen" },
    make("span", { className: "iv-glyph", textContent: "▶" }),
    make("b", { textContent: name }),
    make("span", { className: "iv-hint", textContent: say("web.no-preview") }));
  const show = (url, moves, name) => {
    clear();
    if (shown) URL.revokeObjectURL(shown);
    shown = url.startsWith("blob:") ? url : "";
    const facts = moves ? { controls: true, playsInline: true, muted: true, preload: "auto" } : { alt: name };
    const view = make(moves ? "video" : "img", facts);
    view.onerror = () => view.replaceWith(unseen(name));
    view.src = url;
    // Many films begin in black: a moment later says more of them.
    if (moves) view.addEventListener("loadedmetadata", () => { if (Number.isFinite(view.duration)) view.currentTime = Math.min(2, view.duration / 3); }, { once: true });
    stage.replaceChildren(view, button(say("web.another"), invite, "iv-plain"));
    drop.hidden = true;
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
  const refuse = (words) => { invite(); tell(words, true); };
  // A question that is asked again until it is answered, unless another clip was chosen meanwhile.
  const asked = async (url, current, how = { method: "POST" }) => {
    for (;;) {
      const answer = await fetch(url, how).catch(() => null);
      if (answer || !current()) { page.connection.found(); return answer; }
      await page.connection.lost();
    }
  };
  const sent = (url, file, current, share = (event) => event.loaded / event.total) => new Promise((done) => {
    const request = (running = new XMLHttpRequest());
    request.upload.onprogress = (event) => current() && progress(share(event));
    request.onload = () => done(request);
    request.onerror = () => done(null);
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });

  const whole = async (facts, file, current) => {
    for (;;) {
      const answer = await sent(`clips?${facts}`, file, current);
      if (answer || !current()) { page.connection.found(); return answer; }
      await page.connection.lost();
    }
  };
  // A large clip goes up in pieces: cut off, it goes on where it was.
  const PIECE = 4 * 2 ** 20;
  const pieces = async (facts, file, current) => {
    let name = "", offset = 0;
    for (;;) {
      if (!name) {
        const begun = await asked(`clips?begin=1&${facts}`, current);
        if (!begun?.ok) return { status: begun?.status ?? 0, responseText: begun?.text() };
        ({ upload: name, offset } = await begun.json());
      }
      const part = file.slice(offset, offset + PIECE), from = offset;
      const answer = await sent(`clips?piece=${name}&offset=${offset}`, part, current, ({ loaded }) => (from + loaded) / file.size);
      if (!current()) return answer;
      const said = answer?.status === 200 ? JSON.parse(answer.responseText) : {};
      if (said.clip) { page.connection.found(); return answer; }
      if (said.offset > from) { page.connection.found(); offset = said.offset; continue; }
      if (answer?.status === 410) { name = ""; continue; } // the web process was restarted: from the beginning
      if (answer && [413, 415, 503].includes(answer.status)) return answer;
      await page.connection.lost();
      const where = await asked(`clips?piece=${name}&offset=${file.size}`, current);
      if (!current()) return answer;
      if (where?.ok) ({ offset } = await where.json());
      else if (where?.status === 410) name = "";
    }
  };

  const suffix = (name) => (name.match(/\.\w{1,8}$/) || [""])[0].toLowerCase();
  const pictured = (name, type) => type.startsWith("image/") || /\.(heic|heif|avif|tiff?|bmp|jpe?g|png|webp)$/.test(suffix(name));
  // Sends one file; its token, or "" where it was refused or another choice was made.
  const send = async (file, name, type, length, current) => {
    const facts = new URLSearchParams({ name: `clip${suffix(name)}`, type, size: file.size, seconds: length });
    const verdict = await asked(`clips?ask=1&${facts}`, current);
    if (!current()) return "";
    if (!verdict.ok) { refuse(await refusal(verdict.text())); return ""; }
    progress(0);
    const answer = await (file.size > PIECE ? pieces : whole)(facts, file, current);
    if (!current()) return "";
    progress(null);
    if (answer.status === 200) return JSON.parse(answer.responseText).clip;
    refuse(await refusal(answer.responseText));
    return "";
  };
  const upload = async (file, name, type) => {
    tell("");
    const current = begin();
    const picture = pictured(name, type), still = picture && type !== "image/gif";
    kind(still ? "photo" : "video");
    const view = show(URL.createObjectURL(file), !picture, name || file.type);
    const token = await send(file, name, type, await seconds(view), current);
    if (!token || !current()) return;
    settled();
    set(token);
  };
  // Several become one film, in the order in which they were chosen.
  const MOST = 24;
  const album = async (files) => {
    const current = begin(), tokens = [];
    kind("video");
    clear();
    drop.hidden = true;
    tell("");
    const tiles = files.slice(0, MOST).map((file, place) => {
      const moves = !pictured(file.name, file.type);
      const view = make(moves ? "video" : "img", moves ? { muted: true, preload: "metadata" } : { alt: "" });
      view.src = `${URL.createObjectURL(file)}${moves ? "#t=0.5" : ""}`;
      view.onerror = () => view.remove();
      return make("li", { title: file.name }, view, make("b", { textContent: place + 1 }));
    });
    stage.replaceChildren(make("ol", { className: "iv-parts" }, ...tiles), button(say("web.another"), invite, "iv-plain"));
    if (files.length > MOST) return refuse(say("web.album.most", { most: MOST }));
    for (const [place, file] of files.entries()) {
      const view = tiles[place].querySelector("video");
      const token = await send(file, file.name, file.type, view ? await seconds(view) : "", current);
      if (!token || !current()) return;
      tiles[place].classList.add("iv-came");
      tokens.push(token);
    }
    const how = { method: "POST", body: JSON.stringify(tokens), headers: { "Content-Type": "application/json" } };
    const answer = await asked("clips?album=1", current, how);
    if (!current()) return;
    if (!answer.ok) return refuse(await refusal(answer.text()));
    const joined = (await answer.json()).clip;
    tell(say("web.album", { count: files.length }));
    set(joined);
  };
  page.takeExample = async (example) => {
    tell("");
    const current = begin();
    kind(example.kind);
    show(`examples/${example.file}`, example.kind === "video", say(`web.example.${example.name}`));
    const answer = await asked(`clips?example=${example.name}`, current);
    if (!current()) return;
    if (answer.ok) return set((await answer.json()).clip);
    refuse(await refusal(answer.text()));
  };

  const film = (camera) => {
    const type = ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"]
      .find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, { mimeType: type });
    const chunks = [];
    recorder.ondataavailable = (event) => chunks.push(event.data);
    recorder.onstop = () => { const plain = type.split(";")[0]; upload(new Blob(chunks, { type: plain }), "", plain); };
    recorder.start();
    stage.replaceChildren(camera, make("div", { className: "iv-over-row" }, button(say("web.stop"), () => recorder.stop(), "iv-stop")));
  };
  const snap = (camera) => {
    const canvas = make("canvas", { width: camera.videoWidth, height: camera.videoHeight });
    canvas.getContext("2d").drawImage(camera, 0, 0);
    canvas.toBlob((blob) => upload(blob, "", "image/jpeg"), "image/jpeg", 0.92);
  };
  const camera = async () => {
    tell("");
    try {
      const wanted = { video: { width: { ideal: 1280 } } };
      stream = await navigator.mediaDevices.getUserMedia({ ...wanted, audio: true })
        .catch(() => navigator.mediaDevices.getUserMedia(wanted));
    } catch { return tell(say("web.no-camera"), true); }
    const view = make("video", { autoplay: true, muted: true, playsInline: true, srcObject: stream });
    drop.hidden = true;
    stage.replaceChildren(view, button(say("web.another"), invite, "iv-plain"), make("div", { className: "iv-over-row" },
      button(say("web.record"), () => film(view), "iv-stop"), button(say("web.snap"), () => snap(view))));
  };

  drop.append(
    make("span", { className: "iv-glyph", textContent: "♪" }),
    make("p", { className: "iv-lead", textContent: say("web.drop") }),
    make("p", { className: "iv-hint", textContent: say("web.limit", props.limits) }),
    make("div", { className: "iv-row" }, button(say("web.choose"), () => input.click()), button(say("web.camera"), camera)),
  );
  const taken = (found) => {
    const empty = [...found].find((file) => !file.size);
    if (empty) return tell(say("web.empty", { name: empty.name }), true);
    const files = [...found].filter((file) => !cuts.take(file));
    if (files.length > 1) album(files); else if (files.length) upload(files[0], files[0].name ?? "", files[0].type);
  };
  input.onchange = () => { taken(input.files); input.value = ""; };
  // The whole page takes a clip that is dropped or pasted.
  const veil = make("div", { id: "iv-veil", textContent: say("web.anywhere"), hidden: true });
  document.body.append(veil);
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (change) => { depth = Math.max(0, depth + change); veil.hidden = !depth; };
  addEventListener("dragenter", (event) => { if (carries(event)) { event.preventDefault(); over(1); } });
  addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  addEventListener("dragleave", (event) => { if (carries(event)) over(-1); });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(-depth);
    taken(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    taken(files);
  });
  page.ready();
}
