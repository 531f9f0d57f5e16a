#!/usr/bin/env node
// Brings a fresh Debian 12 machine (git, Node 20, root or sudo) to the point where assay builds:
// system packages, npm packages, the sources of BearSSL and libsodium, the trust lists. Every step
// looks first whether it is already done. `node cmake/setup.mjs start` leaves out what only the
// tests need.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, main, root, run, say, sha256, stamp, StepError } from './console.mjs';
import { installPackages } from './setup-apt.mjs';
import { prepareLibrarySources } from './setup-sources.mjs';
import { prepareTrustLists } from './setup-trust.mjs';

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new StepError(`assay needs Node 20 or newer; this is ${process.versions.node}.`);
}

async function installNodePackages() {
  const lockfile = join(root, 'package-lock.json');
  if (!existsSync(lockfile)) return;
  const done = stamp('npm', `${sha256(readFileSync(lockfile))} ${process.versions.node}`);
  if (done.current && existsSync(join(root, 'node_modules'))) return;
  await run('install npm packages', 'npm', ['ci', '--ignore-scripts'], {
    log: 'npm-ci',
    advice: 'Check the network and the npm registry setting (`npm config get registry`), then run the command again.',
  });
  done.set();
}

/** `purpose` is "start" (what building and running needs) or "test" (also compilers, linters, browser). */
export async function setUp(purpose) {
  requireNode();
  await installPackages(purpose);
  await installNodePackages();
  await prepareLibrarySources();
  await prepareTrustLists();
}

if (isMain(import.meta.url)) {
  main(async () => {
    await setUp(process.argv[2] === 'start' ? 'start' : 'test');
    say('Set-up is complete.');
  });
}
