import type { Identity, VerifiedIdentity } from '../report.js';
import { identityCover, identityName, identityTrust, ZONES } from '../words.js';
import { el, list, nameNode, note } from './dom.js';

/** Zone 2: statements with a signature of their own. A failure here concerns its row only. */
export function identityView(identities: readonly Identity[]): HTMLElement | null {
  if (identities.length === 0) return null;
  return el('section', 'zone', el('h3', '', ZONES.identities), list(identities.map(statement)));
}

function statement(identity: Identity): HTMLElement {
  const roles = identity.roles.length === 0 ? '' : `Roles: ${identity.roles.join(', ')}`;
  return el(
    'div',
    '',
    nameNode(identityName(identity)),
    note(`${identityCover(identity)} · ${identityTrust(identity)}`),
    identity.state !== 'trusted' || identity.vouchedBy === '' ? null : note(identity.vouchedBy),
    roles === '' ? null : note(roles),
    ...identity.verified.map(account),
  );
}

function account(verified: VerifiedIdentity): HTMLElement {
  const who = verified.name ?? verified.username ?? verified.address ?? verified.type;
  const date = verified.verifiedAt === undefined ? '' : `, checked ${verified.verifiedAt.slice(0, 10)}`;
  return el('span', 'note', nameNode(verified.provider), ' says this is ', nameNode(who), date);
}
