// T-78: nothing calls itself on input; each kind of nesting has its counter, and what is deeper is refused with it.
import assert from 'node:assert/strict';
import { actions } from '../fixtures/assertions.mjs';
import { raw } from '../fixtures/cbor.mjs';
import { base, signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { encodeJpeg, xmpSegment } from '../fixtures/jpeg.mjs';
import { film } from '../fixtures/mp4.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { allKnown, known } from './kit.mjs';

const depths = [10, 17, 100, 10000, 100000];

/** Boxes inside each other, from the outside in: all heads, then what is inmost. */
function nestedBoxes(depth, type, between, inmost = Buffer.alloc(0)) {
  const heads = [];
  let size = depth * (8 + between.length) + inmost.length;
  for (let i = 0; i < depth; i += 1) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(size, 0);
    head.write(type, 4, 'latin1');
    heads.push(head, between);
    size -= 8 + between.length;
  }
  return Buffer.concat([...heads, inmost]);
}

const superboxes = (depth) =>
  nestedBoxes(depth, 'jumb', jumbf.description({ type: jumbf.uuid.cbor, label: 'n' }), jumbf.cborBox({ deep: true }));

/** RIFF lists inside each other, which nothing looks into, whose sizes are little-endian. */
function lists(depth) {
  const heads = [];
  for (let i = 0; i < depth; i += 1) {
    const head = Buffer.from('LIST\0\0\0\0INFO', 'latin1');
    head.writeUInt32LE((depth - i) * 12 - 8, 4);
    heads.push(head);
  }
  const content = Buffer.concat([Buffer.from('WAVE'), ...heads]);
  const riff = Buffer.from('RIFF\0\0\0\0', 'latin1');
  riff.writeUInt32LE(content.length, 4);
  return Buffer.concat([riff, content]);
}

/** Directories of a TIFF file, each of which names the next; the last names `back`. */
function directories(count, back) {
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const all = Array.from({ length: count }, (_, i) => {
    const directory = Buffer.alloc(18);
    directory.writeUInt16LE(1, 0);
    directory.writeUInt16LE(0x0100, 2);
    directory.writeUInt16LE(4, 4);
    directory.writeUInt32LE(1, 6);
    directory.writeUInt32LE(64, 10);
    directory.writeUInt32LE(i + 1 < count ? 8 + 18 * (i + 1) : back, 14);
    return directory;
  });
  return Buffer.concat([head, ...all]);
}

const met =
  (...limits) =>
  (report) =>
    assert.ok(
      report.limits.some(({ limit }) => limits.includes(limit)),
      `none of ${limits} among ${report.limits.map(({ limit }) => limit)}`,
    );

/** Within the counter nothing happens, above it the file is refused. */
const upTo = (limit, name, depth, code) =>
  depth <= limit ? { state: 'trusted' } : { state: 'invalid', ...(code ? { codes: [code] } : {}), check: met(name) };

const inRecord = depths.flatMap((depth) => [
  {
    title: `${depth} superboxes inside each other`,
    build: () => signed({ format: 'png', manifest: { extraBoxes: [superboxes(depth)] } }),
    // The store and the manifest around them count, too.
    ...upTo(14, 'jumbfDepth', depth),
  },
  {
    title: `${depth} CBOR arrays inside each other, in the claim`,
    build: () =>
      signed({ format: 'png', manifest: { claim: { 'org.example.deep': raw([...Array(depth).fill(0x81), 0]) } } }),
    ...upTo(63, 'cborDepth', depth, 'claim.cbor.invalid'),
  },
  {
    title: `${depth} CBOR tags around each other, in an assertion`,
    build: () => {
      const deep = raw([...Array(depth).fill(0xc1), 0]);
      return signed({
        format: 'png',
        manifest: { assertions: [actions(), { label: 'org.example.deep', cbor: deep }] },
      });
    },
    // Custom content is hashed, not read.
    state: 'trusted',
  },
  {
    title: `${depth} open CBOR maps inside each other, in the actions`,
    build: () => {
      const deep = raw([...Array(depth).fill([0xbf, 0x61, 0x61]).flat(), 0, ...Array(depth).fill(0xff)]);
      return signed({
        format: 'png',
        manifest: { assertions: [actions(undefined, { cbor: { ...actions().cbor, deep } })] },
      });
    },
    ...upTo(63, 'cborDepth', depth, 'assertion.cbor.invalid'),
  },
  {
    title: `${depth} JSON arrays inside each other, in a metadata assertion`,
    build: () => {
      const json = `{"@context": {"dc": "http://purl.org/dc/elements/1.1/"}, "dc:x": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
      return signed({ format: 'png', manifest: { assertions: [actions(), { label: 'c2pa.metadata', json }] } });
    },
    ...upTo(63, 'jsonDepth', depth, 'assertion.json.invalid'),
  },
]);

/** No record in sight; a walk that ends early says that nobody can know. */
const walked = (limit, name, depth) =>
  depth <= limit
    ? noRecord
    : { state: 'none', shows: [/Could not check/], hides: [/No Content Credentials/], check: met(name) };

const noRecord = { state: 'none', shows: [/No Content Credentials/] };

const inContainers = depths.flatMap((depth) => [
  {
    title: `${depth} boxes of a film inside each other`,
    build: () => Buffer.concat([film, nestedBoxes(depth, 'moov', Buffer.alloc(0))]),
    ...walked(16, 'bmffDepth', depth),
  },
  { title: `${depth} RIFF lists inside each other`, build: () => lists(depth), ...noRecord },
  {
    title: `${depth} XML elements inside each other, in the XMP of a picture`,
    build: () => {
      const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</x:xmpmeta>`;
      // A segment holds 64 KiB; what is deeper is cut and ill-formed.
      return encodeJpeg(paint({ ...scenes.noon, width: 64, height: 40 }), { extra: [xmpSegment(xmp.slice(0, 65000))] });
    },
    ...walked(1000, 'xmlDepth', depth),
  },
  {
    title: `${depth} SVG groups inside each other`,
    build: () =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(depth)}${'</g>'.repeat(depth)}</svg>`),
    ...walked(1000, 'xmlDepth', depth),
  },
  {
    title: `${depth} directories of a TIFF file in a row`,
    build: () => directories(depth, 0),
    ...walked(2000, 'tiffDirectories', depth),
  },
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-78',
  attacker: 'nests boxes, maps, lists, elements or directories thousands deep, or lets them name each other',
  answer: 'Depth is counted, not recursed into: refused with the limit, and never a crash.',
  attacks: [
    ...inRecord,
    ...inContainers,
    { title: 'a TIFF directory that names itself', build: () => directories(1, 8), ...noRecord },
    { title: 'a thousand TIFF directories in a circle', build: () => directories(1000, 8), ...noRecord },
    {
      title: 'a picture in a picture in a picture, a thousand times',
      build: () => Buffer.concat(Array(1000).fill(base.jpeg)),
      ...noRecord,
    },
    ...allKnown(['claim-cbor-nested', 'claim-json-nested', 'ocsp-many']),
    known('jumbf-nested-deep', { state: 'invalid', check: met('jumbfDepth') }),
  ],
};
