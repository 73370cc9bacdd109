'use client';
import type { Assessment, Slot } from '@boardwalk/contracts';
import { useState } from 'react';
import { useSession } from '../../src/session.ts';
import { slotActions, type SlotAction } from '../../src/slot-actions.ts';
import { sentenceOf } from '../../src/station-api.ts';

/** What a person may do with the slot now, and what came of it. */
export function SlotActions({ slot }: { slot: Slot }) {
  const { api, may } = useSession();
  const [said, setSaid] = useState('');
  const act = async ({ verb, done }: SlotAction): Promise<void> => {
    setSaid('…');
    try {
      const { body } = await api.call<{ assessment?: Assessment }>(
        `/slots/${encodeURIComponent(slot.name)}/${verb}`,
        { method: 'POST' },
      );
      const verdict = body.assessment?.verdict;
      setSaid(verdict ? `${done} Verdict: ${verdict}.` : done);
    } catch (failure) {
      setSaid(sentenceOf(failure));
    }
  };
  return (
    <section aria-label="actions" className="mt-4 flex flex-col gap-2">
      <div className="flex flex-wrap gap-3">
        {slotActions(slot, may).map((action) => (
          <button
            key={action.verb}
            type="button"
            onClick={() => void act(action)}
            className="min-h-11 rounded border-2 border-slate-600 px-4 font-semibold dark:border-slate-400"
          >
            {action.name}
          </button>
        ))}
      </div>
      <p role="status" className="min-h-[1.5em]">
        {said}
      </p>
    </section>
  );
}
