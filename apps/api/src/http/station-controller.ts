import { Scan, ScanResult, StationStatus } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EventLog } from '../events/event-log.ts';
import { Database } from '../persistence/database.ts';
import { StationState } from '../station/station-state.ts';

@ApiTags('station')
@ApiBearerAuth()
@Controller('api/v1')
export class StationController {
  constructor(
    private readonly state: StationState,
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly events: EventLog,
  ) {}

  @Get('station')
  @ApiOkResponse({ standardSchema: StationStatus })
  status(): StationStatus {
    return this.state.status();
  }

  /** Where the event log stands: what a snapshot taken after this needs to follow from. */
  @Get('station/place')
  async place() {
    return { lastEventId: await this.events.lastId() };
  }

  /** What a scanned code means. It starts nothing yet: jobs are posted. */
  @Post('scans')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ScanResult })
  async scan(@Body({ schema: Scan }) { code }: Scan): Promise<ScanResult> {
    const answer = (meaning: ScanResult['meaning'], message: string): ScanResult => ({
      meaning,
      value: code,
      message,
      jobId: null,
      slot: null,
    });
    if (this.bench.slot(code)) return { ...answer('slot', `Slot ${code}.`), slot: code };
    if (await this.database.workOrder.findUnique({ where: { id: code } }))
      return answer('work-order', `Work order ${code}.`);
    if (await this.database.recipe.findFirst({ where: { name: code } }))
      return answer('recipe', `Recipe ${code}.`);
    if (await this.database.run.findFirst({ where: { OR: [{ serial: code }, { uid: code }] } }))
      return answer('serial', `Board ${code} is in the record.`);
    return answer('unknown', `Nothing here is called ${code}.`);
  }
}
