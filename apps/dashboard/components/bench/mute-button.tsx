import { message } from '../../src/words/message.ts';
import type { Worded } from '../../src/words/worded.ts';
import { Speaker } from './speaker.tsx';

export function MuteButton({
  muted,
  toggle,
  worded,
}: {
  muted: boolean;
  toggle: () => void;
  worded: Worded;
}) {
  return (
    <button
      type="button"
      aria-pressed={muted}
      aria-label={worded(message('mute'))}
      onClick={toggle}
      className="grid size-11 place-items-center rounded border-2 border-slate-500"
    >
      <Speaker crossed={muted} />
    </button>
  );
}
