import { hex } from '@boardwalk/contracts';
import { SRAM_BASE } from '@boardwalk/series';
import { ProbeError } from './errors.ts';
import type { Target } from './target.ts';

/** How the SWD clock was found that the line carries. */
export interface LineCheck {
  readonly askedKhz: number;
  readonly khz: number;
  /** Clocks that failed, fastest first, and how. */
  readonly failed: readonly { readonly khz: number; readonly because: string }[];
}

/** Enough words that one in four hundred wrong shows seven times in ten; the next transfers are the second look. */
const PATTERN_BYTES = 1024;

/**
 * Finds the fastest SWD clock, from the present one downwards, at which a pattern written to RAM comes back. The core
 * must be halted; what RAM held there is lost. A pattern that comes back wrong in the same place at two clocks is the
 * RAM's fault, not the line's: then the clock stays as it was.
 * @throws ProbeError `target.line` when no clock carries it
 */
export async function settleSpeed(target: Target): Promise<LineCheck> {
  const { link } = target;
  const askedKhz = link.speedKhz ?? 0;
  const failed: { khz: number; because: string }[] = [];
  let wrongAt: number | null = null;
  for (;;) {
    const result = await tryPattern(target);
    if (result === null) break;
    if (typeof result === 'number') {
      if (result === wrongAt) {
        await link.setSpeed(askedKhz);
        return { askedKhz, khz: link.speedKhz ?? 0, failed: [] };
      }
      wrongAt = result;
    }
    failed.push({ khz: link.speedKhz ?? 0, because: inWords(result) });
    if (!(await link.slowDown())) throw result instanceof ProbeError ? result : noClock(target);
  }
  return { askedKhz, khz: link.speedKhz ?? 0, failed };
}

/** Null when the pattern came back, the first address that did not, or what the line said. */
async function tryPattern(target: Target): Promise<number | ProbeError | null> {
  const pattern = lively(PATTERN_BYTES, target.link.speedKhz ?? 0);
  try {
    await target.writeMemory(SRAM_BASE, pattern);
    const back = await target.readMemory(SRAM_BASE, pattern.length);
    const wrong = back.findIndex((byte, i) => byte !== pattern[i]);
    return wrong < 0 ? null : SRAM_BASE + wrong;
  } catch (cause) {
    if (cause instanceof ProbeError && cause.code === 'target.line') return cause;
    throw cause;
  }
}

/** Words with all bits in both states and many edges; other ones for each clock, so that an old pattern never passes. */
function lively(length: number, seed: number): Uint8Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Uint8Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return i % 8 < 4 ? state >>> 24 : ~(state >>> 24);
  });
}

function inWords(result: number | ProbeError): string {
  if (result instanceof ProbeError) return result.message;
  return `RAM at ${hex(result)} came back wrong`;
}

function noClock({ link: { portPath } }: Target): ProbeError {
  const operation = 'find a clock that the line carries';
  return new ProbeError('target.line:no-clock', { portPath, operation });
}
