// T-44: what no list of the claim names is not part of the record, and a name that means two boxes means none.
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged, prepended } from './without-key.mjs';

const store = ['', 'c2pa.assertions'];

const planted = (label) =>
  jumbf.superbox({ type: jumbf.uuid.cbor, label }, [
    jumbf.cborBox({ actions: [{ action: 'c2pa.created', description: 'planted' }] }),
  ]);

const places = { 'in front of': prepended, behind: appended };

const versions = {
  v1: { before: () => signed({ manifest: oldStyle() }), actions: 'c2pa.actions' },
  v2: { before: signed, actions: 'c2pa.actions.v2' },
};

const attacksOn = (version) => {
  const { before, actions } = versions[version];
  return Object.entries(places).flatMap(([where, put]) => [
    {
      title: `${version}: an assertion that no list names, ${where} the signed ones`,
      before,
      edit: boxChanged(store, put(planted('org.example.planted'))),
      state: 'invalid',
      codes: ['assertion.undeclared', 'claimSignature.validated', 'assertion.dataHash.match'],
      shows: [/was changed or breaks the rules/],
      hides: [/planted/],
    },
    {
      title: `${version}: a second actions assertion ${where} the signed ones`,
      before,
      edit: boxChanged(store, put(planted(actions))),
      state: 'invalid',
      codes: ['assertion.missing', 'assertion.undeclared', 'claimSignature.validated', 'assertion.dataHash.match'],
      shows: [/Parts of the signed record were removed or replaced/],
      hides: [/planted/],
    },
    {
      title: `${version}: a second hard binding ${where} the signed one`,
      before,
      edit: boxChanged(store, put(planted('c2pa.hash.data'))),
      state: 'invalid',
      codes: ['assertion.missing', 'assertion.undeclared'],
      absentCodes: ['assertion.dataHash.match'],
    },
  ]);
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-44',
  attacker: 'puts an assertion into the store that the claim does not list, or a second one of a listed label',
  answer: 'Invalid, whichever comes first; neither of two equal labels is taken, and the planted one is not shown.',
  attacks: [
    ...attacksOn('v1'),
    ...attacksOn('v2'),
    // Those whose length is their own, so that the signer itself wrote them.
    known('assertion-planted-first'),
    known('assertion-planted-last'),
    known('assertion-label-twice-before', { codes: ['assertion.missing'] }),
    known('assertion-label-twice-after', { codes: ['assertion.missing'] }),
  ],
};
