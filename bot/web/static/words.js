// What every script of the page says: the catalogue that gradio carries, in the browser's language.
(() => {
  const page = (window.immersivaudio ||= {});
  const texts = () => {
    const all = window.gradio_config?.i18n_translations ?? {};
    const wanted = (navigator.languages ?? [navigator.language]).map((each) => each.slice(0, 2).toLowerCase());
    return all[wanted.find((each) => all[each])] ?? all.en ?? {};
  };
  page.say = (key, facts = {}) =>
    (texts()[key.replace(/[.-]/g, "_")] ?? "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
  // The name of a press: sent twice, it is one. No crypto.randomUUID, which wants https.
  page.press = () => [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, "0")).join("");
  page.make = (tag, facts = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), facts);
    node.append(...children);
    return node;
  };
  // What stands there at first goes when everything has its place: nothing may move under a finger.
  let last = "", still = 0;
  const places = () => ["#pick .iv-drop", "#mood textarea", "#score", "#showcase .iv-screen", "#history"]
    .map((each) => document.querySelector(each)?.getBoundingClientRect())
    .map((box) => box && `${box.top},${box.left},${box.width},${box.height}`);
  const styled = () => [...document.querySelectorAll("link[rel=stylesheet]")].every((each) => each.sheet && each.media !== "print");
  const settled = () => {
    const now = places();
    still = now.every(Boolean) && styled() && String(now) === last ? still + 1 : 0;
    last = String(now);
    if (still < 4 && performance.now() < 20_000) return requestAnimationFrame(settled);
    document.documentElement.classList.add("iv-ready");
  };
  page.ready = settled;
  setTimeout(() => document.documentElement.classList.add("iv-ready"), 20_000);
})();
