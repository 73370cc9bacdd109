import { InsertBoard, LayFault, Slot, VirtualProfile, VirtualSlot } from '@boardwalk/contracts';
import { BOARD_PROFILES } from '@boardwalk/virtual-bench';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { Sockets } from '../station/sockets.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

/** The hand at a virtual bench, over REST. */
@ApiTags('virtual bench')
@ApiBearerAuth()
@Controller('api/v1/virtual')
export class VirtualController {
  constructor(private readonly sockets: Sockets) {}

  @ApiOperation({ summary: 'The boards that are truly in the sockets of a virtual bench.' })
  @Get('slots')
  @MayAnswer('not-virtual')
  @ListRoute(VirtualSlot)
  async listVirtualSlots() {
    return { data: await this.sockets.list(), nextCursor: null };
  }

  @ApiOperation({ summary: 'The profiles that a board spec may begin with.' })
  @Get('profiles')
  @ListRoute(VirtualProfile)
  listVirtualProfiles() {
    const data = [...BOARD_PROFILES.values()].map(({ name, description }) => ({ name, description }));
    return { data, nextCursor: null };
  }

  @ApiOperation({ summary: 'Puts a board into the empty socket of a slot.' })
  @Post('slots/:name/insert')
  @HttpCode(200)
  @MayAnswer('not-virtual', 'wrong-state')
  @ApiOkResponse({ standardSchema: Slot })
  insertVirtualBoard(
    @Param('name') name: string,
    @Body({ schema: InsertBoard }) { board }: InsertBoard,
  ): Promise<Slot> {
    return this.sockets.insert(name, board);
  }

  @ApiOperation({ summary: 'Takes the board out of the socket of a slot.' })
  @Post('slots/:name/remove')
  @HttpCode(200)
  @MayAnswer('not-virtual')
  @ApiOkResponse({ standardSchema: Slot })
  removeVirtualBoard(@Param('name') name: string): Promise<Slot> {
    return this.sockets.remove(name);
  }

  @ApiOperation({ summary: 'Lays a fault on the board or the probe of a slot.' })
  @Post('slots/:name/fault')
  @HttpCode(200)
  @MayAnswer('not-virtual', 'wrong-state')
  @ApiOkResponse({ standardSchema: Slot })
  layVirtualFault(
    @Param('name') name: string,
    @Body({ schema: LayFault }) { fault }: LayFault,
  ): Promise<Slot> {
    return this.sockets.fault(name, fault);
  }

  @ApiOperation({
    summary:
      'Takes all faults off a slot, plugs its probe in again, and gives it back to the hand of the demo.',
  })
  @Post('slots/:name/clear')
  @HttpCode(200)
  @MayAnswer('not-virtual')
  @ApiOkResponse({ standardSchema: Slot })
  clearVirtualSlot(@Param('name') name: string): Promise<Slot> {
    return this.sockets.clear(name);
  }
}
