// What a browser shows and plays of changed files that stay valid is what it shows and plays of the signed ones.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { bases as makeBases } from '../tamper/bases.mjs';
import { mayStay } from '../tamper/expect.mjs';
import { Lab } from '../tamper/lab.mjs';
import { media } from '../tamper/media.mjs';
import { STAGES } from '../tamper/stages.mjs';
import { launch } from './browser.mjs';
import { startServer } from './server.mjs';

/** Of the single bytes of stores, one in so many. */
const STEPS = { structure: 1, splice: 1, store: 600 };
const AT_ONCE = 8;
/** How long a browser may take for a file, in milliseconds: among others, and alone. */
const PATIENCE = 5000;
const MORE_PATIENCE = 30_000;
/** A busy machine makes a browser give films up or draw a frame late: what differs is looked at again. */
const TRIES = 4;
/** By the beginning of a base's name; what no browser here decodes is counted, not compared. */
const TYPES = { sidecar: 'image/jpeg', fragmented: 'video/mp4' };
const typeOf = (name) => TYPES[name.split('-')[0]] ?? media[name.split('-')[0]].type;
const UNKNOWN_TO_CHROMIUM = ['heic', 'tiff'];

let browser;
let server;
let page;
/** What the server has; files are added while it runs. */
const pages = { '/page.html': { body: '<!doctype html><title>Decoder</title>' } };

before(async () => {
  server = await startServer(pages);
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`${server.origin}/page.html`);
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** In the page: the digest of all pixels or samples of each file; null where it cannot be decoded. */
async function decodeAll({ list, atOnce, patience }) {
  const digest = async (head, ...parts) => {
    const all = await new Blob([head, ...parts]).arrayBuffer();
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', all))].join(' ');
  };
  const pixels = (source, width, height) => {
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(source, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const happens = (target, event) =>
    new Promise((resolve, reject) => {
      target.addEventListener(event, resolve, { once: true });
      target.addEventListener('error', () => reject(new Error(event)), { once: true });
    });
  const withUrl = async (blob, use) => {
    const url = URL.createObjectURL(blob);
    try {
      return await use(url);
    } finally {
      URL.revokeObjectURL(url);
    }
  };
  const ways = {
    async image(blob) {
      const bitmap = await createImageBitmap(blob);
      return digest(`${bitmap.width}x${bitmap.height}`, pixels(bitmap, bitmap.width, bitmap.height));
    },
    async audio(blob) {
      const decoder = new OfflineAudioContext(1, 1, 44100);
      const sound = await decoder.decodeAudioData(await blob.arrayBuffer());
      const channels = Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i));
      return digest(`${sound.length} `, ...channels);
    },
    drawing: (blob) =>
      withUrl(blob, async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return digest(`${image.naturalWidth}x${image.naturalHeight}`, pixels(image, 150, 300));
      }),
    video: (blob) =>
      withUrl(blob, async (url) => {
        const video = Object.assign(document.createElement('video'), { muted: true });
        // `loadeddata` and `seeked` come before the picture is there to be drawn.
        const presented = () => new Promise((resolve) => video.requestVideoFrameCallback((_, about) => resolve(about)));
        const first = presented();
        video.src = url;
        await happens(video, 'loadeddata');
        await first;
        const frames = [];
        for (let at = 0.05; at < video.duration; at += 0.1) {
          const frame = presented();
          video.currentTime = at;
          await happens(video, 'seeked');
          const { mediaTime } = await frame;
          frames.push(`${mediaTime} `, pixels(video, video.videoWidth, video.videoHeight));
        }
        return digest(`${video.duration} ${frames.length} `, ...frames);
      }),
  };
  const digestOf = async ({ path, type }) => {
    const blob = new Blob([await (await fetch(path)).arrayBuffer()], { type });
    const way = type === 'image/svg+xml' ? 'drawing' : type.split('/')[0];
    // A film may be given up without a word.
    const late = new Promise((resolve) => setTimeout(resolve, patience, null));
    return Promise.race([ways[way](blob).catch(() => null), late]);
  };
  const found = {};
  const work = async () => {
    for (let item = list.pop(); item; item = list.pop()) found[item.path] = await digestOf(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

const decode = (list, atOnce, patience) =>
  page.evaluate(decodeAll, { list: list.map(({ path, type }) => ({ path, type })), atOnce, patience });

/** Each file alone, again until two tries agree: what all others are compared with. */
async function decodeSurely(list) {
  let decoded = await decode(list, 1, MORE_PATIENCE);
  for (let rest = list, tries = 1; rest.length > 0; tries += 1) {
    assert.ok(tries < TRIES, `never twice the same: ${rest.map(({ name }) => name).join(', ')}`);
    const again = await decode(rest, 1, MORE_PATIENCE);
    rest = rest.filter(({ path }) => again[path] !== decoded[path]);
    decoded = { ...decoded, ...again };
  }
  return decoded;
}

/** Puts a file on the server. */
function serve(bytes, type) {
  const path = `/${createHash('sha256').update(type).update(bytes).digest('hex')}`;
  pages[path] = { body: bytes };
  return { path, type };
}

/** What a browser gets to see of a base with this in the place of its part. */
function mediaOf(base, part) {
  const all = base.files.with(base.at, part);
  return serve(base.given === 'stream' ? Buffer.concat(all) : all[0], typeOf(base.name));
}

/** Mutants that stay valid, as files of the server. */
async function survivors(lab, bases) {
  const found = [];
  for (const base of bases) {
    for (const [stage, step] of Object.entries(STEPS)) {
      for (const job of STAGES[stage].jobs([base], { step })) {
        for (const mutant of STAGES[stage].mutants(job, base, bases)) {
          if (!mayStay(mutant) || mutant.bytes.equals(base.part)) continue;
          const { state } = await lab.judge(base, mutant);
          if (state !== 'trusted' && state !== 'valid') continue;
          found.push({ stage, name: base.name, title: mutant.title, ...mediaOf(base, mutant.bytes) });
        }
      }
    }
  }
  return found;
}

const counted = (list) => {
  const counts = {};
  for (const name of list) counts[name] = (counts[name] ?? 0) + 1;
  return JSON.stringify(counts);
};

test('what stays valid looks and sounds the same', async (t) => {
  const made = await makeBases();
  const lab = await Lab.open(made);
  t.after(() => lab.dispose());
  const bases = made.map(({ name }) => lab.base(name)).map((base) => ({ ...base, whole: mediaOf(base, base.part) }));
  const found = await survivors(lab, bases);
  const whole = new Map(bases.map((base) => [base.name, base.whole.path]));
  const touched = found.filter(({ name, path }) => path !== whole.get(name));
  const wanted = await decodeSurely(bases.map((base) => ({ ...base.whole, name: base.name })));
  const decoded = await decode([...new Map(touched.map((file) => [file.path, file])).values()], AT_ONCE, PATIENCE);

  const unknown = bases.filter(({ whole: { path } }) => wanted[path] === null).map(({ name }) => name);
  assert.deepEqual(unknown.sort(), UNKNOWN_TO_CHROMIUM);
  const compared = touched.filter(({ name }) => !unknown.includes(name));
  t.diagnostic(`stay valid: ${counted(found.map(({ stage }) => stage))}`);
  t.diagnostic(`compared, by file: ${counted(compared.map(({ name }) => name))}`);
  t.diagnostic(`not decoded: ${counted(touched.filter(({ name }) => unknown.includes(name)).map(({ name }) => name))}`);
  assert.ok(compared.length > 500, `only ${compared.length} files compared`);
  const differ = (files) => files.filter(({ name, path }) => decoded[path] !== wanted[whole.get(name)]);
  let different = differ(compared);
  t.diagnostic(`looked at again: ${counted(different.map(({ name }) => name))}`);
  for (let tries = 1; tries < TRIES; tries += 1) {
    Object.assign(decoded, await decode(different, 1, MORE_PATIENCE));
    different = differ(different);
  }
  // Without its type a file may be no picture to a browser any more; no other picture, either.
  const gone = different.filter(({ path }) => decoded[path] === null);
  t.diagnostic(`shown no more: ${gone.map(({ name, title }) => `${name}: ${title}`).join(', ')}`);
  for (const { name, title } of gone) assert.match(title, /\bftyp\b/, name);
  const others = different.filter(({ path }) => decoded[path] !== null);
  assert.deepEqual(
    others.map(({ stage, name, title }) => `${stage} ${name}: ${title}`),
    [],
  );
});

test('another picture, film or sound is told apart', async () => {
  const kinds = Object.keys(media).filter((name) => !UNKNOWN_TO_CHROMIUM.includes(name));
  const pairs = kinds.map((name) => [1, 2].map((seed) => serve(media[name].make(seed), media[name].type)));
  const decoded = await decode(pairs.flat(), 1, MORE_PATIENCE);
  for (const [i, [one, other]] of pairs.entries()) {
    assert.notEqual(decoded[one.path], null, kinds[i]);
    assert.notEqual(decoded[one.path], decoded[other.path], kinds[i]);
  }
});
