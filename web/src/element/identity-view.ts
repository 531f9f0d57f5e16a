import type { Identity, VerifiedIdentity } from '../report.js';
import {
  accountAt,
  accountChecked,
  accountName,
  aggregatorSays,
  identityCover,
  identityName,
  identityRoles,
  identityTrust,
  ZONES,
} from '../words.js';
import { el, list, nameNode, note } from './dom.js';

/** Zone 2: statements with a signature of their own. A failure here concerns its row only. */
export function identityView(identities: readonly Identity[]): HTMLElement | null {
  if (identities.length === 0) return null;
  return el('section', 'zone', el('h3', '', ZONES.identities), list(identities.map(statement)));
}

function statement(identity: Identity): HTMLElement {
  const roles = identityRoles(identity);
  return el(
    'div',
    '',
    nameNode(identityName(identity)),
    note(identityCover(identity)),
    note(identityTrust(identity)),
    identity.state === 'trusted' ? note(identity.vouchedBy) : null,
    roles === '' ? null : note(roles),
    ...identity.verified.map((verified) => account(identity, verified)),
  );
}

/** What the aggregator says, not the provider: only the aggregator signed. */
function account(identity: Identity, verified: VerifiedIdentity): HTMLElement {
  const [aggregator, says] = aggregatorSays(identity);
  return el(
    'span',
    'note',
    nameNode(aggregator),
    says,
    nameNode(accountName(verified)),
    accountAt,
    nameNode(verified.provider),
    accountChecked(verified),
  );
}
