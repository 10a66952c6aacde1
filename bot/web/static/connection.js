// Between `fetch` and gradio: a lost connection is found again, and what was pressed meanwhile is sent.
//
// Gradio hears the server through one stream and takes its end for the end of the page. Here every call that is
// not answered yet is remembered; when the stream breaks, the calls are sent once more, as another session, and
// their answers go on under the names that gradio knows. That is safe: a press carries a number of its own, so
// the job store takes it once, and what is followed is read from there. Also (gradio 6.31): the server's "nothing
// more to say" can cross a press on its way, which would then never be answered; gradio is not told of it.
(() => {
  const ask = window.fetch;
  const calls = new Map(); // gradio's name of an event -> how it was asked for, and what the server calls it now
  const pauses = [0.4, 1, 2, 4, 8, 15]; // s
  const silence = 40_000; // ms; the server says something every 15 s at least
  const page = (window.immersivaudio ||= {});
  let session = 0, failures = 0, wake = () => undefined, begin = () => undefined;

  const pill = (words, kind) => {
    let node = document.getElementById("iv-connection");
    if (!node && !words) return;
    if (!node) {
      node = document.createElement("div");
      node.id = "iv-connection";
      node.setAttribute("role", "status");
      document.body.append(node);
    }
    node.textContent = words;
    node.className = words ? kind : "";
  };
  const lost = () => {
    failures += 1;
    pill(page.say("web.lost"), "iv-lost");
    return new Promise((done) => {
      wake = done;
      setTimeout(done, 1000 * pauses[Math.min(failures, pauses.length) - 1]);
    });
  };
  const found = () => {
    if (!failures) return;
    failures = 0;
    pill(page.say("web.found"), "iv-found");
    setTimeout(() => failures || pill(""), 2500);
  };
  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  page.connection = { lost, found };

  const renamed = (name) => (session ? `${name}-${session}` : name);
  // Sends a call until the server takes it, and returns the answer.
  const sent = async (url, how) => {
    for (;;) {
      const body = JSON.parse(how.body);
      const told = { ...how, body: JSON.stringify({ ...body, session_hash: renamed(body.session_hash) }) };
      const answer = await ask(url, told).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 408) return answer;
      await lost();
    }
  };
  const join = async (url, how) => {
    const begun = session;
    const answer = await sent(url, how);
    found();
    if (answer.status === 403) location.reload(); // who we are has been forgotten: a week went by
    const { event_id: event } = await answer.clone().json().catch(() => ({}));
    if (!event) return answer;
    calls.set(event, { url, how, now: event, session: begun, heard: false, anew: false });
    begin();
    return answer;
  };
  const again = async () => {
    session += 1;
    for (const call of calls.values()) {
      const answer = await sent(call.url, call.how);
      const { event_id: event } = await answer.json().catch(() => ({}));
      Object.assign(call, { now: event, session, anew: true });
    }
  };
  // The message as gradio may hear it; null for one of an event that was asked for anew since.
  const translated = (message) => {
    if (!message.event_id) return message;
    const [name, call] = [...calls].find(([, each]) => each.now === message.event_id) ?? [];
    if (!call) return null;
    if (message.msg === "process_generating" && message.success) {
      // Gradio takes the first message whole, and later ones as what changed.
      if (call.anew && call.heard) message.output.data = message.output.data.map((value) => [["replace", [], value]]);
      call.heard = true;
      call.anew = false;
    }
    if (message.msg === "process_completed") calls.delete(name);
    return { ...message, event_id: name };
  };
  // Until something is awaited.
  const asked = () => (calls.size ? null : new Promise((done) => { begin = done; }));
  const read = (reader) => {
    let timer;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error("silence")), silence); });
    return Promise.race([reader.read(), late]).finally(() => clearTimeout(timer));
  };
  // Passes an answer's messages on; returns when the server has nothing more to say, throws where it broke off.
  const pass = async (answer, out) => {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let rest = ""; ;) {
        const { done, value } = await read(reader);
        const messages = (rest + (value ?? "")).split("\n\n");
        rest = messages.pop();
        for (const text of messages) {
          const message = JSON.parse(text.replace(/^data: ?/, ""));
          if (message.msg === "close_stream") return;
          if (["unexpected_error", "server_stopped", "broken_connection"].includes(message.msg)) throw new Error(message.msg);
          const told = translated(message);
          if (told) out.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(told)}\n\n`));
        }
        if (done) throw new Error("cut off");
      }
    } finally { reader.cancel().catch(() => undefined); }
  };
  const listen = (address, how) => {
    const name = new URL(address, location.href).searchParams.get("session_hash");
    const closed = () => how?.signal?.aborted;
    const start = async (out) => {
      while (!closed()) {
        await asked();
        try {
          const url = new URL(address, location.href);
          url.searchParams.set("session_hash", renamed(name));
          const answer = await ask(url, how);
          if (!answer.ok) throw new Error("no stream");
          found();
          await pass(answer, out);
        } catch {
          if (closed() || !calls.size) continue;
          await lost();
          await again();
        }
      }
      out.close();
    };
    return new Response(new ReadableStream({ start }), { headers: { "Content-Type": "text/event-stream" } });
  };
  window.fetch = (what, how) => {
    const address = what.url ?? what;
    const { pathname } = new URL(address, location.href);
    if (pathname.endsWith("/queue/join")) return join(address, how);
    return pathname.endsWith("/queue/data") ? listen(address, how) : ask(what, how);
  };
})();
