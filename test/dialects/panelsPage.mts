import type { About, PanelSeen } from './exchange.mts';

const sources: Record<About['source'], string> = {
	document: 'its API document',
	'source code': 'its source code, read',
	'source code, run': 'its source code, run whole',
	clients: 'programs that use it',
	recorded: 'what it was seen to answer',
	reports: 'reports, and what has to be expected',
};

/** The actions in the order in which people meet them. */
const actions = ['add', 'status', 'refill', 'refill_status', 'cancel', 'services', 'balance'];

/** What was decided from the facts of several families, and what no program can see. */
const commonFacts = [
	'## Quantities',
	listOf([
		'Orders that are counted by lines (Custom Comments, Mentions Custom List, Comment Replies) carry the number of their lines as `quantity`. CMSNT, the relatives of Perfect Panel and others refuse them without it, and smmdoc orders its minimum. SmartPanel, NOVA, the Laravel panel and the Express panels count the lines themselves, and no panel is known that it harms; CMSNT sends it to all of its own suppliers.',
		'Packages carry no `quantity`. Some panels want one, most of them 1, others the minimum of the service, and smmdoc refuses 1 where its minimum is higher. After such a refusal the error says how to add it with Extra Fields. Beside a price limit only 1 is possible.',
		'`totalQuantity` of a drip-feed is what was asked for: runs times quantity. There are panels that ignore the runs, and charge and deliver one. The status shows what became of it.',
	]),
	'## Price limits',
	'Maximum Cost, Maximum Total Cost and Maximum Rate are held against the catalogue that the panel shows. An order is refused where the catalogue shows no price, or 0, or a price in another currency than that of the account. What a catalogue does not show cannot be noticed:',
	listOf([
		'rates in another currency than the balance, where the rows do not name it (smmdoc)',
		'taxes and fees that are added to the rate (CMSNT)',
		'what a package costs: its whole rate is counted. The relatives of Perfect Panel charge it per 1,000, notpanel by the minimum.',
		'comments that the panel splits, on panels whose catalogue does not look like that of a SmartPanel',
		'prices that change between the look at the catalogue and the order',
	]),
];

/**
 * The page about the panels that were seen, in Markdown, made from what their folders say about them.
 * @param panels in any order; what any panel may do comes last
 */
export function panelsPage(panels: readonly PanelSeen[]): string {
	const byName = [...panels].sort((one, other) => one.about.name.localeCompare(other.about.name));
	const families = byName.filter(({ about }) => !about.isCommon);
	const common = byName.filter(({ about }) => about.isCommon);
	const answers = panels.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
	return [
		'# Panels',
		'<!-- Made from test/dialects by its test; change the folders there and run it with UPDATE_DOCS=1. -->',
		`What is known of ${families.length} families of panels, and what this package makes of it. ` +
			`Each of the ${answers} answers behind this page is sent to the package by its tests, as the panel writes it, ` +
			'with the outcome that it must have. Your panel may have been made from one of these, and its owner may have ' +
			'changed it: where it behaves differently, the answer it gives is what helps.',
		table(families),
		...families.map(section),
		...commonFacts,
		'## Any panel',
		...common.map(commonSection),
		'## A panel that is not here',
		'It most likely speaks one of these dialects. To add it, put a folder with an `exchanges.json` beside the others in ' +
			'`test/dialects`: what it answers, as it stands, and what has to come of it. The tests find the folder; then write ' +
			'this page again, as CONTRIBUTING says.',
		'',
	].join('\n\n');
}

function table(panels: readonly PanelSeen[]): string {
	const rows = panels.map(({ about, exchanges }) => [
		`[${about.name}](#${anchorOf(about.name)})`,
		sources[about.source],
		String(exchanges.length),
	]);
	return [['Family', 'Known from', 'Answers tested'], ['---', '---', '---'], ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

function section({ about, exchanges }: PanelSeen): string {
	const facts = [
		`**Spoken by:** ${about.spokenBy}`,
		`**Known from:** ${sources[about.source]}`,
		`**Answers tested:** ${countsOf(exchanges)}`,
	];
	return [`## ${about.name}`, facts.join('  \n'), listOf(about.differs)].join('\n\n');
}

function commonSection({ about, exchanges }: PanelSeen): string {
	return [
		`### ${about.name}`,
		`**Seen with:** ${about.spokenBy}  \n**Answers tested:** ${countsOf(exchanges)}`,
		listOf(about.differs),
	].join('\n\n');
}

function countsOf(exchanges: PanelSeen['exchanges']): string {
	return actions
		.map((action) => [action, exchanges.filter((row) => row.action === action).length] as const)
		.filter(([, count]) => count > 0)
		.map(([action, count]) => `${count} of \`${action}\``)
		.join(', ');
}

function listOf(sentences: readonly string[]): string {
	return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

/** The address that a heading has within its page on GitHub. */
export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
}
