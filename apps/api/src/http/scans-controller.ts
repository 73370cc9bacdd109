import type { ScanResult, ScanState } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import type { TakenBy } from '../routes/row.ts';
import { SCANS } from '../routes/scans.ts';
import { ScanDesk } from '../scans/scan-desk.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class ScansController {
  constructor(private readonly desk: ScanDesk) {}

  @Route(SCANS.scanCode)
  scanCode(@Taken() { body }: TakenBy<typeof SCANS.scanCode>): Promise<ScanResult> {
    return this.desk.scan(body);
  }

  @Route(SCANS.getCurrentScan)
  getCurrentScan(): Promise<ScanState> {
    return this.desk.current();
  }
}
