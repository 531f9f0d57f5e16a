/** Assertions in the report, a part of report.ts. */

/** An assertion's content, decoded for display: JSON-like data. Byte strings are `{"$bytes": base64}`, names in `attached` `{"$attached": position}`; `{"$attached": null}` names more people than are listed. */
export type Data = null | boolean | number | string | Data[] | { [name: string]: Data };

export interface Assertion {
  label: string;
  url: string;
  /** `created`: stated by the signer; `gathered`: passed along; `listed`: claim v1 knows no difference. */
  origin: 'created' | 'gathered' | 'listed' | 'undeclared';
  /** `ok`: hash matches. Only then are `data` and `details` present. */
  integrity: 'ok' | 'mismatch' | 'missing' | 'redacted' | 'outside';
  mediaType?: string;
  data?: Data;
  /** Of the kinds that are read further: the same again, told apart by `details.kind`. */
  details?: Details;
  size: number;
}

/**
 * What standard assertions say, kind by kind: the fields of `Assertion.details`. Each is the word of whoever made the
 * assertion, and none of it was checked against anything unless it says so. All texts are untrusted, all addresses are
 * text: nothing is fetched. A field that the file does not have, or not in a readable form, is absent.
 */
export type Details =
  | FileDetails
  | SoftBindingDetails
  | CloudDataDetails
  | ExternalReferenceDetails
  | AlternativeContentDetails
  | AssetReferenceDetails
  | AssetTypeDetails
  | AiDisclosureDetails
  | TrainingMiningDetails
  | EndorsementDetails
  | SessionKeysDetails
  | DepthMapDetails
  | FontInfoDetails
  | SustainabilityDetails
  | RepositoryReceiptDetails
  | TimeStampsDetails
  | CertificateStatusDetails
  | MetadataDetails
  | AssertionMetadataDetails
  | CreativeWorkDetails
  | ClaimReviewDetails;

/** What all kinds have. */
export interface CommonDetails {
  /**
   * Fields that the schema requires and that are missing, that are of another type, or of which only the first 256 are
   * listed; with a dot before the field of a part. What is there of them stands in the assertion's `data`.
   */
  unread?: string[];
}

/** An embedded file. */
export interface FileDetails extends CommonDetails {
  kind: 'thumbnail' | 'icon' | 'embeddedData';
  /** Of a thumbnail: what it is a small picture of. */
  of?: 'claim' | 'ingredient';
  mediaType?: string;
  fileName?: string;
  /** In bytes. */
  size?: number;
}

/** A watermark or fingerprint by which this record may be found. Declared; nobody looked for it in the content. */
export interface SoftBindingDetails extends CommonDetails {
  kind: 'softBinding';
  /** Where it is absent, the claim names it. */
  algorithm?: string;
  name?: string;
  description?: string;
  blocks?: SoftBindingBlock[];
}

export interface SoftBindingBlock {
  /** In milliseconds; with neither these nor `region`, the whole of the content. */
  start?: number;
  end?: number;
  region?: true;
  extentSize?: number;
  /** In bytes, of the value. */
  valueSize?: number;
}

/** An assertion that is kept elsewhere. Not fetched. */
export interface CloudDataDetails extends CommonDetails {
  kind: 'cloudData';
  label?: string;
  size?: number;
  url?: string;
  algorithm?: string;
  /** Hexadecimal. */
  hash?: string;
  mediaType?: string;
}

/** Data that is kept elsewhere. Not fetched; without a hash it may be anything. */
export interface ExternalReferenceDetails extends CommonDetails {
  kind: 'externalReference';
  label?: string;
  description?: string;
  url?: string;
  algorithm?: string;
  /** Hexadecimal. */
  hash?: string;
  mediaType?: string;
  size?: number;
}

export interface AlternativeContentDetails extends CommonDetails {
  kind: 'alternativeContent';
  type?: string;
  /** Which part of the multi-asset hash it is, from 0. */
  part?: number;
  /** The assertion that holds it. */
  image?: string;
}

/** Where copies of the asset are said to be. Not fetched. */
export interface AssetReferenceDetails extends CommonDetails {
  kind: 'assetReference';
  references?: { uri?: string; description?: string }[];
}

export interface AssetTypeDetails extends CommonDetails {
  kind: 'assetType';
  mediaType?: string;
  /** Of the first version of the assertion, which knew one type only. */
  type?: string;
  version?: string;
  types?: { type?: string; version?: string }[];
}

export interface AiDisclosureDetails extends CommonDetails {
  kind: 'aiDisclosure';
  /** For example `c2pa.types.model`. */
  modelType?: string;
  modelName?: string;
  modelIdentifier?: string;
  /** `fully_autonomous`, `prompt_guided` or `human_validated`. */
  humanOversight?: string;
  scientificDomain?: string[];
}

/** What may be done with the content, in the words of whoever made the assertion. */
export interface TrainingMiningDetails extends CommonDetails {
  kind: 'trainingMining';
  entries?: TrainingMiningEntry[];
}

export interface TrainingMiningEntry {
  /** For example `cawg.ai_generative_training`. */
  name: string;
  /** `allowed`, `notAllowed` or `constrained`; anything but `allowed` means no. */
  use?: string;
  constraint?: string;
}

export interface EndorsementDetails extends CommonDetails {
  kind: 'endorsement';
  notValidBefore?: string;
  notValidAfter?: string;
}

/** Keys that sign the segments of live video. */
export interface SessionKeysDetails extends CommonDetails {
  kind: 'sessionKeys';
  keys?: SessionKey[];
}

export interface SessionKey {
  /** Hexadecimal. */
  kid?: string;
  minSequenceNumber?: number;
  createdAt?: string;
  /** For how long after `createdAt`. */
  validSeconds?: number;
  /** Checked: whether the key signed the certificate of whoever signed the claim. What else it signs is not checked. */
  binding: 'proven' | 'failed' | 'notChecked';
}

export interface DepthMapDetails extends CommonDetails {
  kind: 'depthMap';
  format?: string;
  near?: number;
  far?: number;
  units?: string;
  measureType?: string;
  mediaType?: string;
  /** Of the encoded map, in characters. */
  size?: number;
  manufacturer?: string;
  model?: string;
  software?: string;
  imageWidth?: number;
  imageHeight?: number;
}

export interface FontInfoDetails extends CommonDetails {
  kind: 'fontInfo';
  fullName?: string;
  familyName?: string;
  postScriptName?: string;
  style?: string;
  weight?: string;
  weightValue?: number;
  format?: string;
  version?: string;
  releaseDate?: string;
  copyrightNotice?: string;
}

export interface SustainabilityDetails extends CommonDetails {
  kind: 'sustainability';
  energyKwh?: number;
  energyMethod?: string;
  carbonKgCo2e?: number;
  carbonMethod?: string;
  waterLitres?: number;
  waterMethod?: string;
}

/** That a repository took the record in: its texts and numbers as they stand. Not checked. */
export interface RepositoryReceiptDetails extends CommonDetails {
  kind: 'repositoryReceipt';
  statements?: { name: string; value: string | number }[];
}

/** Time-stamps that came later, for manifests of the store; what they are worth stands in those manifests' `time`. */
export interface TimeStampsDetails extends CommonDetails {
  kind: 'timeStamps';
  /** `name`: label of a manifest. */
  tokens?: { name: string; size?: number }[];
}

/** Answers about certificates of the store. */
export interface CertificateStatusDetails extends CommonDetails {
  kind: 'certificateStatus';
  answers?: number;
}

/** Which metadata there is. Values stand in `data`, names of people in the report's `attached`. */
export interface MetadataDetails extends CommonDetails {
  kind: 'metadata';
  schemas?: string[];
  fields?: string[];
}

export interface AssertionMetadataDetails extends CommonDetails {
  kind: 'assertionMetadata';
  dateTime?: string;
  dataSource?: string;
  /** The assertion that it is about. */
  about?: string;
  ratings?: { value?: number; code?: string; explanation?: string }[];
}

/** Of the first versions. Whose work it is stands in the report's `attached`: nobody proved that. */
export interface CreativeWorkDetails extends CommonDetails {
  kind: 'creativeWork';
  headline?: string;
  name?: string;
  url?: string;
  datePublished?: string;
  copyrightYear?: string | number;
  copyrightNotice?: string;
}

/** Of the first versions: what somebody found out about a claim made elsewhere. */
export interface ClaimReviewDetails extends CommonDetails {
  kind: 'claimReview';
  claimReviewed?: string;
  /** What was reviewed. */
  about?: string;
  rating?: string | number;
  ratingName?: string;
  explanation?: string;
  url?: string;
}
