// System packages: on Debian installs those that are missing, elsewhere says what to install.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { onPath, run, StepError } from './console.mjs';

// Package -> a file or program that proves it is there, whoever installed it.
const FOR_BUILDING = {
  emscripten: 'em++',
  cmake: 'cmake',
  'ninja-build': 'ninja',
  'nlohmann-json3-dev': '/usr/include/nlohmann/json.hpp',
  googletest: '/usr/src/googletest/CMakeLists.txt',
  'dpkg-dev': 'dpkg-source',
  patch: 'patch',
  'xz-utils': 'xz',
  ccache: 'ccache',
  'ca-certificates': '/etc/ssl/certs/ca-certificates.crt',
};
const FOR_TESTING = {
  ...FOR_BUILDING,
  'g++': 'g++',
  clang: 'clang++',
  'clang-tidy': 'clang-tidy',
  'clang-format': 'clang-format',
  'libclang-rt-14-dev': '/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a',
  'libgtest-dev': '/usr/include/gtest/gtest.h',
  chromium: 'chromium',
};

export const isDebian12 = () => {
  if (!existsSync('/etc/os-release')) return false;
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^ID=debian$/m.test(release) && /^VERSION_ID="12"$/m.test(release);
};

function isPresent([name, proof]) {
  if (name === 'libclang-rt-14-dev') return isInstalled(name);
  return proof.startsWith('/') ? existsSync(proof) : onPath(proof);
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return query.status === 0 && query.stdout.trim() === 'installed'; // not "not-installed"
}

/** The command prefix that runs as root, or null. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return onPath('sudo') ? ['sudo', '--preserve-env=DEBIAN_FRONTEND'] : null;
}

const isListed = (names) => {
  const policy = spawnSync('apt-cache', ['policy', ...names], { encoding: 'utf8' });
  return (policy.stdout.match(/Candidate: (?!\(none\))/g) ?? []).length === names.length;
};

const aptProgress = (line) => /^(Get:\d+|Unpacking \S+|Setting up \S+)/.exec(line)?.[1];

async function aptGet(label, prefix, args) {
  const [command, ...rest] = [...prefix, 'apt-get', '-y', '-o', 'Dpkg::Use-Pty=0', ...args];
  await run(label, command, rest, {
    log: `apt-${args[0]}`,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    progress: aptProgress,
    advice: `Run it by hand to see why: ${[...prefix, 'apt-get', ...args].join(' ')}`,
  });
}

export async function installPackages(purpose) {
  const wanted = purpose === 'start' ? FOR_BUILDING : FOR_TESTING;
  const missing = Object.entries(wanted)
    .filter((entry) => !isPresent(entry))
    .map(([name]) => name);
  if (missing.length === 0) return;
  if (!isDebian12()) throw new StepError(elsewhere(missing));
  const prefix = asRoot();
  const byHand = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (prefix === null) {
    throw new StepError(
      `These packages are missing and this is neither root nor is sudo there. As root run:\n  ${byHand}`,
    );
  }
  if (!isListed(missing)) await aptGet('refresh the package lists', prefix, ['update']);
  const label = `install ${missing.join(' ')}`;
  const install = ['install', '--no-install-recommends', ...missing];
  try {
    await aptGet(label, prefix, install);
  } catch (error) {
    // A list older than the mirror names files that are gone: refresh it once.
    if (!(error instanceof StepError)) throw error;
    await aptGet('refresh the package lists', prefix, ['update']);
    await aptGet(label, prefix, install);
  }
}

function elsewhere(missing) {
  return [
    'This is not Debian 12, so nothing is installed for you. Missing, under their Debian names:',
    `  ${missing.join(' ')}`,
    'Needed: Emscripten 3.1.6 or newer (em++ on PATH), CMake 3.25, Ninja, nlohmann/json 3.11 (header),',
    'GoogleTest sources in /usr/src/googletest, and for the tests clang 14 or newer with clang-tidy and',
    'clang-format, g++ 12 or newer, GoogleTest, Chromium. BearSSL 0.6 and libsodium 1.0.18 are fetched,',
    'or set BEARSSL_SOURCE_DIR and LIBSODIUM_SOURCE_DIR to their unpacked sources.',
  ].join('\n');
}

/** The machine's own Debian archive entries as source entries, in deb822 form; empty when there are none. */
export function derivedSourceEntries() {
  const codename = /^VERSION_CODENAME=(\S+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const files = aptSourceFiles();
  const stanzas = files.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.sources') ? deb822Stanzas(text) : oneLineStanzas(text);
  });
  return stanzas
    .filter((entry) => entry.components.includes('main'))
    .filter((entry) => entry.suites.some((suite) => suite === codename || suite.startsWith(`${codename}-`)))
    .map((entry) =>
      [
        'Types: deb-src',
        `URIs: ${entry.uris.join(' ')}`,
        `Suites: ${entry.suites.join(' ')}`,
        'Components: main',
        ...(entry.signedBy ? [`Signed-By: ${entry.signedBy}`] : []),
        '',
      ].join('\n'),
    )
    .join('\n');
}

function aptSourceFiles() {
  const script =
    'eval "$(apt-config shell f Dir::Etc::sourcelist/f d Dir::Etc::sourceparts/d)"; ' +
    'ls -1 "$f" "$d"/*.list "$d"/*.sources 2>/dev/null || true';
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);

function deb822Stanzas(text) {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1];
    if (!words(field('Types')).includes('deb') || /^no$/i.test(field('Enabled') ?? '')) return [];
    return [
      {
        uris: words(field('URIs')),
        suites: words(field('Suites')),
        components: words(field('Components')),
        signedBy: field('Signed-By'),
      },
    ];
  });
}

function oneLineStanzas(text) {
  return text.split('\n').flatMap((line) => {
    const parts = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.replace(/#.*/, '').trim());
    if (!parts) return [];
    const [, options, uri, suite, components] = parts;
    return [
      {
        uris: [uri],
        suites: [suite],
        components: words(components),
        signedBy: /signed-by=(\S+)/.exec(options ?? '')?.[1],
      },
    ];
  });
}
