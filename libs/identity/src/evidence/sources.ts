/** Public documents that evidence cites, by the name it cites them by. */
export const SOURCES = {
  manual: {
    title: 'ST RM0008, reference manual of the STM32F10x',
    url: 'https://www.st.com/resource/en/reference_manual/cd00171190.pdf',
  },
  flashManual: {
    title: 'ST PM0075, flash programming manual of the STM32F10x',
    url: 'https://www.st.com/resource/en/programming_manual/cd00283419.pdf',
  },
  coreManual: {
    title: 'ST PM0056, Cortex-M3 programming manual',
    url: 'https://www.st.com/resource/en/programming_manual/cd00228163.pdf',
  },
  datasheet: {
    title: 'ST DS5319, datasheet of the STM32F103x8 and xB',
    url: 'https://www.st.com/resource/en/datasheet/stm32f103c8.pdf',
  },
  bootNote: {
    title: 'ST AN2606, boot mode of STM32 parts',
    url: 'https://www.st.com/resource/en/application_note/cd00167594.pdf',
  },
  cortexM3: {
    title: 'ARM DDI 0337, Cortex-M3 technical reference manual',
    url: 'https://developer.arm.com/documentation/ddi0337/latest/',
  },
  openocd: {
    title: 'OpenOCD, driver of the STM32F1’s flash',
    url: 'https://github.com/openocd-org/openocd/blob/master/src/flash/nor/stm32f1x.c',
  },
  blackMagic: {
    title: 'Black Magic Debug, driver of the STM32F1 and of the GD32F1',
    url: 'https://github.com/blackmagic-debug/blackmagic/blob/main/src/target/stm32f1.c',
  },
  blackMagicCh32: {
    title: 'Black Magic Debug, driver of the CH32F1',
    url: 'https://github.com/blackmagic-debug/blackmagic/blob/main/src/target/ch32f1.c',
  },
  romTables: {
    title: '32F103 comparison, part 3: ROM tables and CPUIDs of marked parts',
    url: 'https://www.blaatschaap.be/32f103-comparison-part-3/',
  },
  clockBits: {
    title: 'Identifying 32F103 clones: clock enable bits of marked parts',
    url: 'https://www.blaatschaap.be/identifying-32f103-clones/',
  },
  bootListing: {
    title: 'A listing of the boot ROM of a medium-density STM32F103',
    url: 'https://github.com/trebisky/stm32f103/blob/master/serial_boot/boot.txt',
  },
  staff: {
    title: 'ST’s staff about a part marked STM32F103C8 that reports 0x414',
    url: 'https://community.st.com/t5/stm32-mcus-boards-and-hardware/i-have-chips-in-a-48-lqfp-case-with-the-sign-on-top-of/m-p/89825',
  },
  uniqueIds: {
    title: 'Unique ids of a lot of STM32F100C8',
    url: 'https://community.st.com/t5/stm32-mcus-products/stm32f100c8-unique-id-not-unique/td-p/411456',
  },
  fakes: {
    title: 'Greaseweazle, parts that are sold as STM32F103C8',
    url: 'https://github.com/keirf/greaseweazle/wiki/STM32-Fakes',
  },
  air32: {
    title: 'A project template for the AIR32F103',
    url: 'https://github.com/IOsetting/air32f103-template',
  },
} as const;

export type SourceName = keyof typeof SOURCES;
