// Around a result, in the page and behind a link: before and after, copying, and the session's list.
const copied = async (words) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(words).then(() => true, () => false);
  // Over plain http from another machine browsers lend no clipboard; a selection can be copied all the same.
  const area = document.createElement("textarea");
  area.value = words;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};
// The system's own sheet, where there is one: phones have it, and over https only.
const shared = () => {
  for (const each of element.querySelectorAll("[data-share]")) each.hidden = !navigator.share;
};
new MutationObserver(shared).observe(element, { childList: true, subtree: true });
shared();
element.addEventListener("click", async (event) => {
  const share = event.target.closest("[data-share]");
  if (share) {
    const url = new URL(share.dataset.share, document.baseURI).href;
    return navigator.share({ title: document.title, url }).catch(() => undefined);
  }
  const side = event.target.closest("[data-side]");
  if (side) {
    const box = side.closest(".iv-result");
    const film = box.querySelector("video");
    const missing = box.querySelector(".iv-missing");
    film.dataset.after ||= film.getAttribute("src");
    window.immersivaudio?.studio?.mixer?.()?.leave(); // stems and a film that is switched are two things at once
    const time = film.currentTime, playing = !film.paused;
    // The louder side seems the better one: while people compare, both are equally loud.
    const alike = box.querySelector("[data-alike]");
    if (alike) {
      film.dataset.volume ||= film.volume;
      film.volume = film.dataset.volume * 10 ** (-side.dataset.down / 20);
      alike.hidden = false;
    }
    box.querySelectorAll("[data-side]").forEach((each) => each.setAttribute("aria-pressed", String(each === side)));
    missing.hidden = true;
    film.onerror = () => { missing.hidden = side.dataset.side === "after"; };
    film.src = side.dataset.side === "before" ? film.dataset.before : film.dataset.after;
    film.onloadedmetadata = () => { film.currentTime = Math.min(time, film.duration || time); if (playing) film.play(); };
    return;
  }
  const copy = event.target.closest("[data-copy], [data-copy-text]");
  if (copy) {
    const words = copy.dataset.copyText || new URL(copy.dataset.copy, document.baseURI).href;
    if (await copied(words)) copy.textContent = copy.dataset.done;
  }
});
