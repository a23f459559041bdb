import path from 'node:path';

import { circlesIn, readSource, type SourceFile, sourceFilesIn } from '../support/imports.mts';

/** What the files of a room may use beside each other: packages, files, and folders with all in them. */
interface Room {
	/** A folder, or the files of one that have no room of their own. */
	folder: string;
	mayUse: readonly string[];
}

const vocabulary = 'nodes/panelApi/vocabulary';
const answers = 'nodes/panelApi/answers';
const batches = 'nodes/panelApi/batches';
const calls = 'nodes/panelApi/calls';
const client = 'nodes/panelApi/client.ts';
const panelError = 'nodes/panelApi/panelError.ts';
const transport = 'nodes/panelApi/transport';

/** What all that knows the panel only through its client may use of it. */
const throughClient = [vocabulary, answers, client, panelError];
const ofOperations = [
	'n8n-workflow',
	'zod',
	'nodes/n8n',
	'nodes/parameters',
	'nodes/orders',
	'nodes/catalogue',
	...throughClient,
	batches,
];

/** The rooms of the house. A file belongs to the first whose folder it is in. */
const rooms: readonly Room[] = [
	// The panel's API: neither n8n nor anything of the screen.
	{ folder: vocabulary, mayUse: [] },
	{
		folder: 'nodes/panelApi',
		mayUse: ['zod', 'nodes/isRecord.ts', 'nodes/json.ts', 'nodes/mendJson.ts'],
	},

	// What an order and a catalogue are: they never see a request.
	{ folder: 'nodes/orders', mayUse: ['luxon', 'nodes/parameters', ...throughClient] },
	{
		folder: 'nodes/catalogue',
		mayUse: ['n8n-workflow', 'nodes/n8n', 'nodes/parameters', ...throughClient],
	},
	{ folder: 'nodes/parameters', mayUse: ['n8n-workflow', 'nodes/json.ts'] },

	// The only room that sends the panel's requests through n8n and makes n8n's errors.
	{
		folder: 'nodes/n8n',
		mayUse: [
			'n8n-workflow',
			'crypto',
			'nodes/panelApi',
			'nodes/redact.ts',
			'nodes/secretFinder.ts',
			'package.json',
		],
	},

	// The node. What runs an operation does not know which one it is.
	{ folder: 'nodes/SmmPanel/fields', mayUse: ['n8n-workflow', batches] },
	{ folder: 'nodes/SmmPanel/run', mayUse: ['crypto', 'nodes/isRecord.ts', calls, ...ofOperations] },
	{
		folder: 'nodes/SmmPanel/orders',
		mayUse: ['crypto', 'nodes/SmmPanel/fields', 'nodes/SmmPanel/run', ...ofOperations],
	},
	{
		folder: 'nodes/SmmPanel/resources',
		mayUse: [
			'nodes/SmmPanel/operation.ts',
			'nodes/SmmPanel/fields',
			'nodes/SmmPanel/run',
			'nodes/SmmPanel/orders',
			...ofOperations,
		],
	},
	{ folder: 'nodes/SmmPanel', mayUse: ofOperations },

	// The trigger. A watch list is a download of its own, with the limits that calls of a panel have.
	{
		folder: 'nodes/SmmPanelTrigger/watchList',
		mayUse: [
			'n8n-workflow',
			'nodes/n8n',
			'nodes/parameters',
			'nodes/isRecord.ts',
			'nodes/redact.ts',
			'nodes/SmmPanelTrigger/clipped.ts',
			'nodes/SmmPanelTrigger/polling',
			transport,
		],
	},
	{
		folder: 'nodes/SmmPanelTrigger/polling',
		mayUse: ['crypto', calls, `${transport}/wire.ts`, 'nodes/SmmPanelTrigger', ...ofOperations],
	},
	{ folder: 'nodes/SmmPanelTrigger', mayUse: ofOperations },

	// Texts and secrets: used by all, use nothing.
	{ folder: 'nodes', mayUse: [] },
];

const files = sourceFilesIn('nodes');
const roomOf = (file: string) => rooms.find(({ folder }) => file.startsWith(`${folder}/`));

function isAllowed(room: Room, used: string): boolean {
	return [room.folder, ...room.mayUse].some(
		(allowed) => used === allowed || used.startsWith(`${allowed}/`),
	);
}

function trespassesOf(sources: readonly SourceFile[], room: Room): string[] {
	return sources
		.filter(({ file }) => roomOf(file) === room)
		.flatMap(({ file, uses }) =>
			uses.filter((used) => !isAllowed(room, used)).map((used) => `${file} uses ${used}`),
		);
}

describe('the rooms of the code', () => {
	it.each(rooms)('$folder uses only what it may', (room) => {
		expect(trespassesOf(files, room)).toEqual([]);
	});

	it.each(rooms)('$folder uses all that it may', ({ folder, mayUse }) => {
		const uses = files
			.filter(({ file }) => file.startsWith(`${folder}/`))
			.flatMap((one) => one.uses);
		const isUsed = (allowed: string) =>
			uses.some((used) => used === allowed || used.startsWith(`${allowed}/`));
		const shared = new Set([...throughClient, ...ofOperations]);
		expect(mayUse.filter((allowed) => !shared.has(allowed) && !isUsed(allowed))).toEqual([]);
	});

	it('have no circles between their files', () => {
		expect(circlesIn(files)).toEqual([]);
	});

	it("make n8n's errors in one room, where foreign words are escaped; a download makes its own", () => {
		const makers = files.filter(({ makes }) =>
			makes.some((name) => ['NodeApiError', 'NodeOperationError'].includes(name)),
		);
		expect(makers.map(({ file }) => file)).toEqual([
			'nodes/SmmPanelTrigger/watchList/download.ts',
			'nodes/n8n/nodeError.ts',
		]);
	});

	it('have no two files of one name, save for operations, which are called what n8n stores', () => {
		const names = files
			.map(({ file }) => path.basename(file))
			.filter((name) => name !== 'index.ts' && !name.endsWith('.operation.ts'));
		expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
	});

	it('have no file that is longer than 200 lines, save for tables', () => {
		const long = files.filter(({ lines }) => lines > 200).map(({ file }) => file);
		expect(long).toEqual([`${vocabulary}/errorKinds.ts`, `${vocabulary}/orderFields.ts`]);
	});
});

describe('what finds this out', () => {
	it.each([
		`import { sleep } from 'n8n-workflow';`,
		`import type { INode } from 'n8n-workflow';`,
		`import 'n8n-workflow';`,
		`export { sleep } from 'n8n-workflow';`,
		`export * from 'n8n-workflow';`,
		`let node: import('n8n-workflow').INode;`,
		`const load = async () => await import('n8n-workflow');`,
		`const workflow = require('n8n-workflow');`,
		`import workflow = require('n8n-workflow');`,
	])('sees that the panel API may not have %s', (text) => {
		const file = 'nodes/panelApi/new.ts';
		const room = roomOf(file) as Room;
		expect(trespassesOf([readSource(file, text)], room)).toEqual([`${file} uses n8n-workflow`]);
	});

	it('sees through relative ways, and not what only a comment or a text says', () => {
		const file = 'nodes/panelApi/answers/new.ts';
		const text = `import { htmlOf } from '../../n8n/errorHtml';\n// import 'luxon';\nconst text = "from 'luxon'";`;
		expect(readSource(file, text).uses).toEqual(['nodes/n8n/errorHtml.ts']);
	});

	it('sees a circle, however long, and one file that uses itself', () => {
		const source = (file: string, ...uses: string[]) => ({ file, uses, makes: [], lines: 1 });
		const circle = [source('a', 'b'), source('b', 'c', 'd'), source('c', 'a'), source('d', 'd')];
		expect(circlesIn(circle)).toEqual([
			['a', 'b', 'c', 'a'],
			['d', 'd'],
		]);
		expect(circlesIn([source('a', 'b', 'c'), source('b', 'c'), source('c')])).toEqual([]);
	});

	it('sees what is made', () => {
		expect(readSource('a.ts', 'throw new NodeApiError(new Date(), {});').makes).toEqual([
			'NodeApiError',
			'Date',
		]);
	});
});
