import { Scan, ScanResult, ScanState } from '@boardwalk/contracts';
import { one } from './answer.ts';
import { resource } from './row.ts';

export const SCANS = resource('scans', {
  scanCode: {
    method: 'POST',
    path: '/api/v1/scans',
    summary:
      "What a scanned code means, and what it starts: an order or a recipe chooses, a board's code gets one slot.",
    may: 'scan',
    body: Scan,
    bodyBytes: 4 * 1024,
    answers: one(ScanResult),
  },
  getCurrentScan: {
    method: 'GET',
    path: '/api/v1/scans/current',
    summary: 'What this operator has chosen by scans, and what is expected next.',
    may: 'look',
    answers: one(ScanState),
  },
});
