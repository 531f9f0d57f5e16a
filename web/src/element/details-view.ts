import type { Assertion, CertificateInfo, Ingredient, Manifest, Name, Report, Status } from '../report.js';
import {
  assertionWords,
  deltaWords,
  notesOf,
  NO_TRUST_LIST,
  originWords,
  statementLine,
  UNVERIFIED_WARNING,
  ZONES,
} from '../words.js';
import { el, fold, list, nameNode, note, type Child } from './dom.js';
import { peopleView } from './people-view.js';

const LONGEST_DATA = 20_000;

/** Everything below the summary, folded: codes, assertions by who stands for them, certificates, lists. */
export function detailsView(report: Report, valid: boolean): Child[] {
  return [
    // A record that is no part of this file's history stays out.
    ...report.manifests.map((manifest, i) => (manifest.reached ? manifestView(report, i, valid) : null)),
    report.statuses.length === 0 ? null : fold(ZONES.codes, list(worstFirst(report.statuses).map(statusView), 'plain')),
    notesView(report),
    fold('Trust lists used', trustView(report)),
  ];
}

export function notesView(report: Report): HTMLElement | null {
  const notes = notesOf(report);
  return notes.length === 0 ? null : fold('What else to know', list(notes));
}

function manifestView(report: Report, index: number, valid: boolean): HTMLElement | null {
  const manifest = report.manifests[index];
  if (manifest === undefined) return null;
  const title = index === 0 ? 'What the record says' : `Earlier record: ${manifest.title || manifest.label}`;
  // The warning is repeated at the head of each block that may not be what the signer said.
  const warning = valid && manifest.state !== 'invalid' ? null : el('p', 'warning', UNVERIFIED_WARNING);
  return fold(
    title,
    warning,
    el('dl', '', ...manifestRows(manifest, valid)),
    // The summary of a valid record has those of its own already.
    index === 0 && valid ? null : peopleView(report, index),
    assertionsView(manifest.assertions),
    manifest.ingredients.length === 0 ? null : el('h4', '', ZONES.ingredients),
    list(manifest.ingredients.map(ingredientView)),
    manifest.signer === null ? null : certificatesView(manifest.signer.path),
  );
}

function manifestRows(manifest: Manifest, valid: boolean): Child[] {
  // A manifest by itself may be fine although it does not belong to this file: then its state would mislead.
  const state = valid ? `, ${manifest.state}` : '';
  const rows: [string, string][] = [
    ['Title', manifest.title],
    ['Kind', `${manifest.kind}, claim version ${manifest.claimVersion}${state}`],
    ['Label', manifest.label],
    ['Instance', manifest.instanceId],
    ['Redacted', manifest.redactions.join(', ')],
  ];
  return rows.filter(([, text]) => text !== '').flatMap(([label, text]) => [el('dt', '', label), el('dd', '', text)]);
}

/** Created and gathered assertions stand in columns of their own: only the first are the signer's statements. */
function assertionsView(assertions: readonly Assertion[]): HTMLElement {
  const origins = Array.from(new Set(assertions.map((assertion) => assertion.origin))).sort();
  const columns = origins.map((origin) => {
    const own = assertions.filter((assertion) => assertion.origin === origin);
    return el('div', '', el('h4', '', originWords(origin)), ...own.map(assertionView));
  });
  return el('div', 'columns', ...columns);
}

function assertionView(assertion: Assertion): HTMLElement {
  const title = `${assertion.label} · ${assertionWords(assertion)}`;
  const line = statementLine(assertion);
  const says = line === undefined ? null : el('p', 'says', el('strong', '', line.title), ' ', el('bdi', '', line.text));
  if (assertion.data === undefined) return el('div', '', el('p', 'note', title), says);
  const text = JSON.stringify(assertion.data, null, 2);
  // The data's own line breaks are ours; those of the file were escaped by stringify.
  const shown = text.length > LONGEST_DATA ? `${text.slice(0, LONGEST_DATA)}…` : text;
  const block = el('pre');
  block.append(...shown.split('\n').flatMap((line, i) => [i === 0 ? '' : '\n', el('span', '', line)]));
  return el('div', '', fold(title, block), says);
}

function ingredientView(ingredient: Ingredient): HTMLElement {
  const state =
    ingredient.integrity === 'noManifest' ? 'without credentials of its own' : `record ${ingredient.integrity}`;
  const parts = [ingredient.relationship, ingredient.format, state, deltaWords(ingredient)].filter(
    (part) => part !== '',
  );
  return el('div', '', nameNode(ingredient.title || ingredient.label), note(parts.join(' · ')));
}

function certificatesView(path: readonly CertificateInfo[]): HTMLElement {
  return fold(ZONES.certificates, list(path.map(certificateView)));
}

function certificateView(certificate: CertificateInfo): HTMLElement {
  const { notBefore, notAfter, keyType, signatureAlgorithm, serialNumber, sha256 } = certificate;
  return el(
    'div',
    '',
    nameNode(nameText(certificate.subject)),
    note(`issued by ${nameText(certificate.issuer)}`),
    note(`${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)} · ${keyType} · ${signatureAlgorithm}`),
    note(`serial ${serialNumber} · SHA-256 ${sha256}`),
  );
}

const nameText = (name: Name): string =>
  [name.commonName, name.organization, name.country].filter(Boolean).join(', ') || 'unnamed';

const ORDER: readonly Status['kind'][] = ['failure', 'informational', 'success'];

const worstFirst = (statuses: readonly Status[]): Status[] =>
  ORDER.flatMap((kind) => statuses.filter((status) => status.kind === kind));

const TONES = { success: 'neutral', informational: 'neutral', failure: 'invalid' } as const;

function statusView(status: Status): HTMLElement {
  return el(
    'div',
    'status',
    el('span', `kind tone-${TONES[status.kind]}`, status.kind),
    el('code', '', status.code),
    note(status.explanation),
    status.url === '' ? null : note(status.url),
  );
}

function trustView(report: Report): HTMLElement {
  if (report.trustLists.length === 0) return el('p', 'more', NO_TRUST_LIST);
  return list(
    report.trustLists.map(({ name, role, issued, anchors, sha256 }) =>
      el(
        'div',
        '',
        nameNode(name),
        note(`for ${role}s · ${anchors} certificates${issued === undefined ? '' : ` · issued ${issued.slice(0, 10)}`}`),
        note(`SHA-256 ${sha256}`),
      ),
    ),
  );
}
