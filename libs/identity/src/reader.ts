import { hex32 } from '@boardwalk/contracts';
import { ProbeError } from '@boardwalk/debug';

const TOLERATED: ReadonlySet<string> = new Set(['target.fault', 'probe.unsupported']);

/** Tries a read; a refusal by the target is noted, anything worse is thrown. */
export class Reader {
  readonly unread: { item: string; why: string }[] = [];

  async tried<Value>(item: string, read: () => Promise<Value>): Promise<Value | null> {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof ProbeError) || !TOLERATED.has(cause.code)) throw cause;
      this.unread.push({ item, why: cause.message });
      return null;
    }
  }

  async hex(item: string, read: () => Promise<number>): Promise<string | null> {
    const value = await this.tried(item, read);
    return value === null ? null : hex32(value);
  }

  absent(item: string, series: string): null {
    this.unread.push({ item, why: `No ${series} has this register.` });
    return null;
  }
}
