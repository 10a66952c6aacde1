// Inside gr.HTML: a tile of what was seen brings the film there.
element.addEventListener("click", (event) => {
  const tile = event.target.closest("[data-seek]");
  const film = document.querySelector("#result .iv-result video");
  if (!tile || !film) return;
  film.currentTime = Number(tile.dataset.seek);
  film.scrollIntoView({ block: "center", behavior: "smooth" });
});
