import { FlashError } from '../errors.ts';
import { hexByte } from '../images/words.ts';

export function notTaken(
  what: string,
  remedy = 'Try again after a power cycle. Some clones do not accept the sequence of ST.',
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
    `RDP ${hexByte(rdp)} is read protection level 2: it closes the debug port of this chip for ever, and no tool can undo it.`,
    {
      remedy:
        'Use the recipe step "protect", or stop the station and run "boardwalk protect". Both set level 1.',
    },
  );
}

export function permanentIsPending(rdp: number): FlashError {
  return new FlashError(
    'flash.permanent',
    `The option bytes have RDP ${hexByte(rdp)}, written by another tool: the next power-on makes that permanent (level 2).`,
    {
      remedy:
        'Keep the board powered. Stop the station and run "boardwalk unprotect" now: it writes another value.',
    },
  );
}

export function useTheOtherVerb(protectedNow: boolean): FlashError {
  return protectedNow
    ? new FlashError(
        'flash.read_protected',
        'The chip is read-protected: changing RDP erases the whole flash.',
        {
          remedy: 'Stop the station, then run "boardwalk unprotect". It asks before it erases.',
        },
      )
    : new FlashError('flash.options_not_taken', 'Read protection is not set as an option among others.', {
        remedy:
          'Use the recipe step "protect", or stop the station and run "boardwalk protect". Both prove that flash cannot be read afterwards.',
      });
}
