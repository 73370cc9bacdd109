import { Scan, ScanResult, ScanState } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ScanDesk } from '../scans/scan-desk.ts';

@ApiTags('scans')
@ApiBearerAuth()
@Controller('api/v1/scans')
export class ScansController {
  constructor(private readonly desk: ScanDesk) {}

  @ApiOperation({
    summary:
      "What a scanned code means, and what it starts: an order or a recipe chooses, a board's code gets one slot.",
  })
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ScanResult })
  scanCode(@Body({ schema: Scan }) scan: Scan): Promise<ScanResult> {
    return this.desk.scan(scan);
  }

  @ApiOperation({ summary: 'What this operator has chosen by scans, and what is expected next.' })
  @Get('current')
  @ApiOkResponse({ standardSchema: ScanState })
  getCurrentScan(): Promise<ScanState> {
    return this.desk.current();
  }
}
