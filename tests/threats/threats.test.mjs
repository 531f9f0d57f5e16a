// Every attack of every threat of this folder.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { page } from '../../cmake/threats.mjs';
import { read } from '../arch/project.mjs';
import { carryOut, close } from './kit.mjs';
import { allThreats, threatsElsewhere } from './threats.mjs';

after(close);

const threats = await allThreats();

test('a threat’s file is named by number and title', () => {
  for (const { id, title, file, attacker, answer, attacks } of threats) {
    const words = title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    assert.equal(file, `${id}-${words}.mjs`);
    assert.ok(attacker.length > 10 && answer.length > 10 && attacks.length > 0, id);
    assert.equal(
      new Set(attacks.map((attack) => attack.title)).size,
      attacks.length,
      `${id}: two attacks share a title`,
    );
  }
});

test('docs/threat-model.md is up to date: npm run threats', () => {
  assert.equal(read('docs/threat-model.md'), page(threats, threatsElsewhere(threats)));
});

for (const { id, section, title, attacks } of threats) {
  describe(`${id}${section ? ` (${section})` : ''} ${title}`, () => {
    for (const attack of attacks) test(attack.title, () => carryOut(attack));
  });
}
