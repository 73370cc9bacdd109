import { hexByte } from '@boardwalk/contracts';
import { FlashError } from '../errors.ts';

export function notTaken(why: string): FlashError {
  return new FlashError('flash.options_not_taken', { why });
}

export function noOption(name: string, names: readonly string[]): FlashError {
  return new FlashError('flash.no_option', { name, names: names.join(', ') });
}

export function permanent(rdp: number): FlashError {
  return new FlashError('flash.permanent', { rdp: hexByte(rdp) });
}

export function permanentIsPending(rdp: number): FlashError {
  return new FlashError('flash.permanent:pending', { rdp: hexByte(rdp) });
}

export function useTheOtherVerb(protectedNow: boolean): FlashError {
  return new FlashError(protectedNow ? 'flash.read_protected:rdp' : 'flash.options_not_taken:rdp', {});
}
