import { Controller, Get, Header, HttpCode, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Bench } from '@boardwalk/station';
import { Database } from '../persistence/database.ts';

@ApiExcludeController()
@Controller()
export class HealthController {
  readonly #registry = new Registry();

  constructor(
    private readonly database: Database,
    bench: Bench,
  ) {
    collectDefaultMetrics({ register: this.#registry });
    const slots = new Gauge({
      name: 'boardwalk_slots',
      help: 'Slots by state',
      labelNames: ['state'],
      registers: [this.#registry],
      collect: () => {
        slots.reset();
        for (const slot of bench.slots) slots.inc({ state: slot.state });
      },
    });
  }

  @Get('healthz')
  @HttpCode(200)
  alive() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response) {
    try {
      await this.database.$queryRaw`SELECT 1`;
      return { status: 'ready', problems: [] };
    } catch {
      response.status(503);
      return { status: 'not ready', problems: ['The database does not answer.'] };
    }
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return this.#registry.metrics();
  }
}
