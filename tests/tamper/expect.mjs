// What may become of a tampered file, as data: classes of outcomes, and for each region of a file the outcomes that
// are allowed besides a refusal. Everything that is not listed here has to be refused.

/**
 * refused   state "invalid" with a failure code
 * gone      no credentials, several stores or a broken store, and the report says which
 * noted     the state stays, and the report says something that it did not say before
 * weaker    still valid, but no longer trusted, or the content is said to be unchecked
 * same      the same report
 * rolledBack  the state stays, because an earlier manifest of the same content is the active one now, and what is
 *           left of the later one is listed as uncovered
 * changed   the state stays, but the report shows other content: never allowed
 */

/**
 * What a reader is shown of the signed record. Times, statuses and the kind of file may differ, this may not. Labels and addresses are
 * names that the store gives its boxes, not statements.
 */
function shown(report) {
  const manifests = report.manifests.map((m) => [
    m.kind,
    m.title,
    m.format,
    m.claimGenerator,
    m.assertions.map(({ label, integrity, origin, data }) => [label, integrity, origin, data]),
    m.actions,
    m.ingredients.map(({ title, format, relationship, integrity }) => [title, format, relationship, integrity]),
  ]);
  const signer = report.signer && [report.signer.name, report.signer.certificate];
  return JSON.stringify([signer, report.origin, report.identities, report.attached, manifests]);
}

const remarks = (report) =>
  JSON.stringify([
    report.statuses.filter(({ kind }) => kind !== 'success').map(({ code, url }) => [code, url]),
    [report, ...(report.stream?.segments ?? [])].map(({ uncovered }) =>
      uncovered.map(({ kind, length, within }) => [kind, length, within]),
    ),
    report.facets,
    report.limits,
  ]);

/** What the base's report is compared by. */
export const essence = (report) => ({
  state: report.state,
  shown: shown(report),
  remarks: remarks(report),
  manifests: report.manifests.map(({ label }) => label),
});

/** An earlier manifest is the active one, and what stood after it is listed. */
function isRolledBack(base, report) {
  const leftover = report.uncovered.some(({ kind, within }) => within === 'store' && kind !== 'padding');
  return base.manifests.indexOf(report.manifests[0].label) > 0 && leftover;
}

/** @param {ReturnType<typeof essence>} base */
export function classify(base, report) {
  if (report.state === 'none') return 'gone';
  if (report.state === 'invalid') {
    const failed = report.statuses.some(({ kind }) => kind === 'failure');
    if (!failed) return 'changed';
    return ['multiple', 'broken', 'unreachable'].includes(report.facets.presence) ? 'gone' : 'refused';
  }
  if (report.state !== base.state) return 'weaker';
  if (shown(report) !== base.shown) return isRolledBack(base, report) ? 'rolledBack' : 'changed';
  return remarks(report) === base.remarks ? 'same' : 'noted';
}

const flags = 'the flags of a description outside every hash; other values are listed as uncovered (R-202)';

/** Regions whose bytes no signature or hash covers: what may come of a change there, and why. */
export const ALLOWED = {
  carrier: { classes: ['noted'], why: 'the pointer to a Merkle box, listed when it points nowhere (R-141)' },
  'carrier.crc': { classes: ['noted'], why: 'the CRC of the chunk around the store' },
  'carrier.version': { classes: ['same'], why: 'the minor version of the GIF extension is ignored (R-133)' },
  'carrier.instance': { classes: ['same'], why: 'the number of the box, equal in its packets, means nothing (R-120)' },
  'carrier.sequence': { classes: ['same'], why: 'packets counted from 0 are as much in order as from 1 (R-121)' },
  'excluded:box:ftyp': { classes: ['same', 'noted'], why: 'every report lists the box as uncovered (R-520)' },
  'merkle.header': { classes: ['noted'], why: 'with all leaves at hand no proof is needed; the box is listed (R-144)' },
  'merkle.content': { classes: ['noted'], why: 'as above; a proof that names another tree proves nothing' },
  'store.header': { classes: ['same'], why: 'the length 0 means: to the end, which is the same length (R-201)' },
  'store.toggles': { classes: ['noted'], why: flags },
  'manifest.header': { classes: ['rolledBack'], why: 'an update manifest that is gone leaves the manifest before it' },
  'manifest.type': { classes: ['rolledBack'], why: 'as above; what stands there is listed as uncovered' },
  'manifest.toggles': { classes: ['noted'], why: flags },
  'manifest.label': {
    classes: ['same', 'noted', 'rolledBack'],
    why: 'nothing refers to the active manifest by its label when its references are relative (R-222)',
  },
  'assertions.toggles': { classes: ['noted'], why: flags },
  'assertion.lastLength': {
    classes: ['same', 'noted'],
    why: 'the length 0 means: to the end of the assertion store, which is the same; no hash covers it (R-201, R-207)',
  },
  'claim.toggles': { classes: ['noted'], why: flags },
  'signature.toggles': { classes: ['noted'], why: flags },
  'cose.unprotected.name': { classes: ['noted'], why: 'a header that nobody knows is listed as uncovered' },
  'cose.unprotected.pad': { classes: ['noted'], why: 'padding that is not zero is listed as uncovered (R-613)' },
  'cose.unprotected.sigTst2': {
    classes: ['noted', 'weaker', 'same'],
    why: 'the time is then not attested (R-811), or a part of the CMS changed that its signature leaves out',
  },
  'cose.unprotected.rVals': { classes: ['noted'], why: 'revocation is then not checked (R-836)' },
  'cose.unprotected.x5chain': { classes: ['weaker'], why: 'the certificates of old files are not signed (R-610)' },
};

const permits = (name, outcome) => name.split('+').some((part) => ALLOWED[part]?.classes.includes(outcome));
const isFree = (name) => name.split('+').some((part) => part in ALLOWED);

/** Whether a mutant may be anything but refused. */
export const mayStay = ({ touched, expected }) =>
  expected ? expected.some((outcome) => outcome !== 'refused' && outcome !== 'gone') : touched.every(isFree);

/** Whether an outcome is allowed where the bytes of these regions were changed. */
export function allowed(outcome, names) {
  if (outcome === 'refused' || outcome === 'gone') return true;
  if (outcome === 'rolledBack') {
    // The later manifest does not count any more, so whatever else was changed in it does not, either.
    return (
      names.some((name) => permits(name, outcome)) && !names.some((name) => /^(content|ingredient|excluded)/.test(name))
    );
  }
  if (!names.every(isFree)) return false;
  // Silence only where every single change may be silent; else one of the changes has to explain the outcome.
  return outcome === 'same'
    ? names.every((name) => permits(name, outcome))
    : names.some((name) => permits(name, outcome));
}
