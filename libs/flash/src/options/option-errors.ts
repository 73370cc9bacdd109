import { hexByte } from '@boardwalk/contracts';
import { FlashError } from '../errors.ts';

export function notTaken(
  what: string,
  remedy = 'Try again after a power cycle; some clones do not take ST’s sequence.',
): FlashError {
  return new FlashError('flash.options_not_taken', `The option bytes were not taken: ${what}.`, { remedy });
}

export function noOption(name: string, names: readonly string[]): FlashError {
  return new FlashError('flash.no_option', `This chip has no option ${name}.`, {
    remedy: `Leave it out. Options of this chip: ${names.join(', ')}.`,
  });
}

export function permanent(rdp: number): FlashError {
  return new FlashError(
    'flash.permanent',
    `RDP ${hexByte(rdp)} is read protection level 2: it shuts the debug port of this chip for ever, and no tool can undo it.`,
    { remedy: 'Use `boardwalk protect`, which sets level 1.' },
  );
}

export function permanentIsPending(rdp: number): FlashError {
  return new FlashError(
    'flash.permanent',
    `The option bytes have RDP ${hexByte(rdp)}, written by another tool: the next power-on makes that permanent (level 2).`,
    { remedy: 'Keep the board powered, and run `boardwalk unprotect` now: it writes another value.' },
  );
}

export function useTheOtherVerb(protectedNow: boolean): FlashError {
  return protectedNow
    ? new FlashError(
        'flash.read_protected',
        'The chip is read-protected: changing RDP erases the whole flash.',
        {
          remedy: 'Use `boardwalk unprotect`, which says so and asks.',
        },
      )
    : new FlashError('flash.options_not_taken', 'Read protection is not set as an option among others.', {
        remedy: 'Use `boardwalk protect`, which proves that flash cannot be read afterwards.',
      });
}
