import type { Attached } from '../report.js';
import { attachedProof, CREDENTIAL_NOTE, ZONES } from '../words.js';
import { el, list, nameNode, note } from './dom.js';

/** Zone 3: names that came along in the signed record. No picture, no link, no mark: these people did not sign. */
export function attachedView(attached: readonly Attached[], lead: string): HTMLElement | null {
  if (attached.length === 0) return null;
  return el(
    'section',
    'zone attached',
    el('h3', '', ZONES.attached),
    el('p', 'lead', lead),
    list(attached.map(entry)),
    el('p', 'lead', CREDENTIAL_NOTE),
  );
}

function entry(attached: Attached): HTMLElement {
  const issuer = attached.issuer === undefined ? [] : [nameNode(attached.issuer), ' → '];
  return el('div', '', ...issuer, nameNode(attached.subject), note(`${attached.kind} · ${attachedProof(attached)}`));
}
