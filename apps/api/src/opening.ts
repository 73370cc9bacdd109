import type { Type } from '@nestjs/common';
import { OlderRows } from './audit/older-rows.ts';
import { RecordKeeping } from './audit/record-keeping.ts';
import { Upgrade } from './boards/upgrade.ts';
import { ClockWatch } from './audit/clock-watch.ts';
import { ImageRenaming } from './images/image-renaming.ts';
import { QueueWork } from './station/queue-work.ts';
import { DemoWork } from './station/demo-work.ts';
import { StorageReports } from './station/storage-reports.ts';

/** A part of the station that begins when everything is wired, and ends before what it works on. */
export interface Opens {
  open(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** In this order; closed in the reverse one. The queue goes on only with images that have their ids. */
export const OPENING: readonly Type<Opens>[] = [
  ClockWatch,
  ImageRenaming,
  QueueWork,
  Upgrade,
  StorageReports,
  OlderRows,
  RecordKeeping,
  DemoWork,
];
