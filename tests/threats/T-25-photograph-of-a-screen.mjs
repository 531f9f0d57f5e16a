// T-25: a true signature on a false impression. The words are the signer's, and never ours: what it says of the source
// is quoted, and no verdict speaks of the picture.
import { actions, createdAction } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';

const terms = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

const sources = {
  digitalCapture: /Says captured by a camera or scanner · as stated by the signer/,
  computationalCapture: /captured by a camera, combined by computation (· )?as stated by the signer/,
  screenCapture: /a screen capture · as stated by the signer/,
  print: /digitised from a print · as stated by the signer/,
  negativeFilm: /digitised from film · as stated by the signer/,
  virtualRecording: /a recording of a virtual scene · as stated by the signer/,
  compositeSynthetic: /a composite with synthetic parts/,
  trainedAlgorithmicMedia: /made with generative AI · as stated by the signer/,
  somethingNew: /Recorded with/,
};

const judgement =
  /authentic|unaltered|\breal\b|\bfake\b|\btrue\b|\bproven\b|\bverified\b|\bgenuine\b|\btrustworthy\b|original picture|✓|✔/i;

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-25',
  attacker: 'photographs a screen or a print with a camera that signs',
  answer: 'What the signer says of the source is quoted as its statement; no word judges the picture.',
  attacks: [
    ...Object.entries(sources).map(([source, shows]) => ({
      title: `a picture stated to be ${source}`,
      build: () =>
        signed({ manifest: { assertions: [actions([{ ...createdAction, digitalSourceType: `${terms}${source}` }])] } }),
      state: 'trusted',
      shows: [shows, /The file has not changed since it was signed/],
      hides: [judgement],
    })),
    {
      title: 'a picture of which nothing is stated',
      build: () => signed({ manifest: { assertions: [actions([{ action: 'c2pa.created' }])] } }),
      state: 'trusted',
      hides: [judgement, /Says/],
    },
  ],
};
