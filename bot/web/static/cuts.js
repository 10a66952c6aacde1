// Inside gr.HTML, and there once its fold is opened: the cuts of an editor, which the picker reads and keeps.
const page = window.immersivaudio;
const { say, make } = page;
const root = element.querySelector(".iv-cuts");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  const input = make("input", { type: "file", accept: page.cuts.endings.join(), hidden: true });
  const told = make("p", { className: "iv-hint" });
  told.setAttribute("role", "status");
  const choose = make("button", { type: "button", textContent: say("web.cuts.choose"), onclick: () => input.click() });
  const drop = make("button", { type: "button", textContent: say("web.cuts.drop"), onclick: () => page.cuts.drop() });
  page.cuts.told = (wrong = "") => {
    const { name } = page.cuts;
    drop.hidden = !name;
    told.textContent = wrong || (name ? say("web.cuts.kept", { name }) : say("web.cuts.info"));
    told.classList.toggle("iv-bad", Boolean(wrong));
  };
  input.onchange = () => { if (input.files[0]) page.cuts.take(input.files[0]) || page.cuts.told(say("web.cuts.info")); input.value = ""; };
  page.cuts.told();
  root.append(make("b", { textContent: say("web.cuts") }), told, make("div", { className: "iv-row" }, choose, drop), input);
}
