/** ST's USB vendor id. */
export const ST_VENDOR_ID = 0x0483;

export interface StLinkProduct {
  readonly productId: number;
  readonly model: string;
  /** Endpoint number of the OUT pipe; IN is 1 on all. */
  readonly outEndpoint: number;
}

/** ST-LINK products with a debug interface of class FF (USB descriptors of real probes; OpenOCD, pyOCD, stlink-org agree). */
const ROWS: readonly StLinkProduct[] = [
  { productId: 0x3748, model: 'ST-LINK/V2', outEndpoint: 2 },
  { productId: 0x374a, model: 'ST-LINK/V2-1', outEndpoint: 1 },
  { productId: 0x374b, model: 'ST-LINK/V2-1', outEndpoint: 1 },
  { productId: 0x3752, model: 'ST-LINK/V2-1', outEndpoint: 1 },
  { productId: 0x3742, model: 'ST-LINK/V2-1', outEndpoint: 1 },
  { productId: 0x374e, model: 'STLINK-V3E', outEndpoint: 1 },
  { productId: 0x374f, model: 'STLINK-V3SET', outEndpoint: 1 },
  { productId: 0x3753, model: 'STLINK-V3', outEndpoint: 1 },
  { productId: 0x3754, model: 'STLINK-V3E', outEndpoint: 1 },
  { productId: 0x3757, model: 'STLINK-V3PWR', outEndpoint: 1 },
];

export const ST_LINK_PRODUCTS: ReadonlyMap<number, StLinkProduct> = new Map(
  ROWS.map((row) => [row.productId, row]),
);
export const IN_ENDPOINT = 1;
