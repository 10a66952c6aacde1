// Inside gr.HTML: the timeline and the mixer of the result that is shown; fetched when there is one.
const page = window.immersivaudio;
const root = element.querySelector(".iv-studio");
if (root && !root.dataset.ready) {
  root.dataset.ready = "yes";
  let shown = "";
  const look = async () => {
    const address = document.querySelector("#result [data-studio]")?.dataset.studio ?? "";
    if (address === shown) return;
    shown = address;
    if (!address) return root.replaceChildren();
    const { mount } = await import(new URL("scripts/studio.js", document.baseURI));
    if (address === shown) page.studio = await mount(root, address, () => trigger("change"));
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("#sheet textarea")) page.studio?.typed(event.target.value);
  });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true }); // the result may come later
  look();
}
