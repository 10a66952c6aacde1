// Around what was seen, in the page and behind a link: a tile brings the film there.
element.addEventListener("click", (event) => {
  const tile = event.target.closest("[data-seek]");
  const film = document.querySelector(".iv-result video");
  if (!tile || !film) return;
  film.currentTime = Number(tile.dataset.seek);
  film.scrollIntoView({ block: "center", behavior: "smooth" });
});
