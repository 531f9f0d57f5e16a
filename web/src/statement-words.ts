/**
 * The words for what assertions say besides actions, a part of words.ts. Each is a statement of whoever made it: nothing
 * here was checked, and what people might take for checked says that it was not.
 */
import type { Assertion, Details, Report, SoftBindingBlock, TrainingMiningEntry } from './report.js';
import { LONGEST_NAME, plain, plural } from './text.js';

const DECLARED = 'declared, not checked';
const NOT_FETCHED = 'not fetched';

/** One line on an assertion: what it is, and what it says in short. Untrusted text. */
export interface StatementLine {
  title: string;
  text: string;
}

const OVERSIGHT: Record<string, string> = {
  fully_autonomous: 'nobody reviewed the output',
  prompt_guided: 'a person guided it, and nobody approved the output',
  human_validated: 'a person reviewed and approved the output',
};

const PURPOSES: Record<string, string> = {
  data_mining: 'data mining',
  ai_inference: 'use as input of AI models',
  ai_training: 'training of AI models',
  ai_generative_training: 'training of generative AI models',
};

const known = (names: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined;

const join = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const joined = (...parts: (string | number | undefined)[]): string =>
  join(...parts.map((part) => (part === undefined ? undefined : short(String(part)))));

/** No text of a file gets so long that ours disappear behind it. */
const short = (text: string): string => plain(text, LONGEST_NAME);

const labelled = (label: string, text: string | number | undefined, unit = ''): string | undefined =>
  text === undefined || text === '' ? undefined : `${label}: ${text}${unit}`;

const MOST_LISTED = 6;

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_LISTED;
  return texts.slice(0, MOST_LISTED).map(short).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const bytes = (size: number | undefined): string | undefined =>
  size === undefined ? undefined : plural(size, 'byte', 'bytes');

function scopeOf({ start, end, region, extentSize }: SoftBindingBlock): string {
  if (start !== undefined || end !== undefined) return `from ${start ?? 0} to ${end ?? '…'} ms`;
  return region === true || extentSize !== undefined ? 'part of the content' : 'all of the content';
}

/** what depends on conditions that are not stated is not allowed. */
function useOf({ name, use, constraint }: TrainingMiningEntry): string {
  const purpose = known(PURPOSES, name.slice(name.lastIndexOf('.') + 1)) ?? name;
  if (use === 'allowed') return `${purpose}: allowed`;
  if (use === 'constrained' && constraint !== undefined) return `${purpose}: only on conditions (${short(constraint)})`;
  return `${purpose}: ${use === 'notAllowed' || use === 'constrained' ? 'not allowed' : 'not said to be allowed'}`;
}

type Writers = { [Kind in Details['kind']]: (details: Extract<Details, { kind: Kind }>) => StatementLine };

const file = (title: string) => (details: { mediaType?: string; size?: number; fileName?: string }) => ({
  title,
  text: joined(details.mediaType, bytes(details.size), details.fileName),
});

const WRITERS: Omit<Writers, 'thumbnail' | 'icon' | 'embeddedData'> = {
  softBinding: ({ algorithm, name, blocks }) => ({
    title: `Watermark or fingerprint, ${DECLARED}`,
    text: join(joined(algorithm, name), listed(Array.from(new Set(blocks?.map(scopeOf))))),
  }),
  cloudData: ({ label, url }) => ({ title: `Assertion kept elsewhere, ${NOT_FETCHED}`, text: joined(label, url) }),
  externalReference: ({ label, description, url, hash }) => ({
    title: `Data kept elsewhere, ${NOT_FETCHED}`,
    text: joined(label, description, url, hash === undefined ? 'without a hash: it may change' : undefined),
  }),
  alternativeContent: ({ type, part, image }) => ({
    title: 'Another form of the content',
    text: joined(type, labelled('part', part), image),
  }),
  assetReference: ({ references }) => ({
    title: `Where copies are said to be, ${NOT_FETCHED}`,
    text: listed((references ?? []).map(({ uri, description }) => joined(description, uri))),
  }),
  assetType: ({ mediaType, type, version, types }) => ({
    title: 'Type of the asset',
    text: joined(
      mediaType,
      ...[{ type, version }, ...(types ?? [])].map((one) => [one.type, one.version].filter(Boolean).join(' ')),
    ),
  }),
  aiDisclosure: (details) => ({ title: 'AI disclosure', text: disclosureText(details) }),
  trainingMining: ({ entries }) => ({ title: 'Training and mining', text: listed((entries ?? []).map(useOf)) }),
  endorsement: ({ notValidBefore, notValidAfter }) => ({
    title: 'Endorsement, not checked',
    text: joined(labelled('from', notValidBefore), labelled('until', notValidAfter)),
  }),
  sessionKeys: ({ keys }) => {
    const proven = (keys ?? []).filter(({ binding }) => binding === 'proven').length;
    const count = plural(keys?.length ?? 0, 'key', 'keys');
    return {
      title: 'Keys for segments of live video',
      text: `${count}, ${proven} bound to the signer; what they sign is not checked`,
    };
  },
  depthMap: ({ format, near, far, units, manufacturer, model }) => ({
    title: 'Depth map',
    text: joined(format, labelled('near', near, units), labelled('far', far, units), manufacturer, model),
  }),
  fontInfo: ({ fullName, version, format }) => ({ title: 'Font', text: joined(fullName, version, format) }),
  sustainability: ({ energyKwh, carbonKgCo2e, waterLitres }) => ({
    title: 'Environmental figures',
    text: joined(
      labelled('energy', energyKwh, ' kWh'),
      labelled('carbon', carbonKgCo2e, ' kg CO₂e'),
      labelled('water', waterLitres, ' litres'),
    ),
  }),
  repositoryReceipt: ({ statements }) => ({
    title: 'Receipt of a repository, not checked',
    text: listed((statements ?? []).map(({ name, value }) => `${name}: ${value}`)),
  }),
  timeStamps: ({ tokens }) => ({
    title: 'Time-stamps added later',
    text: listed((tokens ?? []).map(({ name }) => name)),
  }),
  certificateStatus: ({ answers }) => ({
    title: 'Whether certificates were withdrawn',
    text: plural(answers ?? 0, 'answer', 'answers'),
  }),
  metadata: ({ fields }) => ({ title: 'Metadata', text: listed(fields ?? []) }),
  assertionMetadata: ({ about, dataSource, ratings }) => ({
    title: 'About another assertion',
    text: joined(about, dataSource, listed((ratings ?? []).map(({ explanation, code }) => explanation ?? code ?? ''))),
  }),
  creativeWork: ({ headline, name, datePublished, copyrightNotice }) => ({
    title: 'About the work',
    text: joined(headline, name, datePublished, copyrightNotice),
  }),
  claimReview: ({ claimReviewed, rating, ratingName }) => ({
    title: 'Review of a claim made elsewhere',
    text: joined(claimReviewed, ratingName, rating),
  }),
};

const disclosureText = (details: Extract<Details, { kind: 'aiDisclosure' }>): string =>
  joined(
    details.modelName,
    details.modelType,
    details.modelIdentifier,
    known(OVERSIGHT, details.humanOversight ?? '') ?? details.humanOversight,
    listed(details.scientificDomain ?? []),
  );

function lineOf(details: Details): StatementLine {
  switch (details.kind) {
    case 'thumbnail':
      return file(details.of === 'ingredient' ? 'Small picture of an earlier file' : 'Small picture of the content')(
        details,
      );
    case 'icon':
      return file('Icon')(details);
    case 'embeddedData':
      return file('File inside the record')(details);
    default:
      // Each kind's own function takes the details of that kind.
      return (WRITERS[details.kind] as (details: Details) => StatementLine)(details);
  }
}

/** What an assertion says, or nothing if it is of no kind that is read further. */
export function statementLine({ details }: Assertion): StatementLine | undefined {
  if (details === undefined) return undefined;
  const line = lineOf(details);
  const unread = details.unread === undefined ? undefined : `could not be read in full: ${listed(details.unread)}`;
  return { title: line.title, text: join(line.text, unread) };
}

/** What the active record states about AI models and about training with the content, by whom. */
export function statementsOf(report: Report): { text: string; origin: Assertion['origin'] }[] {
  const shown: Details['kind'][] = ['aiDisclosure', 'trainingMining'];
  return (report.manifests[0]?.assertions ?? []).flatMap((assertion) => {
    const line = statementLine(assertion);
    if (line === undefined || assertion.details === undefined || !shown.includes(assertion.details.kind)) return [];
    return [{ text: line.text === '' ? line.title : `${line.title}: ${line.text}`, origin: assertion.origin }];
  });
}
