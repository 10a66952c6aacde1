// Inside gr.HTML: tells the page which earlier result to show.
element.addEventListener("click", (event) => {
  const one = event.target.closest("[data-job]");
  if (one) trigger("select", { job: one.dataset.job });
  const forget = event.target.closest("[data-forget]");
  if (forget && confirm(forget.dataset.sure)) trigger("clear");
});
