/** The demo page: choose files, read their verdicts. Everything happens in this browser. */
import { defineElements } from '../src/element/registration.js';
import { el, nameNode } from '../src/element/dom.js';
import { toneOf } from '../src/element/summary.js';
import { messageOf } from '../src/errors.js';
import { drawGlyph } from '../src/glyphs.js';
import { createValidator } from '../src/index.js';
import type { Report } from '../src/report.js';
import { plain } from '../src/text.js';
import type { TrustOptions } from '../src/types.js';
import {
  badgeWords,
  BADGES,
  headlineOf,
  LOCAL_ONLY,
  MEANINGS,
  reasonOf,
  SAME_BYTES,
  type Badge,
} from '../src/words.js';

/** One file of the queue and what became of it. */
interface Item {
  name: string;
  blob: Blob;
  trust: TrustOptions;
  /** Address of the very bytes that are checked, for showing them; empty for what is not drawn. */
  picture: string;
  report: Report | null;
  failure: string | null;
  button: HTMLButtonElement;
}

interface Sample {
  file: string;
  title: string;
}

const AT_ONCE = 3;
const MOST_FILES = 500;
/** Kinds that browsers draw as pictures. SVG from a stranger is not drawn. */
const DRAWABLE = /^image\/(jpeg|png|gif|webp|avif)$/;

const byId = <T extends HTMLElement>(id: string): T => {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`The page has no #${id}.`);
  return node as T;
};

const intake = byId('intake');
const picker = byId<HTMLInputElement>('picker');
const queue = byId('queue');
const result = byId('result');
const live = byId('live');

defineElements();
const validator = await createValidator({ worker: new URL('../worker.js', import.meta.url) });
const items: Item[] = [];
const waiting: Item[] = [];
let running = 0;
let selected: Item | null = null;

const badgeOf = (item: Item): Badge => {
  if (item.failure !== null) return 'unchecked';
  return item.report?.headline ?? 'pending';
};

const titleOf = (item: Item): string => (item.report === null ? badgeWords(badgeOf(item)) : headlineOf(item.report));

function add(files: readonly File[], trust: TrustOptions = {}): void {
  const room = files.slice(0, MOST_FILES - items.length);
  if (room.length < files.length) live.textContent = `Only ${MOST_FILES} files fit on this page.`;
  const fresh = room.map((file): Item => {
    const picture = DRAWABLE.test(file.type) ? URL.createObjectURL(file) : '';
    return { name: file.name, blob: file, trust, picture, report: null, failure: null, button: el('button') };
  });
  for (const item of fresh) {
    item.button.type = 'button';
    item.button.addEventListener('click', () => {
      select(item);
    });
    items.push(item);
    waiting.push(item);
    queue.querySelector('ol')?.append(el('li', '', item.button));
    drawButton(item);
  }
  if (items.length > 0) {
    intake.classList.add('compact');
    byId<HTMLDetailsElement>('marks').open = false;
  }
  queue.hidden = items.length < 2;
  const first = fresh[0];
  if (first !== undefined) select(first);
  while (running < AT_ONCE && waiting.length > 0) void work();
}

async function work(): Promise<void> {
  running += 1;
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await check(item);
  running -= 1;
}

async function check(item: Item): Promise<void> {
  try {
    item.report = await validator.validate(item.blob, { trust: item.trust });
  } catch (error) {
    item.failure = messageOf(error);
  }
  drawButton(item);
  if (item === selected) draw(item);
  const reason = item.report === null ? (item.failure ?? '') : reasonOf(item.report);
  live.textContent = plain(`${item.name}: ${titleOf(item)}. ${reason}`);
}

function drawButton(item: Item): void {
  const badge = badgeOf(item);
  const thumb = item.picture === '' ? el('span', 'thumb') : pictureOf(item, 'thumb');
  const label = el('span', 'label', el('span', 'file', plain(item.name)), el('span', 'words', titleOf(item)));
  const glyph = el('span', toneOf(badge), drawGlyph(badge));
  item.button.replaceChildren(thumb, label, glyph);
}

function pictureOf(item: Item, className = ''): HTMLImageElement {
  const image = el('img', className);
  image.alt = '';
  image.decoding = 'async';
  image.src = item.picture;
  return image;
}

function select(item: Item): void {
  selected = item;
  for (const other of items) other.button.setAttribute('aria-current', String(other === item));
  item.button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  result.hidden = false;
  draw(item);
}

function draw(item: Item): void {
  drawPicture(item);
  const summary = document.createElement('assay-summary');
  if (item.failure !== null) summary.failure = item.failure;
  else summary.report = item.report;
  const verdict = result.querySelector('.verdict');
  verdict?.replaceChildren(summary);
  if (item.report !== null) verdict?.append(actions(item, item.report), el('p', 'lists', LOCAL_ONLY));
}

function drawPicture(item: Item): void {
  const stage = result.querySelector('.stage');
  const noPicture = el('p', '', 'No preview of this kind of file.');
  if (item.picture === '') stage?.replaceChildren(noPicture);
  else {
    const image = pictureOf(item);
    image.alt = 'The file that was checked';
    image.addEventListener('error', () => {
      image.replaceWith(noPicture);
    });
    stage?.replaceChildren(image);
  }
  const kind = item.report?.asset.format ?? '';
  const facts = [kind.toUpperCase(), sizeWords(item.blob.size)].filter((text) => text !== '').join(' · ');
  const caption = item.report === null ? '' : SAME_BYTES;
  const file = el('strong', '', nameNode(item.name));
  result.querySelector('figcaption')?.replaceChildren(file, el('span', '', facts), el('span', '', caption));
}

function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const units = ['KiB', 'MiB', 'GiB'];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1] ?? ''}`;
}

function actions(item: Item, report: Report): HTMLElement {
  const copy = el('button', '', 'Copy report');
  copy.type = 'button';
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(JSON.stringify(report, null, 2)).then(
      () => (live.textContent = 'Report copied.'),
      () => (live.textContent = 'The browser did not allow copying.'),
    );
  });
  const save = el('button', '', 'Save report');
  save.type = 'button';
  save.addEventListener('click', () => {
    saveAs(`${item.name}.assay.json`, JSON.stringify(report, null, 2));
  });
  return el('div', 'actions', copy, save);
}

function saveAs(name: string, text: string): void {
  const link = el('a');
  link.download = plain(name);
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}

/** The samples are signed by test keys: their roots count for them and for nothing else on this page. */
async function offerSamples(): Promise<void> {
  const fetchText = async (name: string): Promise<string> => {
    const response = await fetch(`samples/${name}`);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.text();
  };
  const list = JSON.parse(await fetchText('samples.json')) as {
    samples: Sample[];
    trust: string[];
    tsaTrust: string[];
  };
  const lists = async (names: string[], role: 'signer' | 'timestamp'): Promise<TrustOptions['lists']> =>
    Promise.all(
      names.map(async (name) => ({ name: `test list of the samples (${name})`, role, pem: await fetchText(name) })),
    );
  const trust = {
    lists: [...((await lists(list.trust, 'signer')) ?? []), ...((await lists(list.tsaTrust, 'timestamp')) ?? [])],
  };
  const row = byId('samples');
  for (const sample of list.samples) {
    const image = el('img');
    image.alt = '';
    image.src = `samples/${sample.file}`;
    const button = el('button', '', image, el('span', '', sample.title));
    button.type = 'button';
    button.title = sample.title;
    button.addEventListener('click', () => {
      void openSample(sample, trust);
    });
    row.querySelector('ul')?.append(el('li', '', button));
  }
  row.hidden = false;
}

async function openSample(sample: Sample, trust: TrustOptions): Promise<void> {
  const response = await fetch(`samples/${sample.file}`);
  const blob = await response.blob();
  add([new File([blob], sample.file, { type: blob.type })], trust);
}

function legend(): void {
  const list = byId('legend');
  for (const badge of BADGES.filter((name) => name !== 'pending')) {
    const words = el('div', '', el('strong', '', badgeWords(badge)), MEANINGS[badge]);
    list.append(el('li', toneOf(badge), drawGlyph(badge), words));
  }
}

picker.addEventListener('change', () => {
  add([...(picker.files ?? [])]);
  picker.value = '';
});
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dragging');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dragging');
  add([...(event.dataTransfer?.files ?? [])]);
});
document.addEventListener('paste', (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) add(files);
});
legend();
// A package without samples, or a page opened from another server, works without them.
offerSamples().catch(() => undefined);
validator.warmUp().catch((error: unknown) => {
  live.textContent = messageOf(error);
});
