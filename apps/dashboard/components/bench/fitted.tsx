import type { CSSProperties } from 'react';
import { lengthOf } from '../../src/words/length-of.ts';

/** A text whose letters get smaller with their number: `--length` is for the style of its class. */
export function Fitted({ className, text }: { className: string; text: string }) {
  const style = { '--length': Math.max(1, lengthOf(text)) } as CSSProperties;
  return (
    <span className={`block ${className}`} style={style}>
      {text}
    </span>
  );
}
