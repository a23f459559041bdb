import {
	isComplete,
	readWatchList,
} from '../../../../nodes/SmmPanelTrigger/watchList/readWatchList.ts';

const read = (text: string, idField = 'order') =>
	readWatchList({ text, conceal: (told) => told }, idField);
const json = JSON.stringify;

const query = {
	version: '0.6',
	status: 'ok',
	table: {
		cols: [
			{ id: 'A', label: 'Order', type: 'number' },
			{ id: 'B', label: '', type: 'string' },
		],
		rows: [{ c: [{ v: 23501, f: '23,501' }, { v: 'x' }] }, { c: [null, { v: 'y' }] }],
	},
};

describe('a watch list in the form of a program', () => {
	it.each<[string, string, string[]]>([
		['CSV that names its delimiter', 'sep=;\norder;"a, b"\n23501;x', ['23501']],
		['the same in quotes', '"sep=|"\r\nname|order\r\nAnn|23501', ['23501']],
		['JSON behind a guard', ")]}'\n[23501]", ['23501']],
		[
			"Google's answer to a query",
			`/*O_o*/\ngoogle.visualization.Query.setResponse(${json(query)});`,
			['23501'],
		],
		['whole numbers with a point', '[{"order":23501.0}]', ['23501']],
		[
			'decorated IDs',
			'order\n#23501\n\'23502\n"=""23503"""\n23504.0',
			['23501', '23502', '23503', '23504'],
		],
		['the same without a heading', "#23501\n'23502\n23503.0", ['23501', '23502', '23503']],
	])('is read: %s', (_what, text, ids) => expect(read(text)).toEqual({ ids, faults: [] }));
});

describe('a watch list with cells that would have to be guessed', () => {
	it.each([
		['a number in groups', 'order\n"23,501"\n23502', '23502', 'written in groups'],
		['one column with commas in a number', '23,501\n23502', '23502', 'written in groups'],
		['one column with blanks in a number', '23501\n1 234 567', '23501', 'written in groups'],
		['an error of a sheet', 'order,x\n#REF!,1\n23502,2', '23502', 'missing value'],
		['an error above a column', '#REF!\n23502', '23502', 'missing value'],
		['a sheet that loads', 'order\nLoading...\n23502', '23502', 'missing value'],
		['a shortened number', json([{ order: '1.2E+11' }, { order: 23502 }]), '23502', 'shortened'],
		['the same as a number', '[1.2346E+11, 23502]', '23502', 'shortened'],
		['words', json([{ order: 'Order 23501' }, { order: 23502 }]), '23502', 'more than an ID'],
		['two signs in a number', json(['1.234,5', 23502]), '23502', 'written in groups'],
	])('is read without them: %s', (_what, text, id, why) => {
		const list = read(text);
		expect(list).toEqual({ ids: [id], faults: [expect.stringContaining(why)] });
		expect(isComplete(list)).toBe(false);
	});

	it.each([
		['a column in groups', 'order,x\n"23,501",1', /^holds "23,501", a number written in groups/],
		['a line that is a number in groups', '23,501', /^holds "23,501", a number written in groups/],
		[
			"Baserow's own column of that name",
			json({ results: [{ id: 7, order: '1.00000000000000000000', Panel: '23501', note: 'x' }] }),
			/"1\.0+", a number with decimals.*no ID in the field "order"\. Enter one of these as ID Field: id, Panel$/,
		],
		[
			'the same as CSV',
			'order,note,panel id\n1.00000000000000000000,x,23501',
			/no ID in the field "order"\. Enter one of these as ID Field: panel id$/,
		],
		[
			'the same as a number',
			'[{"order":1.000000,"panel":23501}]',
			/no ID in the field "order"\. Enter one of these as ID Field: panel$/,
		],
		[
			'Airtable, whose fields are within a field',
			json({
				records: [{ id: 'recA', createdTime: 'today', fields: { order: 23501, note: 'x' } }],
			}),
			/no field "order".*Enter one of these as ID Field: fields\.order$/,
		],
	])('is refused, with what could be meant: %s', (_what, text, reason) => {
		expect(() => read(text)).toThrow(reason);
	});

	it.each([
		['a row of 5 MB', `[{"${'x'.repeat(5_000_000)}": 1}]`],
		['5 MB of columns', `${'name,'.repeat(1_000_000)}end\n1,2`],
		['a cell of 5 MB', json([{ order: `a ${'b'.repeat(5_000_000)}` }])],
		['lists with long names', `{"${'x'.repeat(3_000_000)}":[1,2],"y":["a"]}`],
	])('is refused in few words, whatever it holds: %s', (_what, text) => {
		let message = '';
		try {
			read(text);
		} catch (error) {
			({ message } = error as Error);
		}
		expect(message).not.toBe('');
		expect(message.length).toBeLessThan(800);
	});

	it('shows no part of a secret that a cell or a name repeats, not even where it is cut', () => {
		const conceal = (told: string) => told.replaceAll('hidden-token', '***');
		for (const padding of [40, 50, 55, 70, 75, 90]) {
			const long = `a ${'x'.repeat(padding)} hidden-token`;
			for (const text of [json([{ order: long }]), json([{ [long]: 1 }]), `nr,${long}\n1,2`]) {
				const read = () => conceal(readWatchList({ text, conceal }, 'order').faults.join());
				let told = '';
				try {
					told = read();
				} catch (error) {
					told = conceal((error as Error).message);
				}
				expect(told).not.toMatch(/hidden|hid/);
			}
		}
	});

	it.each([
		['IDs', '23501\n23502', true],
		['rows without an ID yet', 'order,x\n23501,1\n,2', true],
		['nothing', '', false],
		['a sheet that loads', 'Loading...', false],
		['a heading alone', 'order\n', false],
		['an empty list', '[]', false],
		['a broken cell', 'order\n#REF!\n23501', false],
	])('says whether it is complete: %s', (_what, text, expected) => {
		expect(isComplete(read(text))).toBe(expected);
	});

	it('names no more columns than a message has room for', () => {
		const names = Array.from({ length: 200 }, (_, index) => `${'a long name '.repeat(5)}${index}`);
		const row = Object.fromEntries(names.map((name, index) => [name, 23501 + index]));
		let message = '';
		try {
			read(json([row]));
		} catch (error) {
			({ message } = error as Error);
		}
		expect(message).toMatch(/0, a long.* and 197 more\. Enter one of these as ID Field: a long/);
		expect(message.length).toBeLessThan(700);
	});

	it('takes less than a second of the processor with 100,000 IDs, in each form', () => {
		const ids = Array.from({ length: 100_000 }, (_, index) => String(10_000_000 + index));
		for (const text of [
			ids.join('\n'),
			ids.join(', '),
			`order,name\n${ids.map((id) => `${id},"Ann, B"`).join('\n')}`,
			json(ids.map((order) => ({ order, name: 'Ann' }))),
		]) {
			const start = process.cpuUsage();
			expect(read(text).ids).toHaveLength(ids.length);
			const { user, system } = process.cpuUsage(start);
			expect((user + system) / 1000).toBeLessThan(1_000);
		}
	});
});
