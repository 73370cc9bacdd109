import { bytesOf, hexOf, Wire } from '../testing/wire.ts';

const GET_DEVICE = '80 06 00 01 00 00 12 00';
const getString = (index: number, wanted: number): string =>
  `80 06 0${index} 03 09 04 ${wanted.toString(16).padStart(2, '0')} 00`;

describe('descriptors', () => {
  test('an ST-LINK/V2 describes itself as the real one does, byte for byte', async () => {
    const wire = Wire.to('f103cb');
    expect(hexOf((await wire.control(GET_DEVICE)).data)).toBe(
      '12 01 00 02 00 00 00 40 83 04 48 37 00 01 01 02 03 01',
    );
    expect(hexOf((await wire.control('80 06 00 02 00 00 FF 00')).data)).toBe(
      '09 02 27 00 01 01 00 80 32 09 04 00 00 03 FF FF FF 04 07 05 81 02 40 00 00 ' +
        '07 05 02 02 40 00 00 07 05 83 02 40 00 00',
    );
  });

  test.each([
    ['v21', '4B 37', '01', '82 02 20 00', 'full'],
    ['v3j10', '4E 37', '01', '82 02 00 02', 'high'],
  ])('a %s has its own product, endpoints and packet sizes', async (probe, product, out, trace, speed) => {
    const wire = Wire.to(`f103cb+probe=${probe}`);
    expect(hexOf(wire.slot.usb.deviceDescriptor)).toContain(`EF 02 01 40 83 04 ${product}`);
    const configuration = hexOf(wire.slot.usb.configurationDescriptor);
    expect(configuration).toContain(`07 05 ${out} 02`);
    expect(configuration).toContain(`07 05 ${trace}`);
    expect(wire.slot.usb.speed).toBe(speed);
  });

  test('a good serial is 24 upper-case hex digits', async () => {
    const { data } = await Wire.to('f103cb').control(getString(3, 255));
    expect(hexOf(data.subarray(0, 2))).toBe('32 03');
    expect(String.fromCharCode(...data.filter((_byte, i) => i >= 2 && i % 2 === 0))).toMatch(
      /^[0-9A-F]{24}$/,
    );
  });

  test('the serial of a 2014 clone is twelve raw bytes in 26', async () => {
    const { data } = await Wire.to('f103cb+serial=raw').control(getString(3, 255));
    expect(hexOf(data.subarray(0, 2))).toBe('1A 03');
    expect(data.length).toBe(26);
    expect(data.filter((_byte, i) => i >= 3 && i % 2 === 1).every((high) => high === 0)).toBe(true);
  });

  test('a serial can be missing, shared, or any text', async () => {
    const missing = Wire.to('f103cb+serial=missing');
    expect(missing.slot.usb.deviceDescriptor[16]).toBe(0);
    expect((await missing.control(getString(3, 255))).status).toBe('stall');
    const [one, two] = [Wire.to('f103cb+serial=duplicate', 1), Wire.to('f103cb+serial=duplicate', 2)];
    expect(hexOf((await one.control(getString(3, 255))).data)).toBe(
      hexOf((await two.control(getString(3, 255))).data),
    );
    expect(hexOf((await Wire.to('f103cb+serial=AB').control(getString(3, 255))).data)).toBe(
      '06 03 41 00 42 00',
    );
  });

  test('two probes of one bench have two serials, and the same bench has them again', async () => {
    const serial = async (seed: number): Promise<string> =>
      hexOf((await Wire.to('f103cb', seed).control(getString(3, 255))).data);
    expect(await serial(1)).not.toBe(await serial(2));
    expect(await serial(1)).toBe(await serial(1));
  });

  test('a string is cut to what the host wants, and still states its whole length', async () => {
    const { data } = await Wire.to('f103cb').control(getString(3, 48));
    expect(data.length).toBe(48);
    expect(data[0]).toBe(50);
  });
});

describe('control requests', () => {
  test('the configuration is set and read back', async () => {
    const wire = Wire.to('f103cb');
    expect((await wire.control('00 09 01 00 00 00 00 00')).status).toBe('ok');
    expect(hexOf((await wire.control('80 08 00 00 00 00 01 00')).data)).toBe('01');
    expect((await wire.control('00 09 02 00 00 00 00 00')).status).toBe('stall');
  });

  test('a halted endpoint says so, and clear-halt frees it', async () => {
    const wire = Wire.to('f103cb');
    expect((await wire.control('02 03 00 00 81 00 00 00')).status).toBe('ok');
    expect(hexOf((await wire.control('82 00 00 00 81 00 02 00')).data)).toBe('01 00');
    expect((await wire.submitIn(6)).status).toBe('stall');
    await wire.control('02 01 00 00 81 00 00 00');
    expect(await wire.ask('F1', 6)).toBe('29 47 83 04 48 37');
  });

  test('a class or vendor request is stalled', async () => {
    expect((await Wire.to('f103cb').control('C0 20 00 00 00 00 02 00')).status).toBe('stall');
  });
});

describe('bulk transfers', () => {
  test('an IN transfer submitted before its command waits for the reply', async () => {
    const wire = Wire.to('f103cb');
    const reply = wire.submitIn(6);
    await wire.command('F1');
    expect(hexOf((await reply).data)).toBe('29 47 83 04 48 37');
  });

  test('nothing is ever said unasked: an IN transfer without a command stays until it is unlinked', async () => {
    const wire = Wire.to('f103cb');
    const reply = wire.submitIn(64, 77);
    expect(wire.slot.usb.isParked(77)).toBe(true);
    expect(await wire.slot.usb.unlink(77)).toBe(true);
    expect((await reply).status).toBe('cancelled');
    expect(await wire.slot.usb.unlink(77)).toBe(false);
  });

  test('a reply longer than the transfer is babble', async () => {
    const wire = Wire.to('f103cb');
    expect(await wire.ask('F1', 4)).toBe('overflow');
  });

  test('a transfer of whole packets takes its part of a long reply, the next one the rest', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 07 00 00 00 08 00 01');
    expect((await wire.submitIn(192)).data.length).toBe(192);
    expect((await wire.submitIn(64)).data.length).toBe(64);
  });

  test('a reply of whole packets has no empty packet after it: a host that wants more waits', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 07 00 00 00 08 80 00');
    const reply = wire.submitIn(512, 78);
    expect(wire.slot.usb.isParked(78)).toBe(true);
    await wire.slot.usb.unlink(78);
    expect((await reply).data.length).toBe(128);
  });

  test('a data phase may come in several transfers', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 08 00 00 00 20 08 00');
    await wire.submitOut(bytesOf('01 02 03'));
    await wire.submitOut(bytesOf('04 05 06 07 08'));
    expect(await wire.status()).toBe('80');
    expect(hexOf(wire.slot.chip!.sram.subarray(0, 8))).toBe('01 02 03 04 05 06 07 08');
  });

  test('a probe left in a data phase takes the next command for data, and a reset heals it', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 08 00 00 00 20 20 00');
    await wire.command('F1');
    expect(wire.slot.chip!.sram[0]).not.toBe(0xf1);
    await wire.slot.usb.reset();
    expect(await wire.ask('F1', 6)).toBe('29 47 83 04 48 37');
    expect(await wire.ask('F5', 2)).toBe('02 00');
  });

  test('an unread reply waits for the next host, and a reset drops it', async () => {
    const wire = Wire.to('f103cb');
    await wire.command('F7');
    expect(await wire.ask('F1', 64)).toBe('D5 05 00 00 F8 07 00 00');
    await wire.slot.usb.reset();
    expect(await wire.ask('F1', 64)).toBe('29 47 83 04 48 37');
  });

  test('an endpoint that the probe does not have stalls', async () => {
    const wire = Wire.to('f103cb');
    expect(
      (await wire.slot.usb.submit({ id: 9, endpoint: 0x01, data: new Uint8Array(16), length: 16 })).status,
    ).toBe('stall');
  });
});

describe('faults of the cable and the firmware', () => {
  test('a silent probe keeps a transfer waiting', async () => {
    const wire = Wire.to('f103cb');
    wire.slot.fault({ kind: 'silent-replies', count: 1 });
    await wire.command('F1');
    void wire.submitIn(6, 80);
    expect(wire.slot.usb.isParked(80)).toBe(true);
  });

  test.each([6, 12, 128])('a short reply ends with a short packet (of %i bytes)', async (bytes) => {
    const wire = await Wire.entered('f103cb');
    wire.slot.fault({ kind: 'short-replies', count: 1 });
    await wire.command(bytes === 6 ? 'F1' : bytes === 12 ? 'F2 31' : 'F2 07 00 00 00 08 80 00');
    const { status, data } = await wire.submitIn(bytes);
    expect(status).toBe('ok');
    expect(data.length).toBeLessThan(bytes);
  });

  test('a stale reply comes before the right one', async () => {
    const wire = Wire.to('f103cb');
    wire.slot.fault({ kind: 'stale-replies', count: 1 });
    expect(await wire.ask('F1', 6)).toBe('80 00');
    expect(hexOf((await wire.submitIn(6)).data)).toBe('29 47 83 04 48 37');
  });

  test('a probe that is pulled fails what waits and all that follows', async () => {
    const wire = Wire.to('f103cb');
    const waiting = wire.submitIn(6);
    wire.slot.usb.unplug();
    expect((await waiting).status).toBe('disconnected');
    expect((await wire.submitIn(6)).status).toBe('disconnected');
  });

  test('a probe leaves the bus at the transfer that was named', async () => {
    const wire = Wire.to('f103cb');
    wire.slot.fault({ kind: 'unplug-after', transfers: 2 });
    expect(await wire.ask('F1', 6)).toBe('29 47 83 04 48 37');
    expect(await wire.ask('F1', 6)).toBe('disconnected');
  });
});
