/** Every picture that is a line: one shape, one look. */

const shapes = {
  mark: "M4.2 18.2c.4-4.7 2.2-7.2 5.2-8.2M19.8 18.2c-.4-4.7-2.2-7.2-5.2-8.2M9.8 6.3a.4.4 0 1 0 .1 0M14.2 6.3a.4.4 0 1 0 .1 0",
  close: "M6 9.5l6 6 6-6",
  cross: "M7 7l10 10M17 7L7 17",
  send: "M12 19V6M6 11.5l6-6 6 6",
  attach: "M19.5 11.2l-7.9 7.9a5 5 0 0 1-7.1-7.1l8.3-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5",
  camera: "M4 8.5h3.2l1.5-2.5h6.6l1.5 2.5H20v10H4zM12 16.3a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  sent: "M5 12.5l4.5 4.5L19 7.5",
  seen: "M2 12.5l4.5 4.5L16 7.5M11.5 16l1 1L22 7.5",
  failed: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5v5.5M12 16.3v.1",
  down: "M12 5v13M6.5 12.5L12 18l5.5-5.5",
  file: "M7 3.5h6.5L18 8v12.5H7zM13.5 3.5V8H18",
  smile: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.5 14c1.8 2.4 5.2 2.4 7 0M9 9.6v.1M15 9.6v.1",
  page: "M4.5 5h15v14h-15zM4.5 9.5h15M7 7.3h.1M9 7.3h.1",
  save: "M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
} as const;

export function Icon({ name, size = 20 }: { name: keyof typeof shapes; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
