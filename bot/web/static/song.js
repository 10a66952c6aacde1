// Inside gr.HTML, and there once its fold is opened: a song to sound like, sent at once and kept as a token.
const page = window.immersivaudio;
const { say, make } = page;
const root = element.querySelector(".iv-cuts");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const mine = (page.song = { token: "", name: "", ready: Promise.resolve() });
  const input = make("input", { type: "file", accept: "audio/*", hidden: true });
  const told = make("p", { className: "iv-hint" });
  told.setAttribute("role", "status");
  const choose = make("button", { type: "button", textContent: say("web.song.choose"), onclick: () => input.click() });
  const drop = make("button", { type: "button", textContent: say("web.song.drop"), onclick: () => keep("", "") });
  const tell = (wrong = "") => {
    drop.hidden = !mine.name;
    told.textContent = wrong || (mine.name ? say("web.song.kept", { name: mine.name }) : say("web.song.info"));
    told.classList.toggle("iv-bad", Boolean(wrong));
  };
  const keep = (name, token) => { mine.name = name; mine.token = token; tell(); };
  const send = async (file) => {
    const suffix = (file.name.match(/\.\w{1,8}$/) || [""])[0].toLowerCase();
    const facts = new URLSearchParams({ song: "1", name: `song${suffix}`, type: file.type });
    told.textContent = say("web.song.sending");
    const answer = await fetch(`clips?${facts}`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } }).catch(() => null);
    const said = answer ? await answer.json().catch(() => ({})) : {};
    if (said.clip) keep(file.name, said.clip);
    else { keep("", ""); tell(said.refusal || say("web.broken")); }
  };
  input.onchange = () => { if (input.files[0]) mine.ready = send(input.files[0]); input.value = ""; };
  tell();
  root.append(make("b", { textContent: say("web.song") }), told, make("div", { className: "iv-row" }, choose, drop), input);
}
