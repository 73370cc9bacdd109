import { Slot, SlotIdentification } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { ListRoute } from './list-route.ts';
import { BENCH_CODES, MayAnswer } from './may-answer.ts';
import { notFound } from '../problems/problems.ts';

@ApiTags('slots')
@ApiBearerAuth()
@Controller('api/v1/slots')
export class SlotsController {
  constructor(private readonly bench: Bench) {}

  @ApiOperation({ summary: 'Every slot of the bench with its probe, its board and its run.' })
  @Get()
  @ListRoute(Slot)
  listSlots() {
    return { data: this.bench.slots.map((slot) => slot.snapshot()), nextCursor: null };
  }

  @ApiOperation({ summary: 'One slot.' })
  @Get(':name')
  @ApiOkResponse({ standardSchema: Slot })
  getSlot(@Param('name') name: string): Slot {
    return this.#slot(name).snapshot();
  }

  @ApiOperation({
    summary: 'Reads the registers of the board in the slot, changes nothing, and says what they show.',
  })
  @Post(':name/identify')
  @HttpCode(200)
  @MayAnswer(...BENCH_CODES)
  @ApiOkResponse({ standardSchema: SlotIdentification })
  async identifySlot(@Param('name') name: string) {
    return { slot: name, ...(await this.#slot(name).identify()) };
  }

  @ApiOperation({ summary: 'Gives the slot to the queue again.' })
  @Post(':name/enable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Slot })
  enableSlot(@Param('name') name: string): Slot {
    const slot = this.#slot(name);
    slot.enable();
    return slot.snapshot();
  }

  @ApiOperation({ summary: 'No run starts in the slot until it is enabled.' })
  @Post(':name/disable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Slot })
  disableSlot(@Param('name') name: string): Slot {
    const slot = this.#slot(name);
    slot.disable();
    return slot.snapshot();
  }

  @ApiOperation({ summary: 'Takes up a probe that was set aside.' })
  @Post(':name/recover')
  @HttpCode(200)
  @MayAnswer(...BENCH_CODES)
  @ApiOkResponse({ standardSchema: Slot })
  async recoverSlot(@Param('name') name: string): Promise<Slot> {
    const slot = this.#slot(name);
    await slot.recover();
    return slot.snapshot();
  }

  #slot(name: string): BenchSlot {
    const slot = this.bench.slot(name);
    if (!slot) throw notFound(`slot "${name}"`);
    return slot;
  }
}
