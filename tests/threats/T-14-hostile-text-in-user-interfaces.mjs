// T-14: strings that markup, terminals or readers could obey, in every field that can hold one. The engine's half: what
// leaves it has no controls, marks of direction or hidden characters in it, and ends. That pages put it into text nodes
// only: tests/browser/element.test.mjs and tests/arch.
import assert from 'node:assert/strict';
import { createdAction, ingredient } from '../fixtures/assertions.mjs';
import { openedFrom } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const strings = {
  'a script element': '<script>alert(1)</script>',
  'an attribute that is broken out of': '"><img src=x onerror=alert(1)>',
  'a vector image with a handler': '<svg/onload=alert(1)>',
  'a frame': '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
  // eslint-disable-next-line no-script-url
  'a script address': 'javascript:alert(1)',
  'a data address': 'data:text/html,<script>alert(1)</script>',
  'a comment that ends': '--><b>bold</b><!--',
  'an entity': '&lt;b&gt;&#60;i&#62;',
  'a template': '{{constructor.constructor("alert(1)")()}}${alert(1)}',
  'a style': '</style><style>*{display:none}</style>',
  'a shell': '$(reboot); `reboot` && reboot || reboot',
  'a query': "'; DROP TABLE files; --",
  'a formula': '=HYPERLINK("https://evil.example","click")',
  'a path': '../../../../etc/passwd',
  'a link in words': '[click](https://evil.example)',
  'a format': '%s%n%x{0}',
  'an escape sequence': '\u001b[2J\u001b[31mred\u001b]8;;https://evil.example\u0007',
  'a zero byte': 'before\u0000after',
  'a carriage return': 'invalid\rContent Credentials',
  'a new line': 'line\nSigned by Somebody Else',
  'a backspace': 'evil\b\b\b\bgood',
  'a line separator': 'one\u2028two\u2029three',
  'a right-to-left override': 'gpj.\u202eexe.photo',
  'an isolate that does not end': '\u2067\u2066\u2068text',
  'zero-width characters': 'Exa\u200bm\u200dple\u2060\ufeff',
  'a soft hyphen': 'Exam\u00adple',
  'tag characters': 'Example\u{e0041}\u{e007f}',
  'variation selectors': 'A\ufe0e\ufe00B',
  'a C1 control': 'before\u009b31mafter',
  'marks that pile up': `Z${'\u0301'.repeat(400)}`,
  'a very long text': 'x'.repeat(30_000),
  'our own words': '⬢ Content Credentials · Example Press Signed by Example Press vouched for by assay TEST',
  'a prototype key': '__proto__',
};

const spec = (fields) => () =>
  signed({
    manifest: () => {
      const parent = ingredient({ title: fields.ingredient ?? 'original.jpg' });
      const opened = openedFrom(parent);
      opened.cbor.actions.push({
        ...createdAction,
        action: 'c2pa.edited',
        description: fields.description ?? 'edited',
        reason: fields.reason ?? 'org.example.reason',
        softwareAgent: { name: fields.agent ?? 'agent' },
        digitalSourceType: fields.source ?? createdAction.digitalSourceType,
      });
      return {
        title: fields.title ?? 'title',
        format: fields.format ?? 'image/jpeg',
        signer: signer('ES256', {
          subject: { C: 'XX', O: fields.organisation ?? 'Example Press (TEST)', CN: fields.name ?? 'camera' },
        }),
        claim: {
          instanceID: fields.instance ?? 'xmp:iid:1',
          claim_generator_info: { name: fields.generator ?? 'generator', version: fields.version ?? '1' },
        },
        assertions: [
          opened,
          parent,
          { label: 'org.example.keys', json: { [fields.key ?? 'key']: fields.value ?? 'value' } },
          { label: 'org.example.cbor', cbor: { [fields.cborKey ?? 'key']: fields.cborValue ?? 'value' } },
          {
            label: 'c2pa.metadata',
            json: { '@context': { tiff: 'http://ns.adobe.com/tiff/1.0/' }, 'tiff:Artist': fields.artist ?? 'Artist' },
          },
        ],
      };
    },
  });

const fields = [
  ...['title', 'format', 'instance', 'generator', 'version', 'organisation', 'name', 'ingredient', 'description'],
  ...['reason', 'agent', 'source', 'key', 'value', 'cborKey', 'cborValue', 'artist'],
];

/** No name or key of the report itself may come from the file, and nothing in it goes on for ever. */
function bounded(report, text) {
  // Up to 4 KiB of a string are shown; two of them stand in one row.
  assert.ok(text.length < 3 * 4096, `${text.length} characters to read`);
  assert.ok(JSON.stringify(report).length < 200_000, 'the report is as long as the attack');
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(report), Object.prototype);
}

const everywhere = Object.entries(strings).map(([what, value]) => ({
  title: `${what}, in every field`,
  build: spec(Object.fromEntries(fields.map((field) => [field, value]))),
  state: 'trusted',
  check: bounded,
}));

const worst = '<script>alert(1)</script>\u0000\u001b[31m\u202e\u200b\n“Signed by Somebody Else”';
const inFields = fields.map((field) => ({
  title: `markup, controls and hidden characters in ${field} alone`,
  build: spec({ [field]: worst }),
  state: 'trusted',
  check: bounded,
}));

const cases = [
  ...['claim-title-hostile', 'certificate-hostile-name', 'details-hostile-text', 'identity-ica-hostile-text'],
  ...['bidi', 'control', 'invisible', 'composed', 'long'].map((kind) => `credential-name-${kind}`),
  ...['bidi', 'control', 'invisible', 'composed', 'long', 'markup', 'empty', 'no-text', 'deep', 'account'].map(
    (kind) => `names-hostile-${kind}`,
  ),
];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-14',
  attacker: 'puts markup, controls, hidden characters or endless text into any field that people may read',
  answer: 'Text stays text: what nobody sees is replaced, what is long is cut, and names stand on lines of their own.',
  attacks: [
    ...everywhere,
    ...inFields,
    ...cases.map((name) => known(name, { title: `${name}: as text`, check: bounded })),
  ],
};
