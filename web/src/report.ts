/**
 * The assay report, `schema: "assay-report/1"`: what the core found out about one asset, as plain data.
 * Written by src/report/ in the core; nothing here is re-derived in JavaScript.
 *
 * Every text that comes from the file is untrusted: it is shortened, control and bidi characters are
 * replaced, and it is to be shown as text only, never as markup or as a link.
 */

import type { Assertion } from './assertion.js';

export type * from './assertion.js';

/** RFC 3339 in UTC, e.g. `2026-11-23T10:00:00Z`. */
export type Timestamp = string;

/** Validation state of the asset (C2PA 2.4, Validation states). `none`: no manifest store. */
export type State = 'none' | 'invalid' | 'wellFormed' | 'valid' | 'trusted';

/** What a badge may say; see docs/words.md. `pending` exists only in user interfaces. */
export type Headline =
  'recognised' | 'unrecognised' | 'partial' | 'invalid' | 'recovered' | 'referenced' | 'none' | 'unchecked';

export interface Facets {
  presence: 'embedded' | 'sidecar' | 'remote' | 'recovered' | 'unreachable' | 'multiple' | 'broken' | 'none';
  /** `partial`: the signature was checked, the content was not (or not completely). */
  integrity: 'intact' | 'mismatch' | 'damaged' | 'partsMissing' | 'partial' | 'notApplicable';
  signer:
    | 'recognised'
    | 'addressBook'
    | 'unrecognised'
    | 'revoked'
    | 'outsideValidity'
    | 'badCertificate'
    | 'noTrustData'
    | 'notVerified'
    | 'notApplicable';
  time: 'trustedTimestamp' | 'untrustedTimestamp' | 'claimedOnly' | 'none';
  history: 'none' | 'ok' | 'problems' | 'missing' | 'redacted';
  /** The hard binding over the asset's bytes. */
  content: 'verified' | 'mismatch' | 'notChecked' | 'notApplicable';
  revocation: 'notRevoked' | 'revoked' | 'notChecked' | 'notApplicable';
}

/** One sentence of the plain-language summary. `text` is English; `id` is stable for translations. */
export interface Sentence {
  id: string;
  text: string;
  /** Values that `text` contains, for translations. Untrusted text. */
  values?: Record<string, string>;
}

export interface Name {
  commonName?: string;
  organization?: string;
  organizationalUnit?: string;
  country?: string;
  locality?: string;
  state?: string;
  email?: string;
  organizationIdentifier?: string;
}

export interface CertificateInfo {
  subject: Name;
  issuer: Name;
  serialNumber: string;
  notBefore: Timestamp;
  notAfter: Timestamp;
  sha256: string;
  keyType: string;
  signatureAlgorithm: string;
  extendedKeyUsage: string[];
  /** C2PA conformance programme, if the certificate states one. */
  assuranceLevel?: string;
}

/** The trust list on which a certificate path ended. */
export interface ListReference {
  name: string;
  /** Date of issue as far as the list tells. */
  issued?: Timestamp;
  sha256: string;
  /** The host calls it a list that is no longer kept up. */
  legacy?: boolean;
}

/**
 * Who signed the claim. Null unless the claim signature was verified; in the report as a whole null, too, when the
 * record is refused: then nothing in it can be attributed to anybody.
 */
export interface Signer {
  /** Display name from the verified certificate: organization or common name. */
  name: string;
  trust:
    'recognised' | 'addressBook' | 'unrecognised' | 'revoked' | 'outsideValidity' | 'badCertificate' | 'noTrustData';
  algorithm: string;
  certificate: CertificateInfo;
  /** The path that was built, leaf first, not what the file claims. */
  path: CertificateInfo[];
  list?: ListReference;
  /** In words: "vouched for by …, on …" or "on no list you use". */
  vouchedBy: string;
}

export interface TimeInfo {
  source: 'trustedTimestamp' | 'untrustedTimestamp' | 'claimed';
  /** "Existed no later than" for a time-stamp; the signer's own word for `claimed`. */
  time: Timestamp;
  /** Accuracy stated by the time-stamp in milliseconds. */
  accuracyMilliseconds?: number;
  authority?: CertificateInfo;
  list?: ListReference;
}

export type StatusKind = 'success' | 'informational' | 'failure';

export interface Status {
  /** Code of the specification, e.g. `assertion.dataHash.mismatch`. */
  code: string;
  kind: StatusKind;
  /** JUMBF URI of what the code is about; empty when it is about the whole asset. */
  url: string;
  /** Index into `manifests`, or -1. */
  manifest: number;
  explanation: string;
}

export interface HashedReference {
  url: string;
  alg?: string;
  hash?: string;
}

export interface Action {
  action: string;
  when?: string;
  softwareAgent?: string;
  digitalSourceType?: string;
  description?: string;
  reason?: string;
  origin: Assertion['origin'];
  ingredients: string[];
}

export interface Ingredient {
  url: string;
  label: string;
  title: string;
  format: string;
  relationship: string;
  /** Index into `manifests` of the ingredient's own manifest, or -1. */
  manifest: number;
  /** `noManifest`: the signer only names it. */
  integrity: 'ok' | 'mismatch' | 'missing' | 'redacted' | 'noManifest';
  origin: Assertion['origin'];
  thumbnail?: string;
  /**
   * There if the signer says that the ingredient's record was found by a watermark or fingerprint: the
   * algorithms, as named by the signer. Nobody checked that.
   */
  foundBySoftBinding?: string[];
  /** Where what the signer recorded about the ingredient and what is found now differ; failures first. */
  deltas: Delta[];
}

/** A status of an ingredient's manifest that only one of the two sides has. */
export interface Delta {
  code: string;
  kind: StatusKind;
  url: string;
  /** True: recorded by the signer and not found again. False: found now, and not recorded. */
  recorded: boolean;
}

export interface ClaimGenerator {
  name: string;
  version?: string;
}

export interface Manifest {
  label: string;
  kind: 'standard' | 'update' | 'other';
  /** False: in the store, but not part of this asset's history; nothing of it is shown. */
  reached: boolean;
  claimVersion: 1 | 2 | 0;
  /** State of this manifest by itself; content bindings are judged for the asset only. */
  state: 'invalid' | 'wellFormed' | 'valid' | 'trusted';
  title: string;
  format: string;
  instanceId: string;
  /** As stated by the signer. */
  claimGenerator: ClaimGenerator[];
  claimGeneratorText: string;
  /** Null unless this manifest's claim signature was verified. */
  signer: Signer | null;
  time: TimeInfo | null;
  assertions: Assertion[];
  actions: Action[];
  ingredients: Ingredient[];
  redactions: string[];
  statuses: Status[];
}

/** An identity assertion (CAWG): a statement with its own signature, never the claim signer. */
export interface Identity {
  url: string;
  manifest: number;
  kind: string;
  /** `well-formed`: signature good, nobody you trust vouches. `notChecked`: what it needs is not supported, not allowed or not reachable. */
  state: 'trusted' | 'wellFormed' | 'failed' | 'notChecked';
  /** Empty unless proven. */
  name: string;
  vouchedBy: string;
  roles: string[];
  referencedAssertions: string[];
  coversContent: boolean;
  /** Who says what stands in `verified`, and signed it. */
  aggregator?: string;
  verified: VerifiedIdentity[];
  statuses: Status[];
}

export interface VerifiedIdentity {
  type: string;
  name?: string;
  username?: string;
  address?: string;
  uri?: string;
  provider: string;
  verifiedAt?: Timestamp;
}

/** What an attached name is: a credential's, of somebody who had a part in the work, or of an account. */
export type AttachedKind =
  | 'verifiableCredential'
  | 'creativeWorkAuthor'
  | 'artist'
  | 'creator'
  | 'contributor'
  | 'publisher'
  | 'rightsHolder'
  | 'licensor'
  | 'credited'
  | 'cameraOwner'
  | 'shown'
  | 'artworkCreator'
  | 'account';

/** A name that came along in the signed record (W3C credential, CreativeWork author…): the people named did not sign. */
export interface Attached {
  url: string;
  manifest: number;
  kind: AttachedKind;
  /** The field that states it, with its usual prefix: `tiff:Artist`; absent for a credential. */
  field?: string;
  /** As stated inside; nobody but the signer vouches for its being here. */
  subject: string;
  /** Of an account: whose it is said to be, where that is said. */
  accountOf?: string;
  issuer?: string;
  /** Of the credential's own proof, which says nothing about the asset. */
  proof: 'verified' | 'failed' | 'notVerified' | 'none';
  /** Why it was not verified. */
  proofObstacle?: 'canonicalRdf' | 'unsupportedKind' | 'keyOfAnother' | 'keyNotAtHand' | 'limit';
  /** Whether the credential's own dates admit the time of the check; absent where it states none. */
  period?: 'inside' | 'outside';
  referencedBy: string[];
}

/** How the content came about: a statement of whoever signed it, never a finding. */
export interface Origin {
  kind: 'captured' | 'generated' | 'composite' | 'unknown';
  /** One of the actions says that a trained model took part. */
  trainedModel: boolean;
  /** `gathered`: passed along, not vouched for by the signer. */
  statedBy: 'signer' | 'gathered';
  /** Index into `manifests` of the one that says so: its signer, not always the active one's. */
  manifest: number;
  /** The source type as written; empty when none is given. */
  source: string;
}

/** One segment of a stream. */
export interface StreamSegment {
  /** In order of arrival, from 0. */
  index: number;
  size: number;
  /** Of this segment alone, with everything that the state of the initialisation segment says about it. */
  state: State;
  /**
   * What vouches for it: its place among the fragments that were signed, a manifest of its own or a signed message
   * (both: live video), or nothing.
   */
  proof: 'fragment' | 'manifest' | 'segmentInfo' | 'none';
  /** `discontinuity`: it does not follow the segment before. */
  order: 'expected' | 'discontinuity' | 'unknown';
  track?: number;
  /** Which fragment of the track it is, from 0; the sequence number in live video. */
  location?: number;
  /** Of a manifest of its own; its trust is in `state`. Untrusted text unless `trusted`. */
  signer?: string;
  statuses: Status[];
  /** Bytes of the segment that no hash covers; `offset` counts from its beginning. */
  uncovered: Uncovered[];
  /** What was not checked. */
  note?: string;
}

/** The stream that the asset initialises. `state` and `headline` of the report are about the stream, then. */
export interface Stream {
  kind: 'fragments' | 'live';
  /** The host said that no more segments come. */
  ended: boolean;
  received: number;
  failed: number;
  /** Segments that did not follow the one before. */
  jumps: number;
  /** The last 64. */
  segments: StreamSegment[];
  /** What was not seen of the stream, in words. */
  missing: string[];
}

export interface Uncovered {
  /** In the asset, in bytes; for `within: "store"` in the manifest store. */
  offset: number;
  length: number;
  kind: string;
  within: 'asset' | 'store';
  text: string;
}

export interface LimitHit {
  limit: string;
  value: number;
  text: string;
}

/** A resource that the asset names and what became of it. Nothing is fetched unless the host allowed it. */
export interface NetworkUse {
  kind: 'remoteManifest' | 'ocsp' | 'didDocument' | 'statusList' | 'cloudData';
  /** As written in the file, or sent along with it by its server; untrusted text. */
  url: string;
  outcome: 'notAllowed' | 'failed' | 'used';
}

export interface TrustListInfo extends ListReference {
  role: 'signer' | 'timestamp' | 'identity';
  anchors: number;
}

export interface Report {
  schema: 'assay-report/1';
  state: State;
  /** Never in a verdict, so that a PartialReport cannot be taken for one. */
  pending?: never;
  headline: Headline;
  facets: Facets;
  /** First the sentence that explains the headline, then what else a reader should know. */
  summary: Sentence[];
  /** `alsoPointsTo`: where the file says that another record is, beside the one it holds; nobody looked there. */
  asset: { format: string; mediaType: string; size: number; alsoPointsTo?: string };
  signer: Signer | null;
  time: TimeInfo | null;
  /** Null when the record does not hold or does not say. */
  origin: Origin | null;
  identities: Identity[];
  attached: Attached[];
  /** Active manifest first, then the manifests reached through ingredients, then those not reached. */
  manifests: Manifest[];
  /** Statuses of the asset and of all manifests, as evaluated. */
  statuses: Status[];
  /** Only of `validateFragments`. */
  stream?: Stream;
  uncovered: Uncovered[];
  limits: LimitHit[];
  network: NetworkUse[];
  trustLists: TrustListInfo[];
  evaluatedAt: Timestamp;
}

/**
 * What is known while a validation is under way, from `onProgress`: the record was judged by itself, the file was not
 * yet compared with what was signed. `invalid` stays so; everything else may still become anything. Identity statements
 * come later, too, so that `identities` is empty.
 */
export interface PartialReport extends Omit<Report, 'state' | 'pending' | 'headline'> {
  state: 'wellFormed' | 'invalid';
  pending: true;
  headline: 'partial' | 'invalid';
}
