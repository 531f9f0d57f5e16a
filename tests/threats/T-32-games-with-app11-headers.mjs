// T-32: the headers of the APP11 packets that carry a store in a JPEG. No hash covers them, so the run has to be exactly
// the one that carries the store, and as long as the exclusion.
import { extractStore } from '../fixtures/edit.mjs';
import { app11Segments } from '../fixtures/embed.mjs';
import { editCarrier } from '../fixtures/catalog/carrier.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { segment } from '../fixtures/jpeg.mjs';
import { known } from './kit.mjs';

const many = () => signed({ embed: { chunkSize: 512 } });

/** @param {(run: Buffer[]) => Buffer[]} change */
const inRun = (change) => (bytes) => {
  const run = app11Segments(extractStore('jpeg', bytes), { chunkSize: 512 });
  return editCarrier('jpeg', bytes, () => Buffer.concat(change(run)));
};

const refused = { state: 'invalid', absentCodes: ['assertion.dataHash.match'], shows: [/Signed by Nobody/] };

/** Names of the bytes of a packet's header, from its marker on. */
const header = [
  ...['marker', 'marker', 'length', 'length', 'identifier', 'identifier', 'instance', 'instance'],
  ...['sequence', 'sequence', 'sequence', 'sequence', 'box length', 'box length', 'box length', 'box length'],
  ...['box type', 'box type', 'box type', 'box type'],
];

const packets = { first: 0, second: 1, last: -1 };

/** Without the marker of its first packet the run is nothing but a segment of another kind and noise behind it. */
const noRun = { state: 'none', hides: [/Signed by/] };

const flips = Object.entries(packets).flatMap(([which, index]) =>
  header.map((field, at) => ({
    title: `byte ${at} (${field}) of the ${which} packet`,
    before: many,
    edit: inRun((run) => {
      const packet = run.at(index);
      return run.map((one) => (one === packet ? flip(one, at) : one));
    }),
    ...(which === 'first' && field === 'marker' ? noRun : refused),
  })),
);

const changes = {
  'all sequence numbers one higher': (run) =>
    run.map((packet) => {
      const copy = Buffer.from(packet);
      copy.writeUInt32BE(copy.readUInt32BE(8) + 1, 8);
      return copy;
    }),
  'the run backwards': (run) => [...run].reverse(),
  'the last packet first': (run) => [run.at(-1), ...run.slice(0, -1)],
  'an empty packet between': (run) => [run[0], segment(0xeb, run[0].subarray(4, 20)), ...run.slice(1)],
  'a packet of another box between': (run) => {
    const other = Buffer.from(run[1]);
    other.writeUInt16BE(7, 6);
    return [run[0], other, ...run.slice(1)];
  },
  'a packet of another box behind': (run) => {
    const other = Buffer.from(run[0]);
    other.writeUInt16BE(7, 6);
    return [...run, other];
  },
  'a foreign APP11 segment in front': (run) => [segment(0xeb, Buffer.from('not JPEG XT')), ...run],
  'a foreign APP11 segment behind': (run) => [...run, segment(0xeb, Buffer.from('not JPEG XT'))],
  'a packet that is cut': (run) => [...run.slice(0, -1), segment(0xeb, run.at(-1).subarray(4, 40))],
  'fill bytes in front of a marker': (run) => [run[0], Buffer.from([0xff]), ...run.slice(1)],
};

const named = [
  'sequence-gap',
  'sequence-repeated',
  'packets-swapped',
  'packet-missing',
  'packet-twice',
  'last-packet-missing',
];
const more = [
  'instance-changes',
  'repeated-length-lies',
  'repeated-type-lies',
  'foreign-app11-between',
  'comment-between',
];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-32',
  attacker: 'plays with the headers of the segments that carry the record of a JPEG',
  answer:
    'A run that is not exactly that of one store, in its order, is refused; segments beside it are covered by the hash.',
  attacks: [
    ...flips,
    ...Object.entries(changes).map(([title, change]) => ({ title, before: many, edit: inRun(change), ...refused })),
    ...[...named, ...more].map((name) => known(`jpeg-${name}`, { state: 'invalid', shows: refused.shows })),
    known('jpeg-segment-longer-than-store', { state: 'invalid' }),
  ],
};
