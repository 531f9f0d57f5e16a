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
    isVouchedFor(identity) ? note(identity.vouchedBy) : null,
    roles === '' ? null : note(roles),
    ...identity.verified.map(account),
  );
}

/** Otherwise the words about its trust say all there is. */
const isVouchedFor = (identity: Identity): boolean =>
  identity.vouchedBy !== '' && (identity.state === 'trusted' || identity.verified.length > 0);

/** What the aggregator says, not the provider: only the aggregator signed. */
function account(verified: VerifiedIdentity): HTMLElement {
  const who = verified.name ?? verified.username ?? verified.address ?? verified.type;
  const date = verified.verifiedAt === undefined ? '' : `, checked ${verified.verifiedAt.slice(0, 10)}`;
  return el('span', 'note', 'The aggregator says this is ', nameNode(who), ' at ', nameNode(verified.provider), date);
}
