// Inside gr.HTML: the cuts and markers of an editor, read here and sent with the form.
const page = window.immersivaudio;
const { say, make } = page;
const root = element.querySelector(".iv-cuts");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const ENDINGS = [".edl", ".fcpxml", ".xml", ".otio", ".csv", ".tsv", ".txt"];
  const LONGEST = 900_000; // characters, as the server takes them
  const input = make("input", { type: "file", accept: ENDINGS.join(), hidden: true });
  const told = make("p", { className: "iv-hint" });
  told.setAttribute("role", "status");
  const choose = make("button", { type: "button", textContent: say("web.cuts.choose"), onclick: () => input.click() });
  const drop = make("button", { type: "button", textContent: say("web.cuts.drop"), hidden: true, onclick: () => keep(null) });
  const ending = (name) => ENDINGS.find((each) => name.toLowerCase().endsWith(each));
  const said = (words, bad = false) => { told.textContent = words; told.classList.toggle("iv-bad", bad); };
  const keep = (file, text) => {
    if (page.clip) page.clip.cuts = file ? JSON.stringify({ ending: ending(file.name), text }) : "";
    drop.hidden = !file;
    said(file ? say("web.cuts.kept", { name: file.name }) : say("web.cuts.info"));
  };
  // As editors write them: UTF-8, UTF-16 with its mark, or the bytes of old Windows programs.
  const text = (bytes) => {
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    try { return new TextDecoder(mark, { fatal: true }).decode(bytes); } catch { return new TextDecoder("windows-1252").decode(bytes); }
  };
  // Whether a file that was chosen, dropped or pasted is such a list; then it is taken.
  page.takeCuts = (file) => {
    if (!ending(file.name ?? "")) return false;
    file.arrayBuffer().then((found) => {
      const words = text(new Uint8Array(found));
      if (words.length > LONGEST) return said(say("web.cuts.long"), true);
      return keep(file, words);
    });
    return true;
  };
  input.onchange = () => { if (input.files[0] && !page.takeCuts(input.files[0])) said(say("web.cuts.info"), true); input.value = ""; };
  said(say("web.cuts.info"));
  root.append(make("b", { textContent: say("web.cuts") }), told, make("div", { className: "iv-row" }, choose, drop), input);
}
