'use client';
import { useEffect, useRef } from 'react';
import { afterPause, afterStroke, IDLE, PAUSE_MS, type Catcher, type Caught } from './catcher.ts';
import type { Stroke } from './strokes.ts';
import { focusedField, KeptText } from './text-field.ts';

/** Tells of every scan at the document, wherever the focus is; a person's keys reach what they are for. */
export function useCatcher(tell: (caught: Caught) => void): void {
  const told = useRef(tell);
  useEffect(() => {
    told.current = tell;
  }, [tell]);
  useEffect(() => {
    let catcher: Catcher = IDLE;
    let field: KeptText | null = null;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const pass = (caught: readonly Caught[]): void => {
      for (const each of caught) {
        if (each.kind === 'give-back') field?.giveBack();
        if (each.kind === 'unended' && each.where === 'text') field?.add(each.text);
        told.current(each);
      }
    };
    const rest = (): void => {
      const after = afterPause(catcher, performance.now());
      catcher = after.catcher;
      pass(after.caught);
    };
    const hear = (event: KeyboardEvent): void => {
      // Keys of an input method are a person's, who types Chinese for example.
      if (event.isComposing) return;
      const focused = focusedField();
      const after = afterStroke(catcher, strokeOf(event, focused ? 'text' : 'page'));
      catcher = after.catcher;
      if (after.keep) {
        event.preventDefault();
        event.stopPropagation();
      }
      pass(after.caught);
      if (catcher.reading?.gaps.length === 0) field = focused && new KeptText(focused);
      clearTimeout(pause);
      // A little later than the pause: the clock of events is the page's, rounded.
      pause = setTimeout(rest, PAUSE_MS + 10);
    };
    document.addEventListener('keydown', hear, true);
    document.addEventListener('keyup', hear, true);
    return () => {
      clearTimeout(pause);
      document.removeEventListener('keydown', hear, true);
      document.removeEventListener('keyup', hear, true);
    };
  }, []);
}

function strokeOf(event: KeyboardEvent, where: Stroke['where']): Stroke {
  const { key, timeStamp: at, ctrlKey: ctrl, altKey: alt, metaKey: meta, repeat } = event;
  return { type: event.type === 'keyup' ? 'up' : 'down', key, at, where, ctrl, alt, meta, repeat };
}
