// T-52: broken CBOR and JSON end in a code of their own, odd but well-formed encodings in nothing at all.
import { actions } from '../fixtures/assertions.mjs';
import { chunked, encode, float64, openArray, openMap, raw, tagged, wideHead } from '../fixtures/cbor.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

const good = actions().cbor;
const bytes = (...parts) => raw(Buffer.concat(parts.map((part) => Buffer.from(part))));

/** Contents of an actions assertion that are no CBOR; the signer wrote them, so that only the encoding is wrong. */
const brokenCbor = {
  'no bytes at all': raw([]),
  'a byte behind the item': bytes(encode(good), [0]),
  'a second item': bytes(encode(good), encode(good)),
  'the last byte missing': bytes(encode(good).subarray(0, -1)),
  'invalid UTF-8': bytes([0xa1, 0x62, 0xc3, 0x28, 0x00]),
  'a surrogate in UTF-8': bytes([0xa1, 0x63, 0xed, 0xa0, 0x80, 0x00]),
  'a text of 2^63 bytes': bytes([0xa1], wideHead(3, 1n << 63n, 8)),
  'a byte string of 4 GiB': bytes([0xa1, 0x61, 0x61], wideHead(2, 0xffffffff, 4)),
  'an array of 2^60 items': bytes([0xa1, 0x61, 0x61], wideHead(4, 1n << 60n, 8)),
  'a map of 2^32 pairs': raw(wideHead(5, 0xffffffff, 4)),
  'a reserved head': raw([0xa1, 0x61, 0x61, 0x1d]),
  'an indefinite integer': raw([0xa1, 0x61, 0x61, 0x1f]),
  'an indefinite tag': raw([0xa1, 0x61, 0x61, 0xdf, 0x00]),
  'a break where none belongs': raw([0xa1, 0x61, 0x61, 0xff]),
  'an open array without a break': raw([0xa1, 0x61, 0x61, 0x9f, 0x01]),
  'an open map with half a pair': raw([0xbf, 0x61, 0x61, 0xff]),
  'an open text of byte chunks': raw([0xa1, 0x61, 0x61, 0x7f, 0x41, 0x61, 0xff]),
  'an open text in an open text': raw([0xa1, 0x61, 0x61, 0x7f, 0x7f, 0x61, 0x61, 0xff, 0xff]),
  'a simple value in two bytes that one holds': raw([0xa1, 0x61, 0x61, 0xf8, 0x14]),
};

/** Well-formed, if strange: beside the list of actions, which stays as it is. */
const oddCbor = {
  'a NaN': float64(NaN),
  'an infinity': float64(-Infinity),
  'a half float': raw([0xf9, 0x7e, 0x00]),
  'a bignum of 100 bytes': tagged(2, Buffer.alloc(100, 0xff)),
  'a negative bignum': tagged(3, Buffer.alloc(20, 0xff)),
  'an integer in eight bytes': raw(wideHead(0, 1, 8)),
  'the smallest integer': raw(wideHead(1, 0xffffffffffffffffn, 8)),
  'an open array': openArray([1, 2, 3]),
  'an open map': openMap([['a', 1]]),
  'a text in chunks': chunked(['a', 'b']),
  'forty tags around a number': [...Array(40)].reduce((inner) => tagged(55799, inner), 1),
  undefined: raw([0xf7]),
  'an unassigned simple value': raw([0xf8, 0xc8]),
};

/** Contents of a metadata assertion that are no JSON. */
const brokenJson = {
  'no text at all': '',
  'a text that ends early': '{"@context": {"dc": "x"',
  'something behind the value': '{"@context": {}} {}',
  'a NaN': '{"@context": {}, "dc:title": NaN}',
  'a comment': '{"@context": {} /* */}',
  'a trailing comma': '{"@context": {},}',
  'single quotes': "{'@context': {}}",
  'a control character in a text': '{"@context": {"a": "\u0001"}}',
  'half an escape': '{"@context": {"a": "\\u12"}}',
  'a number with a leading zero': '{"@context": {}, "dc:title": 01}',
};

const broken = (code) => ({
  state: 'invalid',
  codes: [code, 'claimSignature.validated'],
  shows: [/was changed or breaks the rules/],
});

const cborAttacks = Object.entries(brokenCbor).map(([what, cbor]) => ({
  title: `an actions assertion with ${what}`,
  build: () => signed({ manifest: { assertions: [actions(undefined, { cbor })] } }),
  ...broken('assertion.cbor.invalid'),
}));

const jsonAttacks = Object.entries(brokenJson).map(([what, json]) => ({
  title: `a metadata assertion with ${what}`,
  build: () => signed({ manifest: { assertions: [actions(), { label: 'c2pa.metadata', json }] } }),
  ...broken('assertion.json.invalid'),
}));

const odd = Object.entries(oddCbor).map(([what, value]) => ({
  title: `an assertion and a claim with ${what} in a field nobody knows`,
  build: () =>
    signed({
      manifest: {
        assertions: [actions(undefined, { cbor: { ...good, 'org.example.odd': value } })],
        claim: { 'org.example.odd': value },
      },
    }),
  state: 'trusted',
}));

const inClaim = [
  'trailing',
  'cut',
  'empty',
  'bad-utf8',
  'reserved-head',
  'huge-length',
  'huge-array',
  'nested',
  'break-alone',
  'odd-map',
  'mixed-chunks',
].map((name) => known(`claim-cbor-${name}`, { codes: ['claim.cbor.invalid'] }));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-52',
  attacker: 'writes CBOR or JSON that is broken, huge, deep or read differently by different readers',
  answer: 'Broken encodings are invalid with a code of their own; unusual ones that are well-formed change nothing.',
  attacks: [
    ...inClaim,
    ...cborAttacks,
    ...jsonAttacks,
    ...odd,
    known('claim-json-nested', { codes: ['assertion.json.invalid'] }),
    known('cose-cbor-broken'),
    known('time-garbage'),
    known('ocsp-garbage'),
    known('number-float-start'),
    known('identity-broken'),
    known('identity-ica-no-json'),
    known('details-many'),
    {
      title: 'a metadata assertion with a key twice',
      build: () =>
        signed({
          manifest: {
            assertions: [
              actions(),
              {
                label: 'c2pa.metadata',
                json: '{"@context": {"dc": "http://purl.org/dc/elements/1.1/"}, "dc:title": "first", "dc:title": "second"}',
              },
            ],
          },
        }),
      state: 'trusted',
      hides: [/first|second/],
    },
  ],
};
