// One validator with the fixtures' usual anchors, and cases of the catalogue by name.
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { createValidator } from '../../web/dist/node.js';

export const clock = '2026-11-23T00:00:00Z';

const pems = anchors();
export const openValidator = () =>
  createValidator({
    trust: {
      useDefault: false,
      lists: [
        { name: 'root', role: 'signer', pem: pems.root },
        { name: 'tsa-root', role: 'timestamp', pem: pems['tsa-root'] },
      ],
    },
  });

export function caseOf(name) {
  const found = catalog.find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`no case is called ${name}`);
  return found;
}
