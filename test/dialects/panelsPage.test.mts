import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { panelsSeen } from './exchange.mts';
import { anchorOf, panelsPage } from './panelsPage.mts';

const file = path.resolve('docs/panels.md');
const panels = panelsSeen();

describe('the page about panels', () => {
	if (process.env.UPDATE_DOCS) {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, panelsPage(panels));
	}
	const page = readFileSync(file, 'utf8');

	it('says what the folders say (UPDATE_DOCS=1 writes it)', () => {
		expect(page).toBe(panelsPage(panels));
	});

	it('has a section for each panel, and leads to it', () => {
		const headings = [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading]) => heading ?? '');
		for (const { about } of panels) expect(headings).toContain(about.name);
		const anchors = new Set(headings.map(anchorOf));
		const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target ?? '');
		expect(links.filter((link) => !anchors.has(link))).toEqual([]);
		expect(new Set(links).size).toBe(panels.filter(({ about }) => !about.isCommon).length);
	});

	it('changes with a folder', () => {
		const [first, ...others] = panels;
		const changed = { ...first!, about: { ...first!.about, differs: ['Speaks in riddles.'] } };
		expect(panelsPage([changed, ...others])).toContain('- Speaks in riddles.');
	});
});
