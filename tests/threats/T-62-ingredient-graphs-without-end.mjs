// T-62: every manifest is validated once, whatever leads to it, and a history that is too long ends with its reason.
import assert from 'node:assert/strict';
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { buildManifest, manifestLabel } from '../fixtures/manifest.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const by = signer('Ed25519');
const binding = { label: 'c2pa.hash.data', cbor: { alg: 'sha256', hash: Buffer.alloc(32), pad: Buffer.alloc(0) } };

/** Ingredient assertions of these manifests: the first is the parent, the others are components. */
const ingredientsOf = (parents) =>
  parents.map((manifest, i) =>
    ingredient({
      manifest,
      relationship: i === 0 ? 'parentOf' : 'componentOf',
      assertion: { label: i === 0 ? 'c2pa.ingredient.v3' : `c2pa.ingredient.v3__${i}`, salt: false },
    }),
  );

const opened = (list) => ({
  action: 'c2pa.opened',
  parameters: { ingredients: list.slice(0, 1).map(assertionReference) },
});

/** What a manifest with these parents holds. */
function contents(parents) {
  const list = ingredientsOf(parents);
  const begin = list.length > 0 ? [opened(list)] : undefined;
  const placed = list.slice(1).map((part) => ({
    action: 'c2pa.placed',
    parameters: { ingredients: [assertionReference(part)] },
  }));
  return [actions(begin && [...begin, ...placed]), ...list];
}

const link = (name, parents) =>
  buildManifest({
    label: manifestLabel(name),
    title: `${name}.jpg`,
    format: 'image/jpeg',
    assertions: [...contents(parents), binding],
    sign: { signer: by },
  });

/** A picture whose store holds these manifests in front of the active one, which is made from `parents`. */
const pictureOf = (make, change = (assertions) => assertions) => {
  let made;
  const once = () => {
    const { all, parents } = make();
    return { all, assertions: change(contents(parents)) };
  };
  return () =>
    signed({
      format: 'png',
      earlier: () => (made ??= once()).all,
      manifest: () => ({ signer: by, assertions: made.assertions }),
    });
};

const chain = (length) => () => {
  const all = [link('link-0', [])];
  while (all.length < length) all.push(link(`link-${all.length}`, [all[all.length - 1]]));
  return { all, parents: [all[all.length - 1]] };
};

/** Layers of two, where both are made from both of the layer before: 2^layers ways lead to the first. */
const diamonds = (layers) => () => {
  const all = [link('root', [])];
  let layer = [all[0]];
  for (let i = 0; i < layers; i += 1) {
    layer = ['a', 'b'].map((side) => link(`layer-${i}-${side}`, layer));
    all.push(...layer);
  }
  return { all, parents: layer };
};

/** Each is made from all before it. */
const dense = (count) => () => {
  const all = [];
  for (let i = 0; i < count; i += 1) all.push(link(`dense-${i}`, [...all].reverse()));
  return { all, parents: [all[all.length - 1]] };
};

/** The active manifest is made from one manifest so many times, or from so many manifests. */
const sameParent = (times) => () => {
  const only = link('only', []);
  return { all: [only], parents: Array(times).fill(only) };
};
const manyParents = (count) => () => {
  const all = Array.from({ length: count }, (_, i) => link(`part-${i}`, []));
  return { all, parents: all };
};

/** A manifest with very many assertions, as very many ingredients: what was recorded about each is compared. */
const fullParent = (times, size) => () => {
  const many = Array.from({ length: size }, (_, i) => ({ label: `org.example.n__${i + 1}`, cbor: i, salt: false }));
  const only = buildManifest({
    label: manifestLabel('full'),
    title: 'full.jpg',
    format: 'image/jpeg',
    assertions: [actions(), ...many, binding],
    sign: { signer: by },
  });
  return { all: [only], parents: Array(times).fill(only) };
};

/** The actions name the last of the ingredients again and again. */
const named = (times) => (assertions) => {
  const [first, ...list] = assertions;
  const reference = assertionReference(list[list.length - 1]);
  const placed = { action: 'c2pa.placed', parameters: { ingredients: Array(times).fill(reference) } };
  return [actions([...first.cbor.actions, placed]), ...list];
};

/** Two manifests that name each other; only one of the two hashes can be right. */
const circle = (second) => () => {
  const back = { label: manifestLabel(second), bytes: Buffer.alloc(100), signatureBox: Buffer.alloc(100) };
  const first = link('first', [back]);
  const other = link(second, [first]);
  return second === 'active' ? { all: [first], parents: [first] } : { all: [first, other], parents: [other] };
};

const count = (report, code) => report.statuses.filter((status) => status.code === code).length;

/** Each manifest's signature was checked once. */
const onceEach = (manifests) => (report) => {
  assert.equal(report.manifests.length, manifests);
  assert.equal(count(report, 'claimSignature.validated'), manifests);
};

const whole = (manifests) => ({ state: 'trusted', absentCodes: ['general.error'], check: onceEach(manifests) });

const stopped = (limit) => ({
  state: 'invalid',
  codes: ['general.error'],
  check: (report) =>
    assert.ok(
      report.limits.some((hit) => hit.limit === limit),
      JSON.stringify(report.limits),
    ),
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-62',
  attacker: 'makes a history of ingredients that is circular, endless or grows with every way through it',
  answer: 'Each manifest is validated once; above the limits the history ends with “limit” as its reason.',
  attacks: [
    { title: 'a chain of 40', build: pictureOf(chain(40)), ...whole(41) },
    {
      title: 'a chain as long as the limit',
      build: pictureOf(chain(64)),
      state: 'trusted',
      absentCodes: ['general.error'],
    },
    { title: 'a chain of one more', build: pictureOf(chain(65)), ...stopped('ingredientDepth') },
    { title: 'a chain of 1,000', build: pictureOf(chain(1000)), ...stopped('ingredientDepth') },
    { title: 'more manifests than the limit', build: pictureOf(chain(1100)), ...stopped('manifests') },
    { title: 'diamonds in a row, with a thousand ways through them', build: pictureOf(diamonds(10)), ...whole(22) },
    { title: '30 manifests, each made from all before it', build: pictureOf(dense(30)), ...whole(31) },
    { title: 'one manifest as 4,000 ingredients', build: pictureOf(sameParent(4000)), ...whole(2) },
    {
      title: 'a manifest of 2,500 assertions as 1,000 ingredients',
      build: pictureOf(fullParent(1000, 2500)),
      ...whole(2),
    },
    { title: 'an action that names 20,000 ingredients', build: pictureOf(sameParent(1000), named(20000)), ...whole(2) },
    { title: '40 ingredients with a manifest each', build: pictureOf(manyParents(40)), ...whole(41) },
    {
      title: 'two ingredients that name each other',
      build: pictureOf(circle('second')),
      state: 'trusted',
      codes: ['ingredient.manifest.mismatch'],
      shows: [/Something is wrong with an earlier version/],
    },
    {
      title: 'an ingredient that names the active manifest',
      build: pictureOf(circle('active')),
      state: 'invalid',
      codes: ['assertion.ingredient.malformed', 'ingredient.manifest.mismatch'],
    },
    known('ingredient-of-itself'),
    known('ingredient-long-chain'),
  ],
};
