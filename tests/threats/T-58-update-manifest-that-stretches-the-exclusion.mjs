// T-58: an update manifest makes the store longer, and the older exclusion grows by exactly that, never by more.
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { carrierRange, editBox, extractStore, findBox } from '../fixtures/edit.mjs';
import { app11Segments } from '../fixtures/embed.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { segment } from '../fixtures/jpeg.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { chunk } from '../fixtures/png.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

/** The original as it was published: its exclusion has the length of its own store. */
function published(format, more) {
  const bytes = signed({
    format,
    manifest: (layout) => ({ name: 'original', signer: signer('ES384'), ...more?.(layout) }),
  });
  const store = extractStore(format, bytes);
  const cut = (path) => store.subarray(...['start', 'end'].map((side) => findBox(store, path).pop()[side]));
  return { label: manifestLabel('original'), bytes: cut(['']), signatureBox: cut(['', 'c2pa.signature']) };
}

/** An update manifest over it. */
const updated = (format, more) =>
  signed({
    format,
    earlier: () => [published(format, more)],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first });
      const opened = { action: 'c2pa.opened', parameters: { ingredients: [assertionReference(parent)] } };
      return {
        type: jumbf.uuid.update,
        binding: null,
        assertions: [actions([opened, { action: 'c2pa.edited.metadata' }]), parent],
      };
    },
  });

/** Bytes in the carrier behind the store, or a second carrier behind the first. */
const hidden = Buffer.from('<script>hidden</script>');

const stretched = {
  jpeg: (bytes) => {
    const { start, length } = carrierRange('jpeg', bytes);
    const store = extractStore('jpeg', bytes);
    const [first] = app11Segments(store);
    const longer = segment(0xeb, Buffer.concat([first.subarray(4), hidden]));
    return Buffer.concat([bytes.subarray(0, start), longer, bytes.subarray(start + length)]);
  },
  png: (bytes) => {
    const { start, length } = carrierRange('png', bytes);
    const longer = chunk('caBX', Buffer.concat([extractStore('png', bytes), hidden]));
    return Buffer.concat([bytes.subarray(0, start), longer, bytes.subarray(start + length)]);
  },
};

const behind = {
  jpeg: () => segment(0xfe, hidden),
  png: () => chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), hidden])),
};

const inserted = (format) => (bytes) => {
  const { start, length } = carrierRange(format, bytes);
  return Buffer.concat([bytes.subarray(0, start + length), behind[format](), bytes.subarray(start + length)]);
};

const mismatch = {
  state: 'invalid',
  codes: ['assertion.dataHash.mismatch'],
  absentCodes: ['assertion.dataHash.match'],
  shows: [/do not match this file/],
  hides: [/hidden/],
};

const unreadable = { state: 'invalid', codes: ['general.error'], shows: [/cannot be read/], hides: [/hidden/] };

/** The file as it was before the last update: the store without its last manifest. */
function rolledBack(bytes) {
  const { start, length } = carrierRange('png', bytes);
  const store = extractStore('png', bytes);
  const older = editBox(store, [''], () => Buffer.alloc(0));
  return Buffer.concat([bytes.subarray(0, start), chunk('caBX', older), bytes.subarray(start + length)]);
}

const attacks = ['jpeg', 'png'].flatMap((format) => [
  {
    title: `${format}: bytes behind the store, in its carrier`,
    before: () => updated(format),
    edit: stretched[format],
    ...(format === 'png' ? mismatch : unreadable),
  },
  {
    title: `${format}: a segment behind the store, where the longer exclusion could reach`,
    before: () => updated(format),
    edit: inserted(format),
    ...mismatch,
  },
  {
    title: `${format}: the picture is changed under the update`,
    before: () => updated(format),
    edit: (bytes) => flip(bytes, bytes.length - 60, 0x10),
    ...mismatch,
  },
  {
    title: `${format}: an original whose exclusion is a byte too long`,
    build: () =>
      updated(format, (layout) => {
        const { start, length } = layout.range;
        return { binding: layout.dataHash({ exclusions: [{ start, length: length + 1 }] }) };
      }),
    ...mismatch,
  },
  {
    title: `${format}: an original that leaves the picture out, too`,
    build: () =>
      updated(format, (layout) => {
        const { start } = layout.range;
        return { binding: layout.dataHash({ exclusions: [{ start, length: layout.bytes.length - start }] }) };
      }),
    ...mismatch,
  },
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-58',
  attacker: 'uses an update manifest to hide bytes in the longer exclusion, or takes the last update away',
  answer: 'The exclusion grows to the store and no further. Going back one update cannot be told from the outside.',
  attacks: [
    ...attacks,
    known('update-pixels-changed', { shows: [/do not match this file/] }),
    known('update-with-binding'),
    known('update-parent-missing'),
    known('update-no-binding-below'),
    {
      // The older record is whole and true; only a time could tell, so that none is stated that nobody confirmed.
      title: 'png: the last update is taken away',
      before: () => updated('png'),
      edit: rolledBack,
      state: 'trusted',
      codes: ['assertion.dataHash.match'],
      shows: [/No time of signing is recorded/],
      hides: [/latest|current|up to date|made from/],
      check(report) {
        if (report.manifests.length !== 1 || report.manifests[0].label !== manifestLabel('original'))
          throw new Error('not the older record alone');
      },
    },
  ],
};
