// T-51: of two values under one key neither is the right one; so neither is used.
import { actions } from '../fixtures/assertions.mjs';
import { mapOf } from '../fixtures/cbor.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

const refused = { hides: [/second title|forged/i] };

/** An assertion of the signer that has a key of its own twice. */
const twice = (title, assertion, codes) => ({
  title,
  build: () => signed({ manifest: (layout) => assertion(layout) }),
  state: 'invalid',
  codes,
  hides: [/forged/i],
});

const doubled = (map, key, second) => mapOf([...Object.entries(map), [key, second]]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-51',
  attacker: 'gives a key twice, so that two readers see two different records',
  answer: 'Invalid: a map with a doubled key is ambiguous, and no reading of it is shown.',
  attacks: [
    known('claim-duplicate-title', refused),
    known('claim-duplicate-signature', refused),
    known('claim-duplicate-created-assertions', refused),
    known('claim-duplicate-alg', refused),
    known('cose-alg-twice'),
    known('cose-x5chain-twice', { hides: [/Unlisted/] }),
    twice(
      'the hash of a data hash, twice',
      (layout) => {
        const binding = layout.dataHash();
        return { binding: { ...binding, cbor: doubled(binding.cbor, 'hash', Buffer.alloc(32)) } };
      },
      ['assertion.dataHash.malformed'],
    ),
    twice(
      'the exclusions of a data hash, twice',
      (layout) => {
        const binding = layout.dataHash();
        return { binding: { ...binding, cbor: doubled(binding.cbor, 'exclusions', []) } };
      },
      ['assertion.dataHash.malformed'],
    ),
    twice(
      'the list of actions, twice',
      () => {
        const list = actions();
        return { assertions: [{ ...list, cbor: doubled(list.cbor, 'actions', [{ action: 'forged.action' }]) }] };
      },
      ['assertion.action.malformed'],
    ),
    twice(
      'the name of an action, twice',
      () => {
        const list = actions();
        const [first] = list.cbor.actions;
        return { assertions: [{ ...list, cbor: { actions: [doubled(first, 'action', 'forged.action')] } }] };
      },
      ['assertion.action.malformed'],
    ),
  ],
};
