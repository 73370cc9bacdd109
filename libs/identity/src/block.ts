import { hex32, type Assessment, type Identity } from '@boardwalk/contracts';
import { MODEL_VERSION } from './model.ts';

const UID_WORD_DIGITS = 8;

/**
 * An identity as its owner can send it in: every raw word that tells what the chip is, and nothing that tells which one. Of
 * the unique id only the first word, whose pattern names families.
 */
export function blockOf(identity: Identity, { verdict, resembles, findings }: Assessment): string {
  const { uid, signature, optionBytes: _userData, ...raw } = identity;
  const secret = uid === null ? [] : [1, 2].map((index) => hex32(uidWord(uid, index)));
  const block = {
    ...{ modelVersion: MODEL_VERSION, verdict, resembles, findings: findings.map(({ id }) => id) },
    ...raw,
    signature: signature && signature.map((word) => (secret.includes(word) ? null : word)),
    uidWord0: uid === null ? null : hex32(uidWord(uid, 0)),
  };
  return JSON.stringify(block);
}

const uidWord = (uid: string, index: number): number =>
  parseInt(uid.slice(index * UID_WORD_DIGITS, (index + 1) * UID_WORD_DIGITS), 16);
