const REPLUG = 'Unplug the probe and plug it in again.';
const TWICE_THEN_REPLUG = 'Try again. If it happens again, unplug the probe and plug it in again.';
const CONNECT_AGAIN = 'Connect again.';
const CHECK_WIRING = 'Check SWDIO, SWCLK, GND and power, or connect under reset.';
const SLOWER = 'Lower the SWD clock (--speed, or speedKhz of the recipe), or use a shorter cable.';
const TRY_AGAIN = 'Try again, or connect under reset.';
const NOT_MAPPED = 'Check the address: nothing answers there, or the chip is read-protected.';

/** Names the probe and the operation. */
const at = <const Says extends string>(says: Says) => `Probe {portPath}: ${says} ({operation}).` as const;

/** Failures of a USB transfer; one sentence a code of the USB port. */
const USB_SENTENCES = {
  'probe.no_answer:usb': [at('the probe does not answer'), REPLUG],
  'probe.protocol:stall': [at('the probe refused the transfer'), TWICE_THEN_REPLUG],
  'probe.disconnected': [at('the probe was unplugged'), 'Plug the probe in again.'],
  'probe.disconnected:gone': [at('the probe is gone'), 'Plug the probe in again.'],
  'probe.busy': [
    at('another program uses the probe'),
    'Close the other program (OpenOCD, st-util, an IDE), then try again.',
  ],
  'probe.access_denied': [
    at('this user has no permission to open the probe'),
    'Install the udev rule that "boardwalk doctor --udev" prints, then plug the probe in again.',
  ],
  'probe.usb:closed': [at('the probe is not open'), TWICE_THEN_REPLUG],
  'probe.protocol:garbled': [at('the transfer was garbled'), 'Try a shorter cable or another USB port.'],
  'probe.usb': [
    at('USB failed'),
    'Unplug the probe and plug it in again. If it happens again, use another USB port.',
  ],
} as const;

/** An error of the host's USB, in the words of the USB stack; a person is told of the probe instead. */
const HOST_SENTENCES = {
  'usb.timeout': ['The USB transfer took too long: {says}.'],
  'usb.stall': ['The device refused the USB transfer: {says}.'],
  'usb.disconnected': ['The device is no longer on USB: {says}.'],
  'usb.busy': ['Another program uses the device: {says}.'],
  'usb.access_denied': ['This user has no permission to open the device: {says}.'],
  'usb.not_found': ['The device has no such interface: {says}.'],
  'usb.invalid_state': ['The device is not open for this: {says}.'],
  'usb.protocol': ['The USB transfer was garbled: {says}.'],
  'usb.io': ['USB failed: {says}.'],
} as const;

/** A status byte of the ST-LINK; one sentence a meaning. */
const STATUS_SENTENCES = {
  'probe.protocol:spi': [at('the probe’s own SPI failed'), REPLUG],
  'probe.protocol:dma': [at('the probe’s own DMA failed'), REPLUG],
  'probe.protocol:inside': [at('the probe failed inside'), REPLUG],
  'probe.protocol:refused': [at('the probe refused the command'), REPLUG],
  'probe.protocol:configuration': [at('the probe’s configuration changed'), CONNECT_AGAIN],
  'probe.protocol:unaligned': [
    at('the access is not aligned'),
    'This is a defect of the station. Report it.',
  ],
  'probe.protocol:port-closed': [at('that access port is not open'), CONNECT_AGAIN],
  'probe.protocol:status': [at('the probe answered with status {answer}'), REPLUG],
  'probe.busy:mode': [at('the probe is open in another mode'), REPLUG],
  'probe.unsupported:trace': [at('the probe has no trace input'), 'Use another probe.'],
  'probe.unsupported:clock': [
    at('the probe has no such SWD clock'),
    'Choose another SWD clock (--speed, or speedKhz of the recipe).',
  ],
  'probe.unsupported:command': [
    at('the probe does not know the command'),
    'Update the firmware of the probe with the tool of ST.',
  ],
  'target.none:chain': [at('the JTAG chain is unknown'), CHECK_WIRING],
  'target.none:unconnected': [at('no target is connected'), CHECK_WIRING],
  'target.none:silent': [at('no target answers'), CHECK_WIRING],
  'target.none:domain': [at('the debug domain has no power'), CHECK_WIRING],
  'target.wait:command': [at('the command had to wait'), TRY_AGAIN],
  'target.wait': [at('the target kept the probe waiting'), TRY_AGAIN],
  'target.fault:access': [at('the access failed'), NOT_MAPPED],
  'target.fault:write': [at('the write failed'), NOT_MAPPED],
  'target.fault:refused': [at('the target refused the access'), NOT_MAPPED],
  'target.fault:access-port': [at('the access port reported an error'), NOT_MAPPED],
  'target.fault:debug-port': [at('the debug port reported a fault'), CHECK_WIRING],
  'target.fault:earlier': [at('an earlier access failed'), TRY_AGAIN],
  'target.line:differs': [at('the bytes that were written read back different'), SLOWER],
  'target.line:overrun': [at('accesses overran the debug port'), SLOWER],
  'target.line:parity': [at('the data arrived with a parity error'), SLOWER],
  'target.line:garbled': [at('the debug port answered garbled'), SLOWER],
  'target.line:port-parity': [at('the debug port answered with a parity error'), SLOWER],
  'target.line:written': [at('written data arrived wrong'), SLOWER],
  'target.line': [at('the SWD line failed'), CHECK_WIRING],
} as const;

/** Opening a probe, and holding a conversation with it. */
const CHANNEL_SENTENCES = {
  'probe.no_answer': ['Probe {portPath}: the probe does not answer, even after a USB reset.', REPLUG],
  'probe.protocol:mode': ['Probe {portPath}: the probe stays in {mode} mode.', REPLUG],
  'probe.protocol:length': [at('{got} bytes came instead of {due}'), TWICE_THEN_REPLUG],
  'probe.host_late': [
    at('this host stood still, a limit took {took} s instead of {limit} s'),
    'Close other programs on this computer and keep it from sleeping, then try again.',
  ],
  'probe.unsupported:no-st-link': [
    'Probe {portPath}: it is not an ST-LINK.',
    'Choose the port of an ST-LINK.',
  ],
  'probe.unsupported:too-old': [
    'Probe {portPath}: it is an ST-LINK/V1, which this station does not drive.',
    'Use an ST-LINK/V2, V2-1 or V3.',
  ],
  'probe.unsupported:loader': [
    'Probe {portPath}: it is in its firmware loader and has no debug firmware running.',
    'Unplug the probe and plug it in again. If it is still in its loader, load its firmware with ST’s STSW-LINK007 tool.',
  ],
  'probe.unsupported:firmware': [
    'Probe {portPath}: it cannot debug an STM32 with its firmware {firmware}.',
    'Update it with ST’s STSW-LINK007 tool. Many clones refuse the update or break: then replace the probe.',
  ],
  'probe.unsupported:dap': [
    'Probe {portPath}: firmware {firmware} has no access to DAP registers.',
    'Update the probe to V2J24 or newer.',
  ],
} as const;

/** Attaching to a core, halting it, reading its memory. */
const CORE_SENTENCES = {
  'target.none:no-core': [at('no core answers'), CHECK_WIRING],
  'target.none': [at('no target answers'), CHECK_WIRING],
  'target.none:within': [at('no target answers within {seconds} s'), CHECK_WIRING],
  'target.none:under-reset': [
    at('no target answers'),
    'Check SWDIO, SWCLK, GND, nRST and power. If nRST is not wired, hold the board’s reset button and try again with a waiting time.',
  ],
  'target.none:under-reset-within': [
    at('no target answers within {seconds} s'),
    'Check SWDIO, SWCLK, GND, nRST and power. If nRST is not wired, hold the board’s reset button and try again with a waiting time.',
  ],
  'target.line:no-clock': [
    at('no SWD clock carries data'),
    'Check SWDIO, SWCLK and GND. Use a shorter cable.',
  ],
  'target.not_halted': [at('the core is running'), 'Halt the core first.'],
  'target.not_halted:no-reset': [
    at('the chip did not reset'),
    'Connect under reset, or power-cycle the board.',
  ],
  'target.timeout': [
    at('the core did not halt within {ms} ms'),
    'Connect under reset. Check the board’s power.',
  ],
  'target.timeout:in-reset': [
    at('the core is held in reset'),
    'Release the board’s reset button. Check that nothing else pulls nRST low.',
  ],
  'target.fault:no-range': [
    at('there is no such memory range'),
    'Give a range inside the 4 GiB address space.',
  ],
  'cancelled:attach': [at('cancelled'), 'Start again when the board is ready.'],
} as const;

/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const PROBE_SENTENCES = {
  ...USB_SENTENCES,
  ...HOST_SENTENCES,
  ...STATUS_SENTENCES,
  ...CHANNEL_SENTENCES,
  ...CORE_SENTENCES,
} as const;
