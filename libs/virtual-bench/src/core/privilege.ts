import { BusFault } from './system-bus.ts';

/** What the private bus asks of a core that wants in. */
interface PrivilegeHost {
  readonly unprivilegedAccess: boolean;
  readonly scs: { readonly userSetsPending: boolean };
  privileged(): boolean;
}

/** Software trigger interrupt register: with CCR.USERSETMPEND for everyone. */
const STIR = 0xe000ef00;
/** Everyone may write to the trace's stimulus ports, as ITM_TPR is after reset. */
const ITM_STIMULUS_END = 0xe0000400;

/**
 * Unprivileged code sees nothing of the private bus, where nothing else is said (ARM DDI0403 B3.1.1).
 * @throws BusFault
 */
export function requirePrivilege(core: PrivilegeHost, address: number, write: boolean): void {
  if (core.privileged() && !core.unprivilegedAccess) return;
  if (write && address === STIR && core.scs.userSetsPending) return;
  if (address < ITM_STIMULUS_END) return;
  throw new BusFault(address, write);
}
