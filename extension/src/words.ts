/**
 * The words of the extension's own screens, in English. Words of a verdict are not here but in
 * web/src/words.ts. Nothing here says anything about a file that could not be checked.
 */
import type { Media, Reason } from './check.js';
import type { Parity } from './parity.js';
import type { MarkTone } from './settings.js';

export const MENU_TITLE = 'Check Content Credentials';

const THINGS: Record<Media, string> = { image: 'picture', video: 'video', audio: 'sound' };
export const thing = (media: Media): string => THINGS[media];

const known = (host: string): string => host || 'the site';

function statusWords(status: string): string {
  if (status === '401' || status === '403')
    return 'gives the file only to those who are signed in or come from its own pages';
  return status === '404' || status === '410' ? 'does not have the file any more' : 'answered with an error';
}

/** One sentence each on why there is no verdict. `host` and `detail` are untrusted text. */
const REASONS: Record<Reason, (host: string, detail: string) => string> = {
  address: () => 'Its address is of a kind that an extension cannot read, such as a file opened from disk.',
  private: (host) =>
    `A public page asks for a file on your own network (${known(host)}). The extension does not follow such addresses.`,
  ledToPrivate: (host) =>
    `${known(host)} passed the request on to an address on your own network. What came back was thrown away.`,
  permission: (host) =>
    `${known(host)} does not let everybody read its files. To check this one, allow the extension to read from there.`,
  cors: (host) =>
    `${known(host)} passed the request on to another site, which does not let the extension read the file.`,
  network: (host) => `${known(host)} could not be reached, or broke off.`,
  offline: () => 'This device is offline.',
  status: (host, detail) => `${known(host)} ${statusWords(detail)} (status ${detail}).`,
  tooLarge: () => 'It is larger than this version checks: 256 MB for files, 2 MB for files inside an address.',
  fetchTimeout: (host) => `${known(host)} took longer than a minute to send the file.`,
  stream: () => 'It is a stream that the page puts together piece by piece. There is no file that could be checked.',
  pageBlob: () =>
    'The page made it itself, and it is out of reach: gone already, too large, or in a frame of another site.',
  validationTimeout: () => 'The check took longer than 30 seconds and was ended.',
  engine: (_host, detail) => `The checker failed. ${detail}`,
  reportTooLarge: () => 'The record is too large to be shown here.',
};

export const reasonWords = (reason: Reason, host: string, detail: string): string => REASONS[reason](host, detail);

/** Why a check that began never ended. */
export const LOST = 'The check was broken off before it came to a result.';

const PARITY: Record<Parity, string> = {
  sameSize: 'The page shows a picture of the same size.',
  differs: 'The site shows a different version.',
  unknown: 'Whether the page shows exactly this file could not be told.',
};

export const parityWords = (parity: Parity): string => PARITY[parity];

/** "On the page 400 × 300, checked 1600 × 1200 pixels." */
export const sizesWords = (page: string, file: string): string => `On the page ${page}, checked ${file} pixels.`;
export const pixels = (width: number, height: number): string => `${width} × ${height}`;

export const PANEL = {
  title: 'Content Credentials',
  intro: 'Nothing was checked in this tab yet',
  how: `Right-click a picture, a video or a sound on the page and choose “${MENU_TITLE}”.`,
  yourMark: 'Your mark',
  markNote: 'Only the real panel shows your mark. A page cannot know it.',
  settings: 'Settings',
  again: 'Check again',
  allow: (host: string): string => `Allow reading from ${host}`,
  refused: 'Permission was not given. Nothing was checked.',
  legend: 'What the marks mean',
  file: 'The file that was checked',
  from: 'From',
  fromPage: 'inside the page itself',
  address: 'Address',
  onPage: 'On the page',
  size: 'Size',
  type: 'Type, as declared',
  digest: 'SHA-256',
  checkedAt: 'Checked at',
  moved: 'The tab has moved on. This is about what it showed before.',
  noPicture: 'This browser cannot draw the file.',
  released: 'The file itself is no longer in memory. Check again to see it.',
  alt: (media: Media): string => `The ${THINGS[media]} that was checked`,
} as const;

export const OPTIONS = {
  title: 'Settings',
  mark: 'Your mark',
  markLead:
    'The panel shows this mark at its top. Web pages cannot read it, so a page that imitates the panel cannot show it. It is not sent anywhere.',
  symbol: 'Symbol',
  ownSymbol: 'Another symbol or emoji',
  word: 'Word',
  tone: 'Colour',
  preview: 'The panel will show',
  saved: 'Saved.',
  lists: 'Trust lists',
  listsLead:
    'A signer is recognised only if a list in use vouches for it. Lists for signers and lists for time-stamps are kept apart. Nothing is fetched: the lists came with the extension.',
  builtIn: 'Came with the extension',
  none: 'This build carries no trust list, so no signer can be recognised.',
  own: 'Added by you',
  ownNone: 'None.',
  issued: 'issued',
  added: 'added',
  age: (days: number): string => (days === 1 ? '1 day old' : `${days} days old`),
  add: 'Add a list',
  addLead: 'A PEM file with certificates. Whoever is on it will be shown as recognised, so add only what you know.',
  listName: 'Name',
  listRole: 'What it is for',
  listFile: 'PEM file',
  addButton: 'Check and add',
  remove: 'Remove',
  removeNamed: (name: string): string => `Remove ${name}`,
  notAdded: (why: string): string => `Not added. ${why}`,
  wasAdded: (name: string): string => `${name} was added.`,
  access: 'Sites that may be read',
  accessLead:
    'Each was allowed by you, to check a file there. The extension reads from them only when you ask for a check.',
  accessNone: 'None. The extension asks when a check needs one.',
  allSites: 'all sites',
  privacy: 'What leaves this device',
  privacyText:
    'When you check a file, it is fetched once more from its own site, without cookies and without saying which page you are on. It is checked here. Nothing is uploaded and no other server is contacted.',
} as const;

export const ROLES = { signer: 'Signers', timestamp: 'Time-stamps' } as const;

export const TONES: Record<MarkTone, string> = { ink: 'Ink', rose: 'Rose', plum: 'Plum', sky: 'Sky', clay: 'Clay' };

/** 1234567 as "1.2 MB", in steps of a thousand. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
