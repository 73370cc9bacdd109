import type { BoardSpec } from '../boards/board-spec.ts';
import type { BoardMemory } from './slot-model.ts';

const MOST = 16;

/** The last boards that were taken out, so that a chip that is put in again still has its flash. */
export class RemovedBoards {
  readonly #byUid = new Map<string, BoardMemory>();

  add(memory: BoardMemory | null): void {
    if (!memory) return;
    const uid = memory.uid.join();
    this.#byUid.delete(uid);
    this.#byUid.set(uid, memory);
    const [oldest] = this.#byUid.keys();
    if (this.#byUid.size > MOST) this.#byUid.delete(oldest!);
  }

  /** Null: a chip that was never out, or a spec that says how its flash or its protection is. */
  find({ uid, profile, firmware, rdp, wrp }: BoardSpec): BoardMemory | null {
    if (!uid || firmware || rdp || wrp) return null;
    const memory = this.#byUid.get(uid.join());
    return memory?.profile === profile ? memory : null;
  }
}
