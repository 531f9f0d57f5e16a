import { DARK, LIGHT, THEME } from '../../web/src/element/styles.js';

/** Gives the document the colours and marks of the elements, which otherwise exist in their shadow roots only. */
export function adoptTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :root { ${LIGHT} color-scheme: light dark; }
    @media (prefers-color-scheme: dark) { :root { ${DARK} } }
    ${THEME}`);
  document.adoptedStyleSheets.push(sheet);
}
