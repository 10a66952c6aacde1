// What a tab that nobody looks at tells: progress in its title, and a notification when the film is there.
(() => {
  const page = (window.immersivaudio ||= {});
  const name = "Immersivaudio";
  let working = false, bell = null;
  const place = () => document.getElementById("progress");

  page.pressed = () => page.clip?.tell("");
  page.hush = () => place()?.querySelector(".iv-bad")?.remove(); // one error at a time

  const ask = () => {
    const may = window.isSecureContext && "Notification" in window && Notification.permission === "default";
    if (!may || bell) return;
    bell = page.make("button", { type: "button", className: "iv-bell", textContent: page.say("web.notify") });
    bell.onclick = async () => { await Notification.requestPermission(); bell?.remove(); };
    place().after(bell);
  };
  const done = () => {
    const result = document.querySelector("#result .iv-result");
    if (!result) return;
    const phone = matchMedia("(max-width: 760px)").matches;
    if (phone) result.scrollIntoView({ block: "start", behavior: "smooth" });
    if (!document.hidden) return;
    document.title = `✓ ${page.say("web.done")}`;
    if ("Notification" in window && Notification.permission === "granted") {
      const note = new Notification(name, { body: page.say("web.done"), tag: "done", icon: "favicon.ico" });
      note.onclick = () => { window.focus(); note.close(); };
    }
  };
  // What is said below the form may be out of sight: an error, files that were asked for beside the film.
  let told = null;
  const seen = () => {
    const news = place()?.querySelector(".iv-bad, .iv-result");
    if (news === told) return;
    told = news;
    const { top = 0, bottom = 0 } = news?.getBoundingClientRect() ?? {};
    if (news && (top < 0 || bottom > innerHeight)) news.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  const mirrored = () => {
    const bar = document.querySelector(".iv-bar:has(.iv-working)"), words = place()?.querySelector(".iv-progress .iv-say");
    if (!bar) return;
    bar.classList.toggle("iv-busy", Boolean(words));
    const line = bar.querySelector(".iv-working"), said = [...(words?.children ?? [])].map((each) => each.textContent).join(" · ");
    line.hidden = !words;
    if (line.textContent !== said) line.textContent = said; // what is written here is seen by `look`, too
  };
  const look = () => {
    seen();
    mirrored();
    const bar = place()?.querySelector("progress");
    if (bar) {
      document.title = `${bar.value} % – ${name}`;
      if (!working) ask();
    } else if (working) {
      document.title = name;
      bell?.remove();
      bell = null;
      if (!place()?.querySelector(".iv-bad, .iv-result")) setTimeout(done, 300);
    }
    working = Boolean(bar);
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !working) document.title = name; });
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
})();
