import type { Attached } from '../report.js';
import { attachedKind, attachedName, CREDENTIAL_NOTE, isCredential, ZONES } from '../words.js';
import { el, list, nameNode, note } from './dom.js';

/** Zone 3: names that came along in the signed record. No picture, no link, no mark: these people did not sign. */
export function attachedView(
  attached: readonly Attached[],
  lead: readonly [string, string, string],
): HTMLElement | null {
  if (attached.length === 0) return null;
  const [before, signer, after] = lead;
  return el(
    'section',
    'zone attached',
    el('h3', '', ZONES.attached),
    el('p', 'lead', before, signer === '' ? null : nameNode(signer), after),
    list(attached.map(entry)),
  );
}

function entry(attached: Attached): HTMLElement {
  const issuer = attached.issuer === undefined ? [] : [nameNode(attached.issuer), ' → '];
  return el(
    'div',
    '',
    ...issuer,
    nameNode(attachedName(attached)),
    el('span', 'note', attachedKind(attached), attached.accountOf === undefined ? null : nameNode(attached.accountOf)),
    isCredential(attached) ? note(CREDENTIAL_NOTE) : null,
  );
}
