// The measurements as a picture: for each row, every validator's value over ours, on a logarithmic scale.

const COLOURS = { assay: '#1a7f5a', 'c2pa-web': '#b4531f', 'c2pa-wasm': '#7b4fa3', 'c2pa-ts': '#2b6cb0' };
const ROW = 26;
const LEFT = 300;
const WIDTH = 900;
const TOP = 54;
/** Ten thousand times and a tenth. */
const RANGE = [0.1, 1000];

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function x(ratio) {
  const [least, most] = RANGE.map(Math.log10);
  const at = (Math.log10(Math.min(Math.max(ratio, RANGE[0]), RANGE[1])) - least) / (most - least);
  return (LEFT + at * (WIDTH - LEFT - 30)).toFixed(1);
}

export function plot(rows) {
  const height = TOP + rows.length * ROW + 16;
  const parts = [];
  for (const tick of [0.1, 1, 10, 100, 1000]) {
    parts.push(
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="${TOP - 8}" y2="${height - 12}" class="${tick === 1 ? 'one' : 'tick'}"/>`,
      `<text x="${x(tick)}" y="${TOP - 14}" text-anchor="middle">${tick}×</text>`,
    );
  }
  rows.forEach(({ title, values }, i) => {
    const y = TOP + i * ROW + ROW / 2;
    parts.push(`<text x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${escape(title)}</text>`);
    for (const [column, value] of Object.entries(values)) {
      const name = column.replace(' + lists', '');
      const own = values[column === name ? 'assay' : 'assay + lists'];
      if (own === undefined || name === 'assay') continue;
      const fill = column === name ? COLOURS[name] : 'none';
      parts.push(
        `<circle cx="${x(value / own)}" cy="${y}" r="5" fill="${fill}" stroke="${COLOURS[name]}" stroke-width="2"/>`,
      );
    }
  });
  const keys = Object.entries(COLOURS).filter(([name]) => name !== 'assay');
  keys.forEach(([name, colour], i) => {
    parts.push(
      `<circle cx="${24 + i * 110}" cy="16" r="5" fill="${colour}"/><text x="${36 + i * 110}" y="20">${name}</text>`,
    );
  });
  parts.push(
    `<text x="${WIDTH - 20}" y="20" text-anchor="end">times as much as assay; hollow: official lists loaded</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13">
<style>svg{background:#fff}text{fill:#222}.tick{stroke:#ddd}.one{stroke:#1a7f5a;stroke-width:2}@media (prefers-color-scheme:dark){svg{background:#16181c}text{fill:#ddd}.tick{stroke:#3a3d42}}</style>
${parts.join('\n')}
</svg>
`;
}
