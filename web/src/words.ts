/**
 * Every word of a verdict, in English, for command line, page, element and extension: the only place.
 * Words speak of the credentials, never of the picture: nothing is called real, fake, authentic or verified.
 */
import type { Assertion, Facets, Headline, Ingredient, NetworkUse, Origin, Report, TimeInfo } from './report.js';
import { statementsOf } from './statement-words.js';
import { isExpectedGap } from './stream-words.js';
import { plural } from './text.js';
import { maySpeak } from './zone-words.js';

export * from './statement-words.js';
export * from './zone-words.js';

/** A headline of the report, or one of the two states only a screen has. */
export type Badge = Headline | 'pending';

export const BADGES: readonly Badge[] = [
  'pending',
  'recognised',
  'unrecognised',
  'partial',
  'invalid',
  'recovered',
  'referenced',
  'none',
  'unchecked',
];

/** Headlines from the gravest to the best. */
export const GRAVITY: readonly Headline[] = [
  'invalid',
  'partial',
  'unrecognised',
  'recognised',
  'recovered',
  'referenced',
  'unchecked',
  'none',
];

const HEADLINES: Record<Badge, string> = {
  pending: 'Checking…',
  recognised: 'Content Credentials',
  unrecognised: 'Content Credentials · signer not recognised',
  partial: 'Content Credentials · not fully checked',
  invalid: 'Invalid Content Credentials',
  recovered: 'Possible match found elsewhere',
  referenced: 'Content Credentials missing',
  none: 'No Content Credentials',
  unchecked: 'Could not check',
};

/** One line on what a badge means, for a legend or a title. */
export const MEANINGS: Record<Badge, string> = {
  pending: 'The file is being checked.',
  recognised: 'The record belongs to this file, is intact, and its signer is on a trust list in use.',
  unrecognised: 'The record belongs to this file and is intact. Its signer is on no trust list in use.',
  partial: 'The signature checks out, but the content was not checked completely.',
  invalid: 'The record does not check out or does not belong to this file. Nothing can be concluded from it.',
  recovered: 'A record of similar content was found elsewhere. That is no proof about this file.',
  referenced: 'The file points to a record that could not be had.',
  none: 'No record was found. That says nothing about the file, good or bad.',
  unchecked: 'The check could not be made. That says nothing about the file, good or bad.',
};

export const badgeWords = (badge: Badge): string => HEADLINES[badge];

/** Words for counting files: here a recognised signer is said without a name. */
export const countWords = (badge: Badge): string =>
  badge === 'recognised' ? `${HEADLINES.recognised} · signer recognised` : HEADLINES[badge];

/** The headline's words. Only a recognised signer's name gets in; it is untrusted text all the same. */
export function headlineOf(report: Report): string {
  const name = report.headline === 'recognised' ? report.signer?.name : undefined;
  return name === undefined || name === '' ? HEADLINES[report.headline] : `${HEADLINES.recognised} · ${name}`;
}

/** Sentences that go with the first one: whether the file still is what was signed. */
const WITH_REASON = ['contentMatches', 'contentNotChecked'];
/** Sentences whose content stands in rows of the summary. */
const IN_ROWS = [
  ...WITH_REASON,
  ...['existedBy', 'timeNotConfirmed', 'timeUnknown', 'revocationNotChecked'],
  ...['statedCaptured', 'statedGenerated', 'statedComposite', 'statedSource'],
];

/** The sentences that explain the headline. */
export function reasonOf(report: Report): string {
  const [first, ...rest] = report.summary;
  const more = rest.filter((sentence) => WITH_REASON.includes(sentence.id));
  return first === undefined ? MEANINGS[report.headline] : [first, ...more].map((sentence) => sentence.text).join(' ');
}

/** What else a reader should know, beyond the rows. */
export const remarksOf = (report: Report): string[] =>
  report.summary
    .slice(1)
    .filter((sentence) => !IN_ROWS.includes(sentence.id))
    .map((sentence) => sentence.text);

export const ZONES = {
  signer: 'Signed by',
  time: 'When',
  tool: 'Recorded with',
  says: 'Says',
  history: 'History',
  checked: 'Checked',
  notChecked: 'Not checked',
  identities: 'Identity statements with their own signature',
  attached: 'Names attached by the signer',
  created: 'Stated by the signer',
  gathered: 'Passed along, not vouched for',
  listed: 'Stated by the signer (old format)',
  codes: 'Status codes',
  certificates: 'Certificates',
  ingredients: 'Made from',
} as const;

export const TOOL_NOTE = 'as stated by the signer';
export const NOBODY = 'Nobody: nothing in this record can be attributed to anyone.';
export const NO_TRUST_LIST = 'No trust list is installed, so no signer can be recognised.';
export const UNVERIFIED_BUTTON = 'Show unverified details';
export const UNVERIFIED_WARNING =
  'These credentials are not valid. Anyone may have written what follows; it cannot be attributed to the signer, and it may be about another file.';
export const SAME_BYTES = 'This is the file that was checked.';
export const LOCAL_ONLY = 'Checked on this device. Nothing was uploaded.';

/** A phrase per facet value; `open` marks what nobody has confirmed. */
interface Check {
  text: string;
  open?: boolean;
}

const PRESENCE: Record<Facets['presence'], Check> = {
  embedded: { text: 'the record is inside the file' },
  sidecar: { text: 'the record came beside the file' },
  remote: { text: 'the record was fetched from where the file points' },
  recovered: { text: 'the record was found by similarity' },
  unreachable: { text: 'the record the file points to', open: true },
  multiple: { text: 'the file holds more than one record' },
  broken: { text: 'the record could not be read' },
  none: { text: 'no record was found' },
};

const INTEGRITY: Record<Facets['integrity'], Check> = {
  intact: { text: 'the record is intact' },
  mismatch: { text: 'the record does not match this file' },
  damaged: { text: 'the record was changed or breaks the rules' },
  partsMissing: { text: 'parts of the record were removed or replaced' },
  partial: { text: 'parts of the record', open: true },
  notApplicable: { text: '' },
};

const CONTENT: Record<Facets['content'], Check> = {
  verified: { text: 'the content is what was signed' },
  mismatch: { text: 'the content is not what was signed' },
  notChecked: { text: 'whether the content is what was signed', open: true },
  notApplicable: { text: '' },
};

const SIGNER: Record<Facets['signer'], Check> = {
  recognised: { text: 'the signer is on a trust list' },
  addressBook: { text: 'the signer is in your address book' },
  unrecognised: { text: 'the signer is on no list you use' },
  revoked: { text: 'the signing certificate was withdrawn' },
  outsideValidity: { text: 'the record was signed outside the certificate’s validity' },
  badCertificate: { text: 'the certificate is not fit for signing this' },
  noTrustData: { text: 'who the signer is (no trust list is installed)', open: true },
  notVerified: { text: 'who signed', open: true },
  notApplicable: { text: '' },
};

const TIME: Record<Facets['time'], Check> = {
  trustedTimestamp: { text: 'a recognised authority confirms the time' },
  untrustedTimestamp: { text: 'the time (the authority is on no list you use)', open: true },
  claimedOnly: { text: 'the time (only the signer states it)', open: true },
  none: { text: '' },
};

const REVOCATION: Record<Facets['revocation'], Check> = {
  notRevoked: { text: 'the certificate had not been withdrawn' },
  revoked: { text: 'the signing certificate was withdrawn' },
  notChecked: { text: 'whether the certificate was withdrawn', open: true },
  notApplicable: { text: '' },
};

/** Signer facets that say why a record is not valid. */
const SIGNER_FAULTS: readonly Facets['signer'][] = ['revoked', 'outsideValidity', 'badCertificate'];

/** What was and what was not checked, in the order a reader asks. An invalid record earns its signer no good word. */
export function checksOf(report: Report): { checked: string[]; notChecked: string[] } {
  const { facets } = report;
  const isGood = maySpeak(report);
  const content = isGood || facets.content === 'mismatch' ? [CONTENT[facets.content]] : [];
  const record = [PRESENCE[facets.presence], INTEGRITY[facets.integrity], ...content];
  const people = [SIGNER[facets.signer], TIME[facets.time], REVOCATION[facets.revocation]];
  const faults = SIGNER_FAULTS.includes(facets.signer) ? [SIGNER[facets.signer]] : [];
  const all = report.state === 'none' ? record.slice(0, 1) : [...record, ...(isGood ? people : faults)];
  const texts = (open: boolean): string[] => {
    const found = all.filter((check) => (check.open ?? false) === open && check.text !== '');
    return Array.from(new Set(found.map((check) => check.text)));
  };
  return { checked: texts(false), notChecked: texts(true) };
}

const SOURCES: Record<TimeInfo['source'], string> = {
  trustedTimestamp: 'no later than this, by a recognised time-stamp',
  untrustedTimestamp: 'by a time-stamp of an authority on no list you use',
  claimed: 'claimed by the signer, not confirmed',
};

export const timeSource = (time: TimeInfo): string => SOURCES[time.source];
export const NO_TIME = 'No time of signing is recorded.';

/** `2026-11-23T10:00:00Z` as `2026-11-23 10:00 UTC`. */
export function timeWords(time: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(time);
  return match === null ? time : `${match[1] ?? ''} ${match[2] ?? ''} UTC`;
}

/** "Photoshop 25.1, Firefly", or empty. */
export function toolOf(report: Report): string {
  const active = report.manifests[0];
  if (active === undefined) return '';
  const names = active.claimGenerator.map(({ name, version }) => [name, version].filter(Boolean).join(' '));
  return names.filter(Boolean).join(', ') || active.claimGeneratorText;
}

const KINDS: Record<string, string> = {
  trainedAlgorithmicMedia: 'made with generative AI',
  compositeWithTrainedAlgorithmicMedia: 'made in part with generative AI',
  algorithmicMedia: 'made by an algorithm',
  algorithmicallyEnhanced: 'enhanced by an algorithm',
  digitalCapture: 'captured by a camera or scanner',
  computationalCapture: 'captured by a camera, combined by computation',
  compositeCapture: 'a composite of captures',
  composite: 'a composite',
  compositeSynthetic: 'a composite with synthetic parts',
  digitalCreation: 'made by hand with digital tools',
  digitalArt: 'made by hand with digital tools',
  humanEdits: 'edited by a person',
  virtualRecording: 'a recording of a virtual scene',
  screenCapture: 'a screen capture',
  negativeFilm: 'digitised from film',
  positiveFilm: 'digitised from film',
  print: 'digitised from a print',
  dataDrivenMedia: 'made from data',
  softwareImage: 'made with software',
};

const BROAD: Record<Origin['kind'], string> = {
  captured: 'captured by a camera or scanner',
  generated: 'made by a machine',
  composite: 'a composite',
  unknown: '',
};

export interface Disclosure {
  text: string;
  note: string;
}

/** How the content came about and what may be done with it, in words, and who says so; never a finding. */
export function disclosuresOf(report: Report): Disclosure[] {
  const others = statementsOf(report).map(({ text, origin }) => ({
    text,
    note: origin === 'gathered' ? ZONES.gathered.toLowerCase() : TOOL_NOTE,
  }));
  return [...originWordsOf(report), ...others];
}

function originWordsOf({ origin }: Report): Disclosure[] {
  if (origin === null) return [];
  const term = /[/:](\w+)$/.exec(origin.source)?.[1] ?? '';
  const text = (Object.hasOwn(KINDS, term) ? KINDS[term] : undefined) ?? BROAD[origin.kind];
  const texts = [text];
  if (origin.trainedModel && !text.includes('generative AI')) texts.push('changed with generative AI');
  const note = noteOf(origin);
  return texts.filter((found) => found !== '').map((found) => ({ text: found, note }));
}

/** The statement may be of an earlier version's signer, and it may be one that signer only passed along. */
function noteOf(origin: Origin): string {
  if (origin.statedBy === 'gathered') return ZONES.gathered.toLowerCase();
  return origin.manifest === 0 ? TOOL_NOTE : 'as stated by the signer of an earlier version';
}

/** "made from 3 earlier files, 1 with problems", or empty. */
export function historyOf(report: Report): string {
  const ingredients = report.manifests[0]?.ingredients ?? [];
  if (ingredients.length === 0) return '';
  const bad = ingredients.filter((ingredient) => hasProblem(ingredient, report)).length;
  const without = ingredients.filter((ingredient) => ingredient.integrity === 'noManifest').length;
  const parts = [`made from ${plural(ingredients.length, 'earlier file', 'earlier files')}`];
  const share = (n: number): string => (n === ingredients.length ? '' : `${n} `);
  if (bad > 0) parts.push(`${share(bad)}with problems`);
  if (without > 0) parts.push(`${share(without)}without credentials of ${without === 1 ? 'its' : 'their'} own`);
  return parts.join(', ');
}

/** What was found about an ingredient although its signer did not record it, in words, or empty. */
export function deltaWords(ingredient: Ingredient): string {
  const failures = ingredient.deltas.filter((delta) => delta.kind === 'failure' && !delta.recorded).length;
  return failures === 0 ? '' : plural(failures, 'failure not recorded', 'failures not recorded');
}

function hasProblem(ingredient: Ingredient, report: Report): boolean {
  const manifest = ingredient.manifest < 0 ? undefined : report.manifests[ingredient.manifest];
  const isBroken = ingredient.integrity === 'mismatch' || ingredient.integrity === 'missing';
  return isBroken || manifest?.state === 'invalid';
}

const ORIGINS: Record<Assertion['origin'], string> = {
  created: ZONES.created,
  gathered: ZONES.gathered,
  listed: ZONES.listed,
  undeclared: 'Not declared by the signer',
};

export const originWords = (origin: Assertion['origin']): string => ORIGINS[origin];

const HASHES: Record<Assertion['integrity'], string> = {
  ok: 'unchanged',
  mismatch: 'changed',
  missing: 'missing',
  redacted: 'redacted',
  outside: 'kept elsewhere, not checked',
};

export const assertionWords = (assertion: Assertion): string => HASHES[assertion.integrity];

const RESOURCES: Record<NetworkUse['kind'], string> = {
  remoteManifest: 'The record that the file points to',
  ocsp: 'Whether the certificate was withdrawn',
  didDocument: 'The document of an identity',
  statusList: 'The status of a credential',
  cloudData: 'Data kept elsewhere',
};

const OUTCOMES: Record<NetworkUse['outcome'], string> = {
  notAllowed: 'not fetched, because that was not allowed',
  failed: 'not to be had',
  used: 'fetched',
};

/** What the core noticed besides: uncovered bytes, limits, and what the file names elsewhere. */
export function notesOf(report: Report): string[] {
  const gaps = report.uncovered
    .filter((part) => !isExpectedGap(part))
    .map(({ text, offset, length, within }) => {
      const place = `${plural(length, 'byte', 'bytes')} at ${offset} of the ${within === 'asset' ? 'file' : 'record'}`;
      return `${text.replace(/\.$/, '')} (${place}).`;
    });
  const limits = report.limits.map((limit) => limit.text);
  const resources = report.network.map(
    ({ kind, url, outcome }) => `${RESOURCES[kind]} was ${OUTCOMES[outcome]}: ${url}`,
  );
  return [...gaps, ...limits, ...resources];
}
