/**
 * GS1 application identifiers: GS1 General Specifications, release 24, §3.2. A format is written as there: `n` digits,
 * `x` any of the 82 invariant characters, a number alone for a fixed length, `..` for at most so many.
 */
export interface Gs1Identifier {
  readonly ai: string;
  readonly title: string;
  readonly format: string;
  /** Digits of the value, from its start, whose last is a check digit. */
  readonly checked?: number;
}

const row = (ai: string, format: string, title: string, checked?: number): Gs1Identifier => ({
  ...{ ai, format, title },
  ...(checked === undefined ? {} : { checked }),
});

/** Several identifiers that differ in their last digit, which says where the decimal point is or counts. */
const rows = (stem: string, from: number, to: number, format: string, title: string): Gs1Identifier[] =>
  Array.from({ length: to - from + 1 }, (_, index) => row(`${stem}${from + index}`, format, title));

const measures = Array.from({ length: 60 }, (_, index) => String(310 + index)).filter(
  (stem) => !['317', '318', '319', '338', '339', '358', '359'].includes(stem),
);

export const GS1_IDENTIFIERS: readonly Gs1Identifier[] = [
  row('00', 'n18', 'SSCC', 18),
  row('01', 'n14', 'GTIN', 14),
  row('02', 'n14', 'content', 14),
  row('03', 'n14', 'made-to-order GTIN', 14),
  row('10', 'x..20', 'batch or lot'),
  row('11', 'n6', 'production date'),
  row('12', 'n6', 'due date'),
  row('13', 'n6', 'packaging date'),
  row('15', 'n6', 'best before'),
  row('16', 'n6', 'sell by'),
  row('17', 'n6', 'expiration date'),
  row('20', 'n2', 'variant'),
  row('21', 'x..20', 'serial'),
  row('22', 'x..20', 'consumer product variant'),
  row('235', 'x..28', 'third-party serial'),
  row('240', 'x..30', 'additional id'),
  row('241', 'x..30', 'customer part number'),
  row('242', 'n..6', 'made-to-order variation'),
  row('243', 'x..20', 'packaging component'),
  row('250', 'x..30', 'secondary serial'),
  row('251', 'x..30', 'reference to source'),
  row('253', 'n13+x..17', 'document type', 13),
  row('254', 'x..20', 'location extension'),
  row('255', 'n13+n..12', 'coupon', 13),
  row('30', 'n..8', 'variable count'),
  ...measures.flatMap((stem) => rows(stem, 0, 5, 'n6', 'measure')),
  row('37', 'n..8', 'count of items'),
  ...rows('390', 0, 9, 'n..15', 'amount'),
  ...rows('391', 0, 9, 'n3+n..15', 'amount with currency'),
  ...rows('392', 0, 9, 'n..15', 'price'),
  ...rows('393', 0, 9, 'n3+n..15', 'price with currency'),
  ...rows('394', 0, 3, 'n4', 'percent off'),
  ...rows('395', 0, 5, 'n6', 'price per unit'),
  row('400', 'x..30', 'order number'),
  row('401', 'x..30', 'consignment'),
  row('402', 'n17', 'shipment', 17),
  row('403', 'x..30', 'route'),
  ...['410', '411', '412', '413', '414', '415', '416', '417'].map((ai) => row(ai, 'n13', 'location', 13)),
  row('420', 'x..20', 'postal code'),
  row('421', 'n3+x..9', 'postal code with country'),
  row('422', 'n3', 'country of origin'),
  row('423', 'n3+n..12', 'country of first processing'),
  row('424', 'n3', 'country of processing'),
  row('425', 'n3+n..12', 'country of disassembly'),
  row('426', 'n3', 'country of the whole process'),
  row('427', 'x..3', 'subdivision of origin'),
  row('7001', 'n13', 'NATO stock number'),
  row('7002', 'x..30', 'meat cut'),
  row('7003', 'n10', 'expiration time'),
  row('7004', 'n..4', 'active potency'),
  row('7005', 'x..12', 'catch area'),
  row('7006', 'n6', 'first freeze date'),
  row('7007', 'n6+n..6', 'harvest date'),
  row('7020', 'x..20', 'refurbishment lot'),
  row('7021', 'x..20', 'functional status'),
  row('7022', 'x..20', 'revision status'),
  row('7023', 'x..30', 'assembly id'),
  ...rows('703', 0, 9, 'n3+x..27', 'processor'),
  ...rows('71', 0, 6, 'x..20', 'national healthcare number'),
  row('8001', 'n14', 'dimensions'),
  row('8002', 'x..20', 'mobile phone id'),
  row('8003', 'n14+x..16', 'returnable asset', 14),
  row('8004', 'x..30', 'individual asset'),
  row('8005', 'n6', 'price per unit of measure'),
  row('8006', 'n18', 'piece of a trade item', 14),
  row('8007', 'x..34', 'IBAN'),
  row('8008', 'n8+n..4', 'production time'),
  row('8009', 'x..50', 'sensor'),
  row('8010', 'x..30', 'component or part'),
  row('8011', 'n..12', 'serial of a component'),
  row('8012', 'x..20', 'software version'),
  row('8013', 'x..25', 'model number'),
  row('8017', 'n18', 'service provider', 18),
  row('8018', 'n18', 'service recipient', 18),
  row('8019', 'n..10', 'service instance'),
  row('8020', 'x..25', 'payment slip'),
  row('8026', 'n18', 'content of a piece', 14),
  row('8110', 'x..70', 'coupon'),
  row('8111', 'n4', 'loyalty points'),
  row('8112', 'x..70', 'paperless coupon'),
  row('8200', 'x..70', 'extended packaging URL'),
  row('90', 'x..30', 'agreed between partners'),
  ...rows('9', 1, 9, 'x..90', 'company internal'),
];

const BY_AI: ReadonlyMap<string, Gs1Identifier> = new Map(GS1_IDENTIFIERS.map((entry) => [entry.ai, entry]));

export function gs1Identifier(ai: string): Gs1Identifier | undefined {
  return BY_AI.get(ai);
}

/** The identifier that a text begins with: none is the beginning of another. */
export function gs1IdentifierAt(text: string): Gs1Identifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = BY_AI.get(text.slice(0, length));
    if (found) return found;
  }
  return undefined;
}

/** Parts of a format: what characters, how many at least and at most. */
export interface FormatPart {
  readonly digits: boolean;
  readonly least: number;
  readonly most: number;
}

export function partsOf({ format }: Gs1Identifier): FormatPart[] {
  return format.split('+').map((part, index) => {
    const [, kind, open, length] = /^([nx])(\.\.)?(\d+)$/.exec(part)!;
    // A variable part after a fixed one may be missing.
    return {
      digits: kind === 'n',
      least: open ? (index === 0 ? 1 : 0) : Number(length),
      most: Number(length),
    };
  });
}
