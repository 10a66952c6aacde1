// The stems of a film, played in the browser in step with its picture: volume, mute and solo, heard at once.

const DRIFT = 0.015; // s between sound and picture from which the sound is set anew
const FADE = 0.008; // s: no click where it is
const LONG = 150; // s of film from which stems are decoded at half the rate: six of five minutes would be 700 MB
const PEAKS = 200; // a second

export class Mixer {
  constructor(film) {
    this.film = film;
    this.channels = [];
    this.sources = [];
    this.active = false;
    this.events = { play: () => this.#start(), pause: () => this.#stop(), seeking: () => this.#stop(), seeked: () => this.#start(), ratechange: () => this.#start(), waiting: () => this.#stop(), playing: () => this.#start() };
  }

  // Fetches and decodes; `tracks`: [{ name, url, group }], `told` hears the share that is done.
  // `wanted`: how loud they are together, as the root of the mean square of one side.
  async load(tracks, duration, wanted, told) {
    const rate = duration > LONG ? 24_000 : undefined;
    this.context = new AudioContext(rate ? { sampleRate: rate } : {});
    this.output = this.context.createGain();
    this.output.connect(this.context.destination);
    let done = 0;
    const loaded = await Promise.all(tracks.map(async (track) => {
      const bytes = await fetch(track.url).then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null);
      const sound = bytes && (await this.context.decodeAudioData(bytes).catch(() => null));
      told((done += 1) / tracks.length);
      return sound && this.#channel(track, sound);
    }));
    this.channels = loaded.filter(Boolean);
    this.#level(wanted);
  }

  // Stems are as they were played; the film's music was mastered. Together they are made as loud as that.
  #level(wanted) {
    const music = this.channels.filter((each) => each.group === "music");
    const power = music.reduce((sum, each) => sum + rms(each.sound) ** 2, 0);
    this.makeup = wanted && power ? Math.min(30, wanted / Math.sqrt(power)) : 1;
  }

  #channel(track, sound) {
    const gain = this.context.createGain();
    gain.connect(this.output);
    return { ...track, sound, gain, peaks: peaks(sound), level: 0, muted: false, solo: false };
  }

  enter() {
    if (this.active) return;
    this.active = true;
    this.wasMuted = this.film.muted;
    this.film.muted = true;
    for (const [name, act] of Object.entries(this.events)) this.film.addEventListener(name, act);
    this.timer = setInterval(() => this.#check(), 200);
    this.turned?.();
    this.#start();
  }

  leave() {
    if (!this.active) return;
    this.#stop();
    this.active = false;
    clearInterval(this.timer);
    for (const [name, act] of Object.entries(this.events)) this.film.removeEventListener(name, act);
    this.film.muted = this.wasMuted;
    this.turned?.();
  }

  close() {
    this.leave();
    this.context?.close();
  }

  set(channel, change) {
    Object.assign(channel, change);
    this.apply();
  }

  // What is heard of a channel, 0 to 1 and above.
  heard(channel) {
    const alone = this.channels.some((each) => each.solo);
    const group = this.groups?.[channel.group] ?? 0;
    const made = channel.group === "original" ? 1 : this.makeup;
    return channel.muted || (alone && !channel.solo) ? 0 : made * 10 ** ((channel.level + group) / 20);
  }

  apply() {
    for (const each of this.channels) each.gain.gain.setTargetAtTime(this.heard(each), this.context.currentTime, 0.01);
  }

  // s that the sound is ahead of the picture.
  drift() {
    if (!this.sources.length || this.film.paused) return 0;
    return (this.context.currentTime - this.began) * this.film.playbackRate + this.offset - this.film.currentTime;
  }

  #check() {
    if (!this.film.paused && this.context.state === "running" && Math.abs(this.drift()) > DRIFT) this.#start();
  }

  #start() {
    if (!this.active || this.film.paused || this.film.seeking) return;
    this.context.resume();
    this.#stop();
    const lead = 0.02;
    this.began = this.context.currentTime + lead;
    // The picture goes on meanwhile; what is heard leaves the loudspeaker a little after it is played.
    this.offset = this.film.currentTime + lead * this.film.playbackRate;
    for (const channel of this.channels) {
      const source = this.context.createBufferSource();
      const fade = this.context.createGain();
      source.buffer = channel.sound;
      source.playbackRate.value = this.film.playbackRate;
      fade.gain.setValueAtTime(0, this.began);
      fade.gain.linearRampToValueAtTime(1, this.began + FADE);
      source.connect(fade).connect(channel.gain);
      source.start(this.began, Math.min(this.offset, channel.sound.duration));
      this.sources.push({ source, fade });
    }
    this.apply();
  }

  #stop() {
    const now = this.context.currentTime;
    for (const { source, fade } of this.sources) {
      fade.gain.cancelScheduledValues(now);
      fade.gain.setTargetAtTime(0, now, FADE / 3);
      source.stop(now + 2 * FADE);
    }
    this.sources = [];
  }
}

export function rms(sound) {
  const samples = sound.getChannelData(0);
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += samples[at] ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

// The loudest of each two hundredth of a second.
export function peaks(sound) {
  const step = Math.max(1, Math.floor(sound.sampleRate / PEAKS));
  const found = new Float32Array(Math.ceil(sound.length / step));
  for (let side = 0; side < sound.numberOfChannels; side += 1) {
    const samples = sound.getChannelData(side);
    for (let at = 0; at < samples.length; at += 1) {
      const place = (at / step) | 0, value = Math.abs(samples[at]);
      if (value > found[place]) found[place] = value;
    }
  }
  return found;
}
