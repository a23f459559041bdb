import { parseCsv } from '../../../../nodes/SmmPanelTrigger/watchList/csv.ts';
import { readWatchList } from '../../../../nodes/SmmPanelTrigger/watchList/readWatchList.ts';

const read = (text: string, idField = 'order') =>
	readWatchList({ text, conceal: (told) => told.replaceAll('hidden-token', '***') }, idField);
const json = JSON.stringify;

describe('a watch list', () => {
	it.each<[string, string, string[]]>([
		['an array of numbers', '[23501, 23502]', ['23501', '23502']],
		['an array of texts, each once', '["a1", "b2", "a1"]', ['a1', 'b2']],
		['IDs too long for a number', '[12345678901234567890]', ['12345678901234567890']],
		['rows', '[{"order": 1, "row": 7}, {"order": "2"}]', ['1', '2']],
		['rows with empty fields', '[{"order": null}, {"order": ""}, {"order": 3}, {}]', ['3']],
		['Airtable', '{"records":[{"id":"rec1","fields":{"order":1}}]}', []],
		['Baserow', '{"count":2,"next":null,"results":[{"id":9,"order":"5"}]}', ['5']],
		['a list two levels deep', '{"ok":true,"data":{"total":1,"orders":[8]}}', ['8']],
		['an empty array', '[]', []],
		['an empty view', '{"results":[]}', []],
		['nothing', '  \n ', []],
		['a byte order mark', '\uFEFForder\n1', ['1']],
		['CSV with commas', 'name,order,x\nAnn,1,2\nBob,2,3\n', ['1', '2']],
		['CSV with semicolons', 'name;order\n"Ann; Bob";1', ['1']],
		['CSV with tabs', 'order\tname\n1\tAnn\r\n2\tBob', ['1', '2']],
		['CSV with quotes', '"order","note"\n"1","said ""so"",\nthen left"\n"2",""', ['1', '2']],
		['CSV with empty cells', 'order,note\n,x\n1,\n', ['1']],
		['a header in other letters', 'Note,Order\nx,1', ['1']],
		['several IDs in a cell', 'order,note\n"1, 2 3",x', ['1', '2', '3']],
		['one column without a header', '1\n2\n\n3', ['1', '2', '3']],
		['one column under another header', 'Panel number\n1\n2', ['1', '2']],
		['one line', '1, 2;3', ['1', '2', '3']],
		['one ID', '23501', ['23501']],
		['rows after an empty list', '{"errors":[],"data":[{"order":23501}]}', ['23501']],
		[
			'rows deep below an empty list',
			'{"meta":{"warnings":[]},"data":{"rows":[{"order":1}]}}',
			['1'],
		],
		['rows after their columns', '{"columns":["id","order"],"rows":[{"id":1,"order":5}]}', ['5']],
		[
			'rows after columns in an object',
			'{"meta":{"columns":["id","order"]},"data":{"rows":[{"id":1,"order":5}]}}',
			['5'],
		],
		['rows after filled warnings', '{"warnings":["7 left"],"data":[{"order":5}]}', ['5']],
		['rows beside a field of that name', '{"order":"asc","data":[{"order":5}]}', ['5']],
		['one row as an object', '{"order":23501,"tags":["vip","7"]}', ['23501']],
		['a list of that name beside others', '{"order":[5,6],"tags":["vip","7"]}', ['5', '6']],
		['a field in other letters', '[{"Order":5,"ORDER ":6}]', ['5']],
		['a field in the same letters first', '[{"Order":5,"order":6}]', ['6']],
		[
			'the API of Google Sheets',
			'{"range":"A1:B2","values":[["order","qty"],["23501","500"]]}',
			['23501'],
		],
		['rows of cells', '[["name","Order"],["Ann",5],[],["Bob"]]', ['5']],
		['rows of one cell', '{"values":[["Order #1"],["5"],["6"]]}', ['5', '6']],
		['rows of one cell without a header', '[[5],[6]]', ['5', '6']],
		['tabs with an empty first header', '\torder\n0\t23501', ['23501']],
		[
			'tabs with an empty first header after an empty line',
			' \n\torder\tname\nTRUE\t23501\tAnn\n',
			['23501'],
		],
		['one column under a header with a digit', 'Order #1\n23501', ['23501']],
		['one column under a header with a digit in the middle', 'Panel 2 order\n23501', ['23501']],
		['words with a digit alone', 'Error 503', []],
		['IDs with letters', 'ord_01HG\nord_02HG', ['ord_01HG', 'ord_02HG']],
	])('is read from %s', (what, text, ids) => {
		const idField = 'order';
		if (what === 'Airtable') expect(read(text, 'fields.order').ids).toEqual(['1']);
		else expect(read(text, idField)).toEqual({ ids, faults: [] });
	});

	it.each([
		['a web page', '<!DOCTYPE html><html></html>', /is a web page.*Publish to web/],
		['cut JSON', '[{"order": 1}, {"ord', /is not valid JSON/],
		['an error object', '{"error": "no"}', /holds no list.*no/],
		['rows without the field', '[{"id": 1, "nr": 2}]', /no field "order".*id, nr/],
		['CSV without the column', 'a,b\n1,2', /no column "order".*a, b/],
		['rows that are no IDs', '[{"order": {"x": 1}}]', /holds an object/],
		['a page without its beginning', '<head><title>Login 2</title></head>', /is a web page/],
		['a page after a comment', '\n<!-- 5 --><html>Sign in</html>', /is a web page/],
		['UTF-16', Buffer.from('\uFEFForder\n23501', 'utf16le').toString('utf8'), /not text in UTF-8/],
		[
			'a title above the header',
			'Orders March\norder;name\n23501;Ann',
			/no column "order" in its first row.*Orders March/,
		],
		['a title above a table of numbers', '2024\nnr;qty\n23501;500', /no column "order"/],
		[
			'rows of cells without the column',
			'[["nr","qty"],[23501,500]]',
			/no column "order".*nr, qty/,
		],
		[
			'rows of cells under the name of the field',
			'{"order":[[1,23501,1000]]}',
			/no column "order"/,
		],
		['one row of cells', '{"columns":[],"rows":[[1,23501,1000]]}', /no column "order"/],
		[
			'several lists without the field',
			'{"columns":["id","nr2"],"data":{"rows":[{"id":1}]}}',
			/several lists, and none has the field "order".*columns, data\.rows/,
		],
		['words that are no IDs', '{"errors":["Sheet 404 not found"],"data":[]}', /no list of IDs/],
	])('is refused with a reason: %s', (_what, text, reason) => {
		expect(() => read(text)).toThrow(reason);
	});

	it.each([
		['an object', json([{ order: 23501 }, { order: { error: '#ERROR!' } }, { order: 23502 }])],
		['a switch', json([{ order: 23501 }, { order: false }, { order: 23502 }])],
		['a fraction', json([{ order: 23501 }, { order: 12.5 }, { order: 23502 }])],
		['a part of a list', json([{ order: [23501, { error: 1 }] }, { order: 23502 }])],
		['a cell of a table', json([['order'], [23501], [true], [23502]])],
	])('is read without what cannot be an ID and reports it: %s', (_what, text) => {
		const { ids, faults } = read(text);
		expect(ids).toEqual(['23501', '23502']);
		expect(faults).toEqual([expect.stringMatching(/^holds (an object|the number)/)]);
	});

	it('is the list that the field leads to, where an object holds several', () => {
		const text = json({ data: { orders: [5, 6], tags: ['7'] } });
		expect(read(text, 'data.orders').ids).toEqual(['5', '6']);
	});

	it('reads no column without a name where no field is named', () => {
		expect(() => read(',order\n0,23501', '')).toThrow('no column ""');
	});

	it('shows no part of a secret in the beginning of a text, not even where it is cut', () => {
		const text = json({ note: 'x'.repeat(55), echo: 'hidden-token' });
		expect(() => read(text)).toThrow(/It begins/);
		expect(() => read(text)).not.toThrow(/hidden|hid/);
	});
});

describe('CSV', () => {
	it('keeps what is in quotes as it is', () => {
		expect(parseCsv('a,"b ""c"", d\ne"\n\n"",f')).toEqual([
			['a', 'b "c", d\ne'],
			['', 'f'],
		]);
	});

	it('reads a megabyte in no time', () => {
		const rows = Array.from({ length: 20_000 }, (_, index) => `"Customer ${index}, x",${index},,y`);
		const start = Date.now();
		expect(parseCsv(rows.join('\n'))).toHaveLength(20_000);
		expect(Date.now() - start).toBeLessThan(1_000);
	});
});
