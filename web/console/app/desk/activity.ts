/** Tells the server whether the person is at the desk: the window is in front and was used in the last minutes. */

const IDLE_AFTER = 5 * 60_000;
const SIGNS = ["pointerdown", "keydown", "pointermove", "wheel"] as const;

export function reportActivity(report: (on: boolean) => void): () => void {
  let last: boolean | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const tell = (on: boolean) => {
    if (on === last) return;
    last = on;
    report(on);
  };
  const sign = () => {
    clearTimeout(idle);
    idle = setTimeout(() => tell(false), IDLE_AFTER);
    tell(true);
  };
  const looked = () => (document.visibilityState === "visible" ? sign() : tell(false));
  for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
  document.addEventListener("visibilitychange", looked);
  window.addEventListener("focus", looked);
  looked();
  return () => {
    clearTimeout(idle);
    for (const name of SIGNS) window.removeEventListener(name, sign);
    document.removeEventListener("visibilitychange", looked);
    window.removeEventListener("focus", looked);
  };
}
