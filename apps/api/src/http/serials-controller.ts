import { CreateSerialRange, IssuedSerial, ListQuery, SerialQuery, SerialRange } from '@boardwalk/contracts';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { SerialBook } from '../serials/serial-book.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('serials')
@ApiBearerAuth()
@Controller('api/v1/serial-ranges')
export class SerialsController {
  constructor(private readonly serials: SerialBook) {}

  @ApiOperation({
    summary: 'A counter with a format, or a list of values; recipes take their patches from it.',
  })
  @Post()
  @Created(SerialRange, ({ name }) => ['serial-ranges', name])
  @MayAnswer('serial-range-exists', 'serial-used')
  createSerialRange(@Body({ schema: CreateSerialRange }) body: CreateSerialRange): Promise<SerialRange> {
    return this.serials.create(body);
  }

  @ApiOperation({ summary: 'Serial ranges, with how many values are left.' })
  @Get()
  @ListRoute(SerialRange)
  listSerialRanges(@Query({ schema: ListQuery }) { limit, cursor }: ListQuery) {
    return this.serials.list(limit, cursor);
  }

  @ApiOperation({ summary: 'One serial range.' })
  @Get(':name')
  @ApiOkResponse({ standardSchema: SerialRange })
  getSerialRange(@Param('name') name: string): Promise<SerialRange> {
    return this.serials.get(name);
  }

  @ApiOperation({
    summary: 'What was given to which board; ?state=voided lists the gaps with their reasons.',
  })
  @Get(':name/serials')
  @ListRoute(IssuedSerial)
  listSerials(@Param('name') name: string, @Query({ schema: SerialQuery }) query: SerialQuery) {
    return this.serials.serials(name, query);
  }
}
