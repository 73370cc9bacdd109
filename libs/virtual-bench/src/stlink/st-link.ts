import { SwdError } from '../debug-port/debug-port.ts';
import { DEBUG_COMMANDS } from './debug-commands.ts';
import { has } from './features.ts';
import { writeModeExit } from './modes.ts';
import { MODE_BYTE, ProbeState, type Outcome } from './probe-state.ts';
import { reply } from './reply.ts';
import { STATUS, STATUS_OF_FAILURE } from './status.ts';

const COMMAND_BYTES = 16;

/** The firmware of an ST-LINK behind its two bulk endpoints: 16-byte commands, at most one data phase each. */
export class StLink extends ProbeState {
  #pending: NonNullable<Outcome['expectOut']> | null = null;
  #collected: Uint8Array[] = [];

  /** USB reset: half-taken commands are forgotten; the mode and the target stay. */
  usbReset(): void {
    this.hung = false;
    this.#pending = null;
    this.#collected = [];
  }

  /** Takes one OUT transfer; returns the reply to queue on the IN endpoint, or null. */
  take(data: Uint8Array): Uint8Array | null {
    if (this.hung) return null;
    const outcome = this.#pending ? this.#continue(data) : this.#command(data);
    if (outcome.expectOut) this.#pending = outcome.expectOut;
    if (!outcome.reply) return null;
    const { reply: bytes } = outcome;
    // No firmware answers with nothing: a read of no bytes has no data phase.
    if (bytes.byteLength === 0) return null;
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes.buffer);
  }

  #continue(data: Uint8Array): Outcome {
    const pending = this.#pending!;
    this.#collected.push(data);
    const have = this.#collected.reduce((sum, part) => sum + part.length, 0);
    if (have < pending.bytes) return {};
    const all = new Uint8Array(pending.bytes);
    let at = 0;
    for (const part of this.#collected) {
      all.set(part.subarray(0, pending.bytes - at), at);
      at += part.length;
    }
    this.#pending = null;
    this.#collected = [];
    return pending.take(all);
  }

  #command(data: Uint8Array): Outcome {
    const block = new Uint8Array(COMMAND_BYTES);
    block.set(data.subarray(0, COMMAND_BYTES));
    this.ledger.probeCommands += 1;
    this.ledger.probePs += this.model.timing.commandPs;
    this.socket.pass(this.model.timing.commandPs);
    switch (block[0]) {
      case 0xf1:
        return { reply: this.#version() };
      case 0xfb:
        return this.model.hardware === 3 ? { reply: this.#versionEx() } : this.#unknown();
      case 0xf5:
        return { reply: reply(2, MODE_BYTE[this.mode]) };
      case 0xf7:
        return has(this.model, 'voltage') ? { reply: this.#voltage() } : this.#unknown();
      case 0xf2:
        return this.#debug(block);
      case 0xf3:
      case 0xf4:
        return writeModeExit(this, block);
      default:
        return this.#unknown();
    }
  }

  #unknown(): Outcome {
    return { reply: reply(2, STATUS.unknownCommand) };
  }

  #debug(block: Uint8Array): Outcome {
    const command = DEBUG_COMMANDS[block[1]!];
    if (!command || (command.feature && !has(this.model, command.feature))) return this.#unknown();
    const view = new DataView(block.buffer);
    try {
      return command.run(this, view);
    } catch (cause) {
      if (!(cause instanceof SwdError)) throw cause;
      if (cause.failure === 'fault' || cause.failure === 'parity') this.port.clearSticky();
      return { reply: reply(command.replyBytes, STATUS_OF_FAILURE[cause.failure]) };
    }
  }

  #version(): DataView {
    const { hardware, jtag, minor, productId } = this.model;
    const view = reply(6);
    const word = hardware === 3 ? 3 << 12 : (hardware << 12) | (jtag << 6) | minor;
    view.setUint16(0, word, false);
    view.setUint16(2, 0x0483, true);
    view.setUint16(4, productId, true);
    return view;
  }

  #versionEx(): DataView {
    const view = reply(12);
    view.setUint8(0, 3);
    view.setUint8(2, this.model.jtag);
    view.setUint8(3, this.model.minor);
    view.setUint16(8, 0x0483, true);
    view.setUint16(10, this.model.productId, true);
    return view;
  }

  #voltage(): DataView {
    const view = reply(8);
    const reference = 1493;
    view.setUint32(0, reference, true);
    view.setUint32(4, Math.round((this.targetMillivolts * reference) / 2400), true);
    return view;
  }
}
