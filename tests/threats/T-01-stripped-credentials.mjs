// T-01: a file without its record is no worse than one that never had any, and is told so.
import { base, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { carrierRange } from '../fixtures/edit.mjs';

const without = (format) => (bytes) => {
  const { start, length } = carrierRange(format, bytes);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
};

const nothingFound = {
  state: 'none',
  shows: [/No Content Credentials found/, /says nothing about the file either way/],
  hides: [/altered|changed|invalid|damaged|signed by/i],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-01',
  section: '4.2.1.1',
  attacker: 'removes the whole manifest store',
  answer: 'No record, in neutral words: that says nothing about the file either way.',
  attacks: [
    { title: 'the APP11 segments of a JPEG are taken out', edit: without('jpeg'), ...nothingFound },
    {
      title: 'the caBX chunk of a PNG is taken out',
      before: () => signed({ format: 'png' }),
      edit: without('png'),
      ...nothingFound,
    },
    { title: 'a picture that never had a record', build: () => base.png, ...nothingFound },
    { title: 'all but the pixels is written anew', edit: () => otherBase.jpeg, ...nothingFound },
  ],
};
