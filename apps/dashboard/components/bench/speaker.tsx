/** A loudspeaker; crossed: it is silent. */
export function Speaker({ crossed }: { crossed: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6 flex-none fill-none stroke-current stroke-2"
      strokeLinecap="round"
    >
      <path d="M4 9v6h4l5 4V5L8 9z" className="fill-current" strokeLinejoin="round" />
      {crossed ? <path d="M17 9l5 6M22 9l-5 6" /> : <path d="M16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11" />}
    </svg>
  );
}
