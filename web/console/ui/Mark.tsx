/** The mark: two small bows meeting, a greeting. */

export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#0F766E" />
      <g stroke="#FBFAF7" strokeWidth="2.5" strokeLinecap="round" fill="none">
        <path d="M5.6 24.2c.6-6.2 2.9-9.6 7-10.9" />
        <path d="M26.4 24.2c-.6-6.2-2.9-9.6-7-10.9" />
      </g>
      <circle cx="13.1" cy="8.9" r="2" fill="#FBFAF7" />
      <circle cx="18.9" cy="8.9" r="2" fill="#FBFAF7" />
    </svg>
  );
}
