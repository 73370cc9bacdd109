import { mayPass, ProbeError, type Target } from '@boardwalk/debug';
import { CR, FLASH, KEY1, KEY2, OBR_RDPRT, OPTION_BYTES_BASE, RDP_OFF, SR } from '../engine/registers.ts';
import { FlashError } from '../errors.ts';
import { FLASH_BASE } from '../families/families.ts';
import {
  decodeOptions,
  encodeOptions,
  isProtected,
  OPTION_COUNT,
  OPTION_NAMES,
  type OptionBytes,
} from './option-bytes.ts';

/** An erase of the options, or of all flash when protection is lifted; ten times ST's 40 ms for slow clones. */
const BUSY_TIMEOUT_MS = 1000;
const POLL_MS = 1;
/** How often all option bytes are written again after an exchange failed. */
const MOST_REPEATS = 2;
/** Any value but 0xa5 protects; ST's tools write 0x00. */
const RDP_ON = 0x00;
const PROOF_BYTES = 1024;

/** The option bytes as they stand. @throws ProbeError */
export async function readOptions(target: Target): Promise<OptionBytes> {
  return decodeOptions(await target.readMemory(OPTION_BYTES_BASE, 2 * OPTION_COUNT));
}

/**
 * Writes option bytes and resets the chip, which loads them; the core stands halted afterwards. What stands then is
 * read and compared. Lifting read protection this way erases all flash: that is what `unprotect` is for.
 * @returns the options before and after
 * @throws FlashError `flash.read_protected` when RDP would change, `flash.options_not_taken`, `flash.timeout`
 */
export async function writeOptions(
  target: Target,
  change: Partial<OptionBytes>,
): Promise<{ readonly before: OptionBytes; readonly after: OptionBytes }> {
  const raw = await target.readMemory(OPTION_BYTES_BASE, 2 * OPTION_COUNT);
  const before = decodeOptions(raw);
  const wanted = { ...before, ...change };
  if (isProtected(wanted) !== isProtected(before)) throw useTheOtherVerb(isProtected(before));
  await program(target, encodeOptions(wanted, raw));
  await target.resetAndHalt();
  const after = await readOptions(target);
  const missed = OPTION_NAMES.find((name) => after[name] !== wanted[name]);
  if (missed) throw notTaken(`${missed} reads 0x${after[missed].toString(16)} after a reset`);
  return { before, after };
}

/**
 * Sets read-out protection and proves it: after a reset the chip says that it is protected, and a read of flash fails.
 * @throws FlashError `flash.options_not_taken` when flash can still be read
 */
export async function protect(target: Target): Promise<void> {
  const raw = await target.readMemory(OPTION_BYTES_BASE, 2 * OPTION_COUNT);
  const before = decodeOptions(raw);
  if (!isProtected(before)) {
    await program(target, encodeOptions({ ...before, RDP: RDP_ON }, raw));
    await target.resetAndHalt();
  }
  const says = ((await target.readWord(FLASH.OBR)) & OBR_RDPRT) !== 0;
  if (!says)
    throw notTaken('the chip does not say that it is protected', 'Power-cycle the board, then look again.');
  if (await flashReads(target))
    throw notTaken('flash can still be read', 'Set the board aside: it is not protected.');
}

/**
 * Lifts read-out protection, which erases the whole flash, and proves it: flash reads blank.
 * @throws FlashError `flash.options_not_taken`
 */
export async function unprotect(target: Target): Promise<void> {
  const raw = await target.readMemory(OPTION_BYTES_BASE, 2 * OPTION_COUNT);
  await program(target, encodeOptions({ ...decodeOptions(raw), RDP: RDP_OFF }, raw));
  await target.resetAndHalt();
  if (((await target.readWord(FLASH.OBR)) & OBR_RDPRT) !== 0) throw notTaken('the chip is still protected');
  const start = await target.readMemory(FLASH_BASE, PROOF_BYTES);
  if (!start.every((byte) => byte === 0xff)) throw notTaken('flash is not blank');
}

async function flashReads(target: Target): Promise<boolean> {
  try {
    await target.readWord(FLASH_BASE);
    return true;
  } catch (cause) {
    if (cause instanceof ProbeError && cause.code === 'target.fault') return false;
    throw cause;
  }
}

/**
 * Erases and programs the option bytes. Once they are erased a reset would leave the chip protected: an exchange that
 * fails is answered by reading whether they are still open, and by writing them all again.
 */
async function program(target: Target, options: Uint8Array): Promise<void> {
  await unlock(target);
  for (let left = MOST_REPEATS; ; left -= 1) {
    try {
      await eraseAndWrite(target, options);
      break;
    } catch (cause) {
      if (left === 0 || !mayPass(cause) || !(await isOpen(target))) throw cause;
      await finished(target, 'end what was begun');
    }
  }
  await target.writeWord(FLASH.CR, CR.LOCK);
}

async function unlock(target: Target): Promise<void> {
  for (const register of [FLASH.KEYR, FLASH.OPTKEYR]) {
    await target.writeWord(register, KEY1);
    await target.writeWord(register, KEY2);
  }
  if (!(await isOpen(target))) throw notTaken('the option bytes stay locked');
}

async function isOpen(target: Target): Promise<boolean> {
  return ((await target.readWord(FLASH.CR)) & CR.OPTWRE) !== 0;
}

/** RDP first: a supply that fails after the erase would leave the chip protected, and empty once it is opened. */
async function eraseAndWrite(target: Target, options: Uint8Array): Promise<void> {
  await target.writeWord(FLASH.SR, SR.CLEAR);
  await target.writeWord(FLASH.CR, CR.OPTER | CR.OPTWRE);
  await target.writeWord(FLASH.CR, CR.OPTER | CR.STRT | CR.OPTWRE);
  await finished(target, 'erase the option bytes');
  await target.writeWord(FLASH.CR, CR.OPTPG | CR.OPTWRE);
  for (const [i, option] of options.entries()) {
    await target.writeHalfWord(OPTION_BYTES_BASE + 2 * i, option | ((~option & 0xff) << 8));
    await finished(target, 'program an option byte');
  }
}

async function finished(target: Target, doing: string): Promise<void> {
  const { clock } = target.link;
  const deadline = clock.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    // Only a look that began after the deadline proves that it passed: this host may have stood still.
    const late = clock.now() > deadline;
    if (((await target.readWord(FLASH.SR)) & SR.BSY) === 0) return;
    if (late) {
      throw new FlashError('flash.timeout', `The target took more than ${BUSY_TIMEOUT_MS} ms to ${doing}.`, {
        remedy: 'Check the board’s supply voltage, then write the options again: they are erased.',
      });
    }
    await clock.wait(POLL_MS);
  }
}

function notTaken(
  what: string,
  remedy = 'Try again after a power cycle; some clones do not take ST’s sequence.',
): FlashError {
  return new FlashError('flash.options_not_taken', `The option bytes were not taken: ${what}.`, { remedy });
}

function useTheOtherVerb(protectedNow: boolean): FlashError {
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
