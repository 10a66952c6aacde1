// Around a result, in the page and behind a link: before and after, copying, and the session's list.
element.addEventListener("click", async (event) => {
  const side = event.target.closest("[data-side]");
  if (side) {
    const box = side.closest(".iv-result");
    const film = box.querySelector("video");
    const missing = box.querySelector(".iv-missing");
    film.dataset.after ||= film.getAttribute("src");
    const time = film.currentTime, playing = !film.paused;
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
    await navigator.clipboard?.writeText(words).catch(() => undefined);
    copy.textContent = copy.dataset.done;
  }
});
