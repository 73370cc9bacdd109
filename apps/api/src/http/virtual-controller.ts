import type { Slot } from '@boardwalk/contracts';
import { BOARD_PROFILES } from '@boardwalk/virtual-bench';
import { Controller } from '@nestjs/common';
import type { TakenBy } from '../routes/row.ts';
import { VIRTUAL } from '../routes/virtual.ts';
import { Sockets } from '../station/sockets.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

/** The hand at a virtual bench, over REST. */
@Controller()
export class VirtualController {
  constructor(private readonly sockets: Sockets) {}

  @Route(VIRTUAL.listVirtualSlots)
  async listVirtualSlots() {
    return { data: await this.sockets.list(), nextCursor: null };
  }

  @Route(VIRTUAL.listVirtualProfiles)
  listVirtualProfiles() {
    const data = [...BOARD_PROFILES.values()].map(({ name, description }) => ({ name, description }));
    return { data, nextCursor: null };
  }

  @Route(VIRTUAL.insertVirtualBoard)
  insertVirtualBoard(@Taken() { params, body }: TakenBy<typeof VIRTUAL.insertVirtualBoard>): Promise<Slot> {
    return this.sockets.insert(params.name, body.board);
  }

  @Route(VIRTUAL.removeVirtualBoard)
  removeVirtualBoard(@Taken() { params }: TakenBy<typeof VIRTUAL.removeVirtualBoard>): Promise<Slot> {
    return this.sockets.remove(params.name);
  }

  @Route(VIRTUAL.layVirtualFault)
  layVirtualFault(@Taken() { params, body }: TakenBy<typeof VIRTUAL.layVirtualFault>): Promise<Slot> {
    return this.sockets.fault(params.name, body.fault);
  }

  @Route(VIRTUAL.clearVirtualSlot)
  clearVirtualSlot(@Taken() { params }: TakenBy<typeof VIRTUAL.clearVirtualSlot>): Promise<Slot> {
    return this.sockets.clear(params.name);
  }
}
