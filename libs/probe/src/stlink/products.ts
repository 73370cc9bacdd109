/** ST's USB vendor id. */
export const ST_VENDOR_ID = 0x0483;

export interface StLinkProduct {
  readonly productId: number;
  readonly model: string;
  /** Endpoint number of the OUT pipe; IN is 1 on all. */
  readonly outEndpoint: number;
  /** STM8-only boards of this product report a mass-storage version where others report J (OpenOCD 0.12). */
  readonly mayLackDebug?: boolean;
  /** The version's third number counts the mass storage (V2-1, V3), not SWIM. */
  readonly massStorage?: boolean;
  /** The sentence that says why this one cannot be used. */
  readonly refusal?: 'probe.unsupported:too-old' | 'probe.unsupported:loader';
}

/**
 * ST-LINK products (USB descriptors of real probes; OpenOCD 0.12, pyOCD and stlink-org agree, 3742 is named by
 * probe-rs alone, the loaders by OpenOCD's descriptor dumps).
 */
const ROWS: readonly StLinkProduct[] = [
  { productId: 0x3744, model: 'ST-LINK/V1', outEndpoint: 2, refusal: 'probe.unsupported:too-old' },
  { productId: 0x3748, model: 'ST-LINK/V2', outEndpoint: 2 },
  { productId: 0x374a, model: 'ST-LINK/V2-1', outEndpoint: 1, massStorage: true },
  { productId: 0x374b, model: 'ST-LINK/V2-1', outEndpoint: 1, massStorage: true, mayLackDebug: true },
  { productId: 0x3752, model: 'ST-LINK/V2-1', outEndpoint: 1, massStorage: true, mayLackDebug: true },
  { productId: 0x3742, model: 'ST-LINK/V2-1', outEndpoint: 1, massStorage: true },
  { productId: 0x374d, model: 'STLINK-V3 loader', outEndpoint: 1, refusal: 'probe.unsupported:loader' },
  { productId: 0x374e, model: 'STLINK-V3E', outEndpoint: 1, massStorage: true },
  { productId: 0x374f, model: 'STLINK-V3SET', outEndpoint: 1, massStorage: true },
  { productId: 0x3753, model: 'STLINK-V3', outEndpoint: 1, massStorage: true },
  { productId: 0x3754, model: 'STLINK-V3E', outEndpoint: 1, massStorage: true },
  { productId: 0x3755, model: 'STLINK-V3PWR loader', outEndpoint: 1, refusal: 'probe.unsupported:loader' },
  { productId: 0x3757, model: 'STLINK-V3PWR', outEndpoint: 1, massStorage: true },
];

export const ST_LINK_PRODUCTS: ReadonlyMap<number, StLinkProduct> = new Map(
  ROWS.map((row) => [row.productId, row]),
);
export const IN_ENDPOINT = 1;
