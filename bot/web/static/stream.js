// Gradio hears the server through one stream, which ends when nothing is left to tell. An event that was joined
// in that very moment, its answer overtaking that last word, would never be heard of (gradio 6.31). So the last
// word is passed on only when no answer is awaited; otherwise the stream is opened again, and goes on as the same.
(() => {
  const ask = window.fetch;
  const awaited = new Set();

  const join = async (...what) => {
    const answer = await ask(...what);
    const { event_id: event } = await answer.clone().json().catch(() => ({}));
    if (event) awaited.add(event);
    return answer;
  };
  // Passes an answer's messages on; true: the last word was kept back, for something is awaited.
  const pass = async (answer, out) => {
    if (!answer.ok) throw new Error("the stream is lost");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const { done, value } = await reader.read();
      const messages = (rest + (value ?? "")).split("\n\n");
      rest = messages.pop();
      for (const message of messages) {
        const { msg, event_id: event } = JSON.parse(message.replace(/^data: ?/, ""));
        if (msg === "process_completed") awaited.delete(event);
        if (msg === "close_stream" && awaited.size) return true;
        out.enqueue(new TextEncoder().encode(`${message}\n\n`));
      }
      if (done) return false;
    }
  };
  const listen = async (...what) => {
    let answer = await ask(...what);
    if (!answer.ok) return answer;
    const start = async (out) => {
      try {
        while (await pass(answer, out)) answer = await ask(...what);
        out.close();
      } catch (error) { out.error(error); }
    };
    return new Response(new ReadableStream({ start }), answer);
  };
  window.fetch = (...what) => {
    const { pathname } = new URL(what[0].url ?? what[0], location.href);
    const how = pathname.endsWith("/queue/join") ? join : pathname.endsWith("/queue/data") ? listen : ask;
    return how(...what);
  };
})();
