// Unpacked sources of BearSSL and libsodium in build/deps/. First match wins: the environment
// variable, Debian's source package (authenticated by apt, the original archive checked against a
// pinned SHA-256 as well), upstream's archive pinned in cmake/*.cmake.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { build, capture, onPath, root, run, say, sha256, stamp, StepError } from './console.mjs';
import { derivedSourceEntries } from './setup-apt.mjs';

const LIBRARIES = [
  {
    name: 'bearssl',
    version: '0.6',
    variable: 'BEARSSL_SOURCE_DIR',
    probe: 'inc/bearssl.h',
    pins: 'cmake/BearSSL.cmake',
    debianOriginal: '102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004',
  },
  {
    name: 'libsodium',
    version: '1.0.18',
    variable: 'LIBSODIUM_SOURCE_DIR',
    probe: 'src/libsodium/include/sodium/crypto_sign_ed25519.h',
    pins: 'cmake/SodiumEd25519.cmake',
    debianOriginal: 'd59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4',
  },
];

export async function prepareLibrarySources() {
  for (const library of LIBRARIES) {
    const given = process.env[library.variable];
    if (given) useGiven(library, resolve(root, given));
    else if (!existsSync(join(build, 'deps', library.name, library.probe))) await obtain(library);
  }
}

/** Links build/deps/<name> to the folder somebody chose, so that everything else finds one place. */
function useGiven(library, folder) {
  if (!existsSync(join(folder, library.probe))) {
    throw new StepError(
      `${library.variable} is ${folder}, which has no ${library.probe}. ` +
        `Point it at the unpacked sources of ${library.name} ${library.version}, or unset it.`,
    );
  }
  const link = join(build, 'deps', library.name);
  if (existsSync(link) && realpathSync(link) === realpathSync(folder)) return;
  rmSync(link, { recursive: true, force: true });
  mkdirSync(join(build, 'deps'), { recursive: true });
  symlinkSync(folder, link);
  say(`✓ ${library.name} from ${library.variable}`);
}

async function obtain(library) {
  const work = join(build, 'deps', `${library.name}.part`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const unpacked = (await fromDebian(library, work)) ?? (await fromUpstream(library, work));
  const target = join(build, 'deps', library.name);
  rmSync(target, { recursive: true, force: true });
  renameSync(unpacked, target);
  rmSync(work, { recursive: true, force: true });
}

/** The unpacked Debian source package, or null where there is none to be had. */
async function fromDebian(library, work) {
  if (!onPath('apt-get') || !onPath('dpkg-source')) return null;
  const started = Date.now();
  if (!(await download(library, work, [])) && !(await downloadWithDerivedEntries(library, work))) {
    say(`… no Debian source package of ${library.name} to be had; trying upstream's archive`);
    return null;
  }
  const files = readdirSync(work);
  const original = files.find((file) => /\.orig\.tar\.[a-z0-9]+$/.test(file));
  checkDigest(`${library.name}: ${original}`, readFileSync(join(work, original)), library.debianOriginal);
  const description = files.find((file) => file.endsWith('.dsc'));
  const result = await capture('dpkg-source', ['--no-check', '-x', description, 'unpacked'], {
    cwd: work,
    log: `source-${library.name}`,
    quiet: true,
  });
  if (result.code !== 0) throw new StepError(`${result.output}\nUnpacking ${description} failed.`);
  say(
    `✓ ${library.name} ${library.version} from the Debian source package  ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return join(work, 'unpacked');
}

async function download(library, work, options) {
  const args = [...options, 'source', '--download-only', library.name];
  const result = await capture('apt-get', args, { cwd: work, log: `source-${library.name}`, quiet: true });
  return result.code === 0 && readdirSync(work).some((file) => file.endsWith('.dsc'));
}

/** Uses a source list of our own under build/, made of the machine's own entries; /etc stays as it is. */
async function downloadWithDerivedEntries(library, work) {
  const entries = derivedSourceEntries();
  if (!entries) return false;
  const folder = join(build, 'deps', 'apt');
  const lists = join(folder, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  writeFileSync(join(folder, 'source.sources'), entries);
  const options = [
    '-o',
    `Dir::Etc::sourcelist=${join(folder, 'source.sources')}`,
    '-o',
    'Dir::Etc::sourceparts=-',
    '-o',
    `Dir::State::Lists=${lists}`,
    '-o',
    `Dir::Cache=${folder}`,
    ...(process.getuid?.() === 0 ? ['-o', 'APT::Sandbox::User=root'] : []),
  ];
  // A third-party entry without sources makes the update fail although the others arrived, so the
  // download decides.
  const refreshed = stamp('apt-sources', entries);
  if (!refreshed.current) {
    const update = await capture('apt-get', [...options, 'update'], {
      log: 'apt-source-update',
      label: 'read the list of source packages',
    });
    update.end(update.code === 0 ? '✓' : '…');
    if (update.code === 0) refreshed.set();
  }
  return download(library, work, options);
}

async function fromUpstream(library, work) {
  const pins = readFileSync(join(root, library.pins), 'utf8');
  const url = /URL "([^"]+)"/.exec(pins)[1];
  const digest = /SHA256 ([0-9a-f]{64})/.exec(pins)[1];
  const bytes = await fetchBytes(url);
  if (!bytes) {
    throw new StepError(
      `Neither a Debian source package nor ${url} could be fetched. Unpack ${library.name} ` +
        `${library.version} somewhere and set ${library.variable} to that folder.`,
    );
  }
  checkDigest(url, bytes, digest);
  writeFileSync(join(work, 'upstream.tar.gz'), bytes);
  mkdirSync(join(work, 'unpacked'));
  await run(
    `${library.name} ${library.version} from ${url}`,
    'tar',
    ['-xzf', 'upstream.tar.gz', '-C', 'unpacked', '--strip-components=1'],
    { cwd: work, log: `source-${library.name}` },
  );
  return join(work, 'unpacked');
}

function checkDigest(what, bytes, wanted) {
  const found = sha256(bytes);
  if (found === wanted) return;
  throw new StepError(`${what} has SHA-256 ${found}, but ${wanted} is pinned. It is not used.`);
}

/** The bytes at an address, or null when they cannot be had soon enough. */
export async function fetchBytes(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
