/** Two soft notes, a bow and its answer, made on the spot: no file, no licence, half a second. */

let context: AudioContext | undefined;
let last = 0;
const APART = 3_000;

export function chime(now = Date.now()): void {
  if (now - last < APART) return;
  last = now;
  try {
    context ??= new AudioContext();
    // A page that nobody has touched yet may not make a sound; then it stays silent.
    void context.resume().catch(() => undefined);
    note(context, 587.33, 0);
    note(context, 880, 0.13);
  } catch {
    // No audio on this machine.
  }
}

function note(audio: AudioContext, pitch: number, after: number): void {
  const start = audio.currentTime + after;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.09, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.5);
}
