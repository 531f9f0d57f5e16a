// The official C2PA lists in build/trust/, described by build/trust/trust.json:
//   {"lists":[{"role":"signer"|"timestamp","name","file","issued","sha256","source"}]}
// First match wins: the folder ASSAY_TRUST_LISTS names, the test corpus beside the checkout, the
// public home pinned in cmake/trust-lists.json. Without any of them there are no lists, and every
// report says so.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, root, say, sha256, stamp, StepError } from './console.mjs';
import { fetchBytes } from './setup-sources.mjs';

const folder = join(build, 'trust');
const readIfThere = (path) => (existsSync(path) ? readFileSync(path) : null);

export async function prepareTrustLists() {
  const pinned = readFileSync(join(root, 'cmake/trust-lists.json'), 'utf8');
  const chosen = process.env.ASSAY_TRUST_LISTS ?? '';
  const done = stamp('trust', `${sha256(pinned)} ${chosen}`);
  if (done.current && existsSync(join(folder, 'trust.json'))) return;
  const { home, lists } = JSON.parse(pinned);
  const found = chosen ? fromGivenFolder(resolve(root, chosen), lists) : await fromPinned(home, lists);
  install(found);
  if (found.length === 0) {
    say('… no trust lists: the build goes on, and reports will say that none is installed. Set ASSAY_TRUST_LISTS to');
    say(
      `  a folder with ${lists.map((list) => list.file).join(' and ')}, or run this again with access to ${new URL(home).host}.`,
    );
    return;
  }
  done.set();
  for (const { entry } of found)
    say(`✓ ${entry.name} of ${entry.issued ?? 'unknown date'}  SHA-256 ${entry.sha256.slice(0, 16)}…`);
}

function install(found) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { entry, bytes } of found) writeFileSync(join(folder, entry.file), bytes);
  const description = { lists: found.map(({ entry }) => entry) };
  writeFileSync(join(folder, 'trust.json'), `${JSON.stringify(description, null, 2)}\n`);
}

/** Lists somebody chose are taken as they are; the date is known if they are the pinned ones or say it. */
function fromGivenFolder(given, lists) {
  return lists.flatMap((list) => {
    const bytes = readIfThere(join(given, list.file));
    if (!bytes) throw new StepError(`ASSAY_TRUST_LISTS is ${given}, which has no ${list.file}.`);
    const digest = sha256(bytes);
    const issued = digest === list.sha256 ? list.issued : issueDate(join(given, list.file.replace('.pem', '.json')));
    return [{ bytes, entry: describe(list, digest, issued, 'ASSAY_TRUST_LISTS') }];
  });
}

function issueDate(path) {
  const json = readIfThere(path);
  const date = json && JSON.parse(json).LoTE?.ListAndSchemeInformation?.ListIssueDateTime;
  return typeof date === 'string' ? date.slice(0, 10) : undefined;
}

async function fromPinned(home, lists) {
  const beside = join(process.env.ASSAY_CORPUS ?? join(root, '../shared/corpus'), 'trust/official');
  const found = [];
  for (const list of lists) {
    const there = pinnedOnly(list, readIfThere(join(beside, list.file)));
    const bytes = there ?? pinnedOnly(list, await fetchBytes(home + list.file), true);
    if (!bytes) break; // no network for the first, so none for the second
    found.push({ bytes, entry: describe(list, list.sha256, list.issued, home + list.file) });
  }
  return found;
}

function pinnedOnly(list, bytes, fetched) {
  if (!bytes || sha256(bytes) === list.sha256) return bytes;
  if (fetched) say(`… ${list.file} as fetched does not have the pinned SHA-256 and is not used`);
  return null;
}

const describe = (list, digest, issued, source) => ({
  role: list.role,
  name: list.name,
  file: list.file,
  issued,
  sha256: digest,
  source,
});
