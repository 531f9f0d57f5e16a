import type { Report } from '../report.js';
import { attachedLead, othersNamed, peopleOf } from '../words.js';
import { attachedView } from './attached-view.js';
import { el, fold } from './dom.js';
import { identityView } from './identity-view.js';

/** Zones 2 and 3 of one record, folded: a summary counts the people besides the signer and names nobody. */
export function peopleView(report: Report, manifest: number): HTMLElement | null {
  const { identities, attached } = peopleOf(report, manifest);
  const count = identities.length + attached.length;
  if (count === 0) return null;
  const zones = el('div', 'zones', identityView(identities), attachedView(attached, attachedLead(report, manifest)));
  return fold(othersNamed(count), zones);
}
