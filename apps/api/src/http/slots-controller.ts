import { Slot, SlotIdentification } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';
import { notFound } from './problems.ts';

@ApiTags('slots')
@ApiBearerAuth()
@Controller('api/v1/slots')
export class SlotsController {
  constructor(private readonly bench: Bench) {}

  @Get()
  @ListRoute(Slot)
  list() {
    return { data: this.bench.slots.map((slot) => slot.snapshot()), nextCursor: null };
  }

  @Get(':name')
  @ApiOkResponse({ standardSchema: Slot })
  get(@Param('name') name: string): Slot {
    return this.#slot(name).snapshot();
  }

  @Post(':name/identify')
  @HttpCode(200)
  @MayAnswer('bench-refuses')
  @ApiOkResponse({ standardSchema: SlotIdentification })
  async identify(@Param('name') name: string) {
    return { slot: name, ...(await this.#slot(name).identify()) };
  }

  @Post(':name/enable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Slot })
  enable(@Param('name') name: string): Slot {
    const slot = this.#slot(name);
    slot.enable();
    return slot.snapshot();
  }

  @Post(':name/disable')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Slot })
  disable(@Param('name') name: string): Slot {
    const slot = this.#slot(name);
    slot.disable();
    return slot.snapshot();
  }

  @Post(':name/recover')
  @HttpCode(200)
  @MayAnswer('bench-refuses')
  @ApiOkResponse({ standardSchema: Slot })
  async recover(@Param('name') name: string): Promise<Slot> {
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
