/** Where a slot's modelled time went, in picoseconds and counts. Parts overlap: the core runs while USB moves. */
export interface LedgerParts {
  nowPs: number;
  usbTransfersOut: number;
  usbTransfersIn: number;
  usbBytesOut: number;
  usbBytesIn: number;
  usbPs: number;
  probeCommands: number;
  probePs: number;
  swdTransfers: number;
  swdPs: number;
  hostWaitPs: number;
  flashBusyPs: number;
  halfWordsProgrammed: number;
  pagesErased: number;
  massErases: number;
  coreCycles: number;
}

export function emptyLedger(): LedgerParts {
  return {
    nowPs: 0,
    usbTransfersOut: 0,
    usbTransfersIn: 0,
    usbBytesOut: 0,
    usbBytesIn: 0,
    usbPs: 0,
    probeCommands: 0,
    probePs: 0,
    swdTransfers: 0,
    swdPs: 0,
    hostWaitPs: 0,
    flashBusyPs: 0,
    halfWordsProgrammed: 0,
    pagesErased: 0,
    massErases: 0,
    coreCycles: 0,
  };
}

/** The ledger as it leaves the bench. */
export type Ledger = Readonly<LedgerParts>;
