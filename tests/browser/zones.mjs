// Where a text occurs on a screen, as eyes, fingers and screen readers find it: texts and attributes in every open
// shadow root, the tab's title, and names in the accessibility tree.

/** Opens every fold, so that what is folded counts too. */
export const openAll = (page) =>
  page.evaluate(() => {
    const roots = [document];
    for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
      for (const node of root.querySelectorAll('*')) {
        if (node.shadowRoot) roots.push(node.shadowRoot);
        if (node.localName === 'details') node.open = true;
      }
    }
  });

/** Places outside the zone of attached names that say `needle`; `inside` counts those within it. */
export async function placesOf(page, needle) {
  const { inside, outside } = await page.evaluate((text) => {
    const found = { inside: 0, outside: [] };
    const note = (node, value, where) => {
      if (!value.includes(text)) return;
      if (node.closest?.('section.attached') && !where.startsWith('@')) found.inside += 1;
      else found.outside.push(`${node.localName ?? 'document'} ${where}: ${value.slice(0, 200)}`);
    };
    note(document, document.title, 'title');
    const roots = [document];
    for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
      for (const node of root.querySelectorAll('*')) {
        if (node.shadowRoot) roots.push(node.shadowRoot);
        for (const { name, value } of node.attributes) note(node, value, `@${name}`);
        for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) note(node, child.data, 'text');
      }
    }
    return found;
  }, needle);
  return { inside, outside: [...outside, ...(await accessibleNames(page, needle))] };
}

/** Nodes outside the zone whose accessible name, description or value says `needle`. */
async function accessibleNames(page, needle) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('Accessibility.enable');
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const outside = [];
  for (const { ignored, role, name, description, value, backendDOMNodeId } of nodes) {
    const said = [name, description, value].map((part) => String(part?.value ?? '')).join('\n');
    if (ignored || !said.includes(needle) || backendDOMNodeId === undefined) continue;
    const { object } = await session.send('DOM.resolveNode', { backendNodeId: backendDOMNodeId });
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration:
        'function () { return (this.closest ? this : this.parentElement)?.closest("section.attached") != null }',
    });
    if (!result.value) outside.push(`accessible ${role?.value}: ${said.slice(0, 200)}`);
  }
  await session.detach();
  return outside;
}

/** Headings of the zones in the order in which they are drawn, and what each says, inside a summary. */
export const zonesOf = (summary) =>
  summary.evaluate((element) => {
    const root = element.shadowRoot;
    const signer = [...root.querySelectorAll('dt')].find((dt) => dt.textContent === 'Signed by');
    const sections = [...root.querySelectorAll('section.zone')];
    const inOrder = [signer, ...sections].every(
      (node, i, all) => i === 0 || all[i - 1].compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return {
      inOrder,
      signer: signer?.nextElementSibling.textContent ?? '',
      zones: sections.map((section) => ({
        title: section.querySelector('h3').textContent,
        lead: section.querySelector('p')?.textContent ?? '',
        rows: [...section.querySelectorAll('li')].map((row) => row.innerText),
        unsuitable: [...section.querySelectorAll('img, a, svg, [title]')].map((node) => node.localName),
        size: Number.parseFloat(getComputedStyle(section).fontSize),
        names: [...section.querySelectorAll('.name')].map((node) => node.localName),
      })),
      size: Number.parseFloat(getComputedStyle(signer.nextElementSibling).fontSize),
    };
  });
