import { checkCertificate, publicKeyOf, readStationKey, type CertificateCheck } from '@boardwalk/records';
import { Command } from 'commander';
import type { KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askStation } from '../ask-station.ts';
import { dataFolder } from '../data-folder.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

/** `boardwalk certificate`: writes a board's certificate, checks one offline, and exports the station's public key. */
export function certificate(finish: (code: ExitCode) => void): Command {
  return new Command('certificate')
    .description('write a board’s signed certificate, or check one without a station')
    .addCommand(write(finish), { isDefault: true })
    .addCommand(verify(finish))
    .addCommand(key(finish));
}

function write(finish: (code: ExitCode) => void): Command {
  return new Command('write')
    .description('ask the running station for certificates: .json signed, .html one page to print')
    .argument('<file...>', 'the files to write; a name ends with .json or .html')
    .requiredOption('--board <id>', 'the board: its number, its unique id or its serial')
    .option('--by <what>', 'what the id is: number, uid or serial')
    .option('--url <url>', 'the station (default: the one that has the data folder open)')
    .addHelpText('after', '\nExample:\n  boardwalk certificate SN000123.json SN000123.html --board SN000123')
    .action(async (files: string[], { board, by, url }: { board: string; by?: string; url?: string }) => {
      const output = new Output(false);
      for (const file of files) {
        const format = file.endsWith('.html') ? 'html' : 'json';
        const path = `/boards/${encodeURIComponent(board)}/certificate`;
        save(file, await askStation({ path, query: { by, format }, url }));
        output.say(`Wrote ${file}.`);
      }
      finish(EXIT.pass);
    });
}

function verify(finish: (code: ExitCode) => void): Command {
  return new Command('verify')
    .description('check a certificate: exit 0 valid, 1 not valid, 3 no certificate can be read')
    .argument('<file>', 'the JSON of a certificate')
    .option(
      '--key <file>',
      'the public key of the station (default: that of the data folder, where it has one)',
    )
    .option('--json', 'one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  boardwalk certificate verify SN000123.json --key station-key.pub.pem\n  boardwalk certificate verify SN000123.json --json',
    )
    .action((file: string, options: { key?: string; json?: boolean }) => {
      const output = new Output(options.json ?? false);
      const check = checkCertificate(jsonIn(file), trustedKey(options.key));
      tell(output, file, check);
      finish(check.ok ? EXIT.pass : EXIT.boardFailed);
    });
}

function key(finish: (code: ExitCode) => void): Command {
  return new Command('key')
    .description('write the public key of the data folder’s station; give it to those who check certificates')
    .option('--out <file>', 'where to (default: stdout)')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  boardwalk certificate key --out station-key.pub.pem')
    .action((options: { out?: string; json?: boolean }) => {
      const { folder } = dataFolder();
      const known = readStationKey(folder);
      if (known === null) throw new CommandError('cli.certificate_key:none', { folder });
      const output = new Output(options.json ?? false);
      if (options.out !== undefined) save(options.out, known.shown.publicKey);
      else output.say(known.shown.publicKey.trimEnd());
      output.note(`Its id is ${known.shown.id}.`);
      output.document(known.shown);
      finish(EXIT.pass);
    });
}

function tell(output: Output, file: string, check: CertificateCheck): void {
  const { ok, problem, keyId, keyKnown, sha256, certificate: body } = check;
  output.say(ok ? `VALID: ${file}. ${body!.says}` : `NOT VALID: ${file}: ${problem}.`);
  if (sha256 !== null) output.say(`SHA-256 of the certificate: ${sha256}`);
  if (keyId !== null) output.say(`Key: ${keyId}`);
  if (ok && keyKnown === null)
    output.note(
      'The key was not compared. Name the public key of the station with --key, or compare its id.',
    );
  output.document({ file, ...check });
}

/** The key to trust: the one that is named, else that of the data folder; a station's own key never comes from the file. */
function trustedKey(named: string | undefined): KeyObject | null {
  if (named === undefined) {
    const own = readStationKey(dataFolder().folder);
    return own && publicKeyOf(own.shown.publicKey);
  }
  const trusted = publicKeyOf(textIn(named));
  if (trusted === null) throw new CommandError('cli.certificate_key', { file: named });
  return trusted;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(textIn(file));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new CommandError('cli.certificate', { file }, cause);
    throw cause;
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8');
  } catch (cause) {
    throw new CommandError(
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'cli.file' : 'cli.file:unreadable',
      { file },
      cause,
    );
  }
}

function save(file: string, text: string): void {
  try {
    writeFileSync(resolve(file), text, { mode: 0o640 });
  } catch (cause) {
    throw new CommandError('file-not-written', { file }, cause);
  }
}
