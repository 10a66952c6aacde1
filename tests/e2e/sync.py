"""How far the mixer is from the film: what is heard of both is recorded, and laid over each other."""

from typing import Any

import numpy as np

_RECORD = """async (seconds) => {
  const film = document.querySelector("#result video");
  const mixer = window.immersivaudio.studio.mixer();
  const { context } = mixer;
  const both = context.createChannelMerger(2);
  window.tap ||= context.createMediaElementSource(film);  // from now on the film is heard here alone
  film.muted = false;
  const sides = [window.tap, mixer.output].map((source, place) => {
    const mono = new GainNode(context, { channelCount: 1, channelCountMode: "explicit" });
    source.connect(mono);
    mono.connect(both, 0, place);
    return [source, mono];
  });
  const recorder = context.createScriptProcessor(4096, 2, 2);
  const parts = [[], []];
  await new Promise((done) => {
    recorder.onaudioprocess = ({ inputBuffer }) => {
      parts.forEach((part, side) => part.push(inputBuffer.getChannelData(side).slice()));
      if (parts[0].length * 4096 >= seconds * context.sampleRate) done();
    };
    both.connect(recorder).connect(context.destination);
  });
  recorder.disconnect();
  sides.forEach(([source, mono]) => source.disconnect(mono));
  const whole = (value) => Math.round(value * 32767);
  const joined = parts.map((part) => part.flatMap((each) => [...each].map(whole)));
  return { rate: context.sampleRate, film: joined[0], mixer: joined[1] };
}"""


def lag(page: Any, seconds: float = 3.0) -> float:
    """Return by how many s the mixer is behind the film while it plays; negative: ahead."""
    heard = page.evaluate(_RECORD, seconds)
    film, mixer = (np.asarray(heard[name], dtype=float) for name in ("film", "mixer"))
    assert film.std() > 30 and mixer.std() > 30, "one of the two is silent"
    size = 2 ** int(np.ceil(np.log2(2 * len(film))))
    cross = np.fft.irfft(np.fft.rfft(mixer, size) * np.conj(np.fft.rfft(film, size)), size)
    reach = int(0.3 * heard["rate"])
    around = np.concatenate([cross[-reach:], cross[: reach + 1]])
    return float((np.argmax(np.abs(around)) - reach) / heard["rate"])
