import type { Signer } from '../report.js';
import { NOBODY, ZONES } from '../words.js';
import { nameNode, note, row } from './dom.js';

/** Zone 1, the only one that may say "Signed by". It takes a verified signer and nothing else. */
export function signerView(signer: Signer | null): DocumentFragment {
  if (signer === null) return row(ZONES.signer, NOBODY);
  return row(ZONES.signer, nameNode(signer.name), note(signer.vouchedBy));
}
