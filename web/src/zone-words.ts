/**
 * The words for people other than the signer, a part of words.ts: identity statements, which have a signature of
 * their own, and names that the signer attached, which have not. Each zone has verbs of its own (T-09).
 */
import type { Attached, AttachedKind, Identity, Report, VerifiedIdentity } from './report.js';
import { plural } from './text.js';

/** Whether what the record says may be shown as the signer's word. Otherwise only behind a warning. */
export const maySpeak = (report: Report): boolean =>
  report.headline === 'recognised' || report.headline === 'unrecognised' || report.headline === 'partial';

/** Heads the fold that both zones stand in: how many, and nobody by name. */
export const othersNamed = (count: number): string => `Also names people or accounts: ${count}`;

/** Said where a letter's look can deceive. */
export const MIXED_SCRIPTS = 'mixes alphabets, so letters may not be what they look like';
export const SHOW_ALL = 'Show all';

/** Zones 2 and 3 of one record: each record has a signer of its own. */
export interface People {
  identities: Identity[];
  attached: Attached[];
}

export const peopleOf = (report: Report, manifest: number): People => ({
  identities: report.identities.filter((identity) => identity.manifest === manifest),
  attached: report.attached.filter((attached) => attached.manifest === manifest),
});

const IDENTITY: Record<Identity['state'], string> = {
  trusted: 'recognised',
  wellFormed: 'not recognised: the signature is good, but the name is on no list you use, so it could be anyone’s',
  failed: 'failed its check',
  notChecked: 'not checked',
};

const NAMELESS = 'not recognised: the signature is good, but nobody on a list you use vouches for a name';

export const identityTrust = (identity: Identity): string =>
  identity.state === 'wellFormed' && identity.name === '' ? NAMELESS : IDENTITY[identity.state];
export const identityName = (identity: Identity): string => identity.name || 'Unproven name';

const isGood = (identity: Identity): boolean => identity.state === 'trusted' || identity.state === 'wellFormed';

const OWN_ROLE = /^cawg\.(creator|contributor|editor|producer|publisher|sponsor|translator)$/;

/** The part that the holder states to have had, where the statement is theirs at all; or empty. */
export function identityRoles(identity: Identity): string {
  const roles = isGood(identity) ? identity.roles.map((role) => OWN_ROLE.exec(role)?.[1] ?? role) : [];
  return roles.length === 0 ? '' : `stated role: ${roles.join(', ')}`;
}

const MOST_PARTS = 8;

/** What an identity statement covers; that its holder signed is only said where the signature is good. */
export function identityCover(identity: Identity): string {
  const labels = identity.referencedAssertions.map((url) => url.slice(url.lastIndexOf('/') + 1));
  const more = labels.length - MOST_PARTS;
  const shown = labels.slice(0, MOST_PARTS).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const verb = isGood(identity)
    ? 'signed these parts of this record'
    : 'said to have signed these parts of this record';
  const covers = labels.length === 0 ? 'names no parts of this record' : `${verb}: ${shown}`;
  return identity.coversContent ? covers : `${covers}; does not cover this file’s content`;
}

/** Who an account belongs to, as the aggregator says; only the aggregator signed. */
export const accountName = (verified: VerifiedIdentity): string =>
  verified.name ?? verified.username ?? verified.address ?? verified.type;

export const aggregatorSays = (identity: Identity): [string, string] => [
  identity.aggregator ?? 'An aggregator',
  ' says this is ',
];
export const accountAt = ' at ';
export const accountChecked = (verified: VerifiedIdentity): string =>
  verified.verifiedAt === undefined ? '' : `, checked ${verified.verifiedAt.slice(0, 10)}`;

const STRANGERS = 'The people named here did not sign it and may not know about this file.';

/** Said once above the names in a record: who let them in, in the middle, and what that does not mean. */
export function attachedLead(report: Report, manifest: number): [string, string, string] {
  const owner = report.manifests[manifest];
  const signer = manifest === 0 ? report.signer : (owner?.signer ?? null);
  if (!maySpeak(report) || owner?.state === 'invalid') {
    return [`Found in the record. Nothing shows who put them there. ${STRANGERS}`, '', ''];
  }
  const isKnown = signer?.trust === 'recognised' || signer?.trust === 'addressBook';
  const by = signer !== null && isKnown ? signer.name : '';
  return [`Included in the record that ${by === '' ? 'an unrecognised signer' : ''}`, by, ` signed. ${STRANGERS}`];
}

export const CREDENTIAL_NOTE = 'Credential genuine ≠ its owner is behind this file.';

const KINDS: Record<AttachedKind, string> = {
  verifiableCredential: 'credential',
  creativeWorkAuthor: 'named as author',
  artist: 'named as artist',
  creator: 'named as creator',
  contributor: 'named as contributor',
  publisher: 'named as publisher',
  rightsHolder: 'named as holder of rights',
  licensor: 'named as licensor',
  credited: 'named as somebody to credit',
  cameraOwner: 'named as owner of the camera',
  shown: 'named as somebody shown',
  artworkCreator: 'named as creator of an artwork shown',
  account: 'given as an account or address',
};

const PROOF: Record<Attached['proof'], string> = {
  verified: 'its own proof is good',
  failed: 'its own proof fails',
  notVerified: 'its own proof is not verified',
  none: 'without a proof of its own',
};

const OBSTACLES: Record<NonNullable<Attached['proofObstacle']>, string> = {
  canonicalRdf: 'it is made over canonical RDF, which is not computed here',
  unsupportedKind: 'this kind of proof is not supported',
  keyOfAnother: 'its key is not one of the issuer',
  keyNotAtHand: 'the issuer’s key would have to be fetched',
  limit: 'a limit was reached',
};

/** Who is attached; a credential need not name anybody. */
export const attachedName = (attached: Attached): string => attached.subject || 'nobody by name';

export const isCredential = (attached: Attached): boolean => attached.kind === 'verifiableCredential';

/** Whether a statement about the work as such, in words of schema.org, names them. */
const isWork = (field: string): boolean => field.startsWith('schema:');

/** What an attached name is, and for a credential what its own proof is worth. Of an account the owner's name follows. */
export function attachedKind(attached: Attached): string {
  const kind = KINDS[attached.kind];
  if (attached.accountOf !== undefined) return `${kind} of `;
  if (!isCredential(attached)) return isWork(attached.field ?? '') ? kind : `${kind}, in the metadata`;
  const why = attached.proofObstacle === undefined ? '' : `: ${OBSTACLES[attached.proofObstacle]}`;
  const dates = attached.period === 'outside' ? ' · not valid now, by its own dates' : '';
  return `${kind} · ${PROOF[attached.proof]}${why}${dates}`;
}

/** Where one list is all there is: how many names stand in records before this one. */
export function namedEarlier(report: Report): string {
  const all = [...report.identities, ...report.attached].filter(({ manifest }) => manifest !== 0);
  return all.length === 0 ? '' : `${plural(all.length, 'more name', 'more names')} in earlier records.`;
}
