/** Names of the registers that firmware touches at start, for the recorded traces (RM0008; DDI0403 B3). */
const BLOCKS: readonly (readonly [base: number, name: string, registers: readonly string[]])[] = [
  [0x40005c00, 'USB', []],
  [0x40006c00, 'BKP', []],
  [0x40007000, 'PWR', ['CR', 'CSR']],
  [0x40010000, 'AFIO', ['EVCR', 'MAPR', 'EXTICR1', 'EXTICR2', 'EXTICR3', 'EXTICR4']],
  ...['A', 'B', 'C', 'D', 'E'].map(
    (port, i) =>
      [0x40010800 + i * 0x400, `GPIO${port}`, ['CRL', 'CRH', 'IDR', 'ODR', 'BSRR', 'BRR', 'LCKR']] as const,
  ),
  [
    0x40021000,
    'RCC',
    ['CR', 'CFGR', 'CIR', 'APB2RSTR', 'APB1RSTR', 'AHBENR', 'APB2ENR', 'APB1ENR', 'BDCR', 'CSR'],
  ],
  [0x40022000, 'FLASH', ['ACR', 'KEYR', 'OPTKEYR', 'SR', 'CR', 'AR', '', 'OBR', 'WRPR']],
];

const SINGLE: ReadonlyMap<number, string> = new Map([
  [0x40005c40, 'USB_CNTR'],
  [0x40005c44, 'USB_ISTR'],
  [0x40005c48, 'USB_FNR'],
  [0x40005c4c, 'USB_DADDR'],
  [0x40005c50, 'USB_BTABLE'],
  [0x40006c28, 'BKP_DR10'],
  [0xe000e010, 'SYST_CSR'],
  [0xe000e014, 'SYST_RVR'],
  [0xe000e018, 'SYST_CVR'],
  [0xe000e100, 'NVIC_ISER0'],
  [0xe000e104, 'NVIC_ISER1'],
  [0xe000e180, 'NVIC_ICER0'],
  [0xe000e184, 'NVIC_ICER1'],
  [0xe000e280, 'NVIC_ICPR0'],
  [0xe000e284, 'NVIC_ICPR1'],
  [0xe000e414, 'NVIC_IPR5'],
  [0xe000ed08, 'VTOR'],
  [0xe000ed0c, 'AIRCR'],
]);

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/** Name of a register, or its address. */
export function registerName(address: number): string {
  const single = SINGLE.get(address);
  if (single !== undefined) return single;
  const block = BLOCKS.find(([base]) => base === (address & ~0x3ff) >>> 0);
  const register = block?.[2][(address & 0x3ff) >>> 2];
  return block && register ? `${block[1]}_${register}` : hex(address);
}
