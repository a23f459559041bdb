import { parseCsv } from '../../nodes/SmmPanelTrigger/watchList/csv.ts';
import { readWatchList } from '../../nodes/SmmPanelTrigger/watchList/readWatchList.ts';

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
		['IDs with letters', 'ord_01HG\nord_02HG', ['ord_01HG', 'ord_02HG']],
	])('is read from %s', (what, text, ids) => {
		const idField = 'order';
		if (what === 'Airtable') expect(readWatchList(text, 'fields.order')).toEqual(['1']);
		else expect(readWatchList(text, idField)).toEqual(ids);
	});

	it.each([
		['a web page', '<!DOCTYPE html><html></html>', /is a web page.*Publish to web/],
		['cut JSON', '[{"order": 1}, {"ord', /is no valid JSON/],
		['an error object', '{"error": "no"}', /holds no list.*no/],
		['rows without the field', '[{"id": 1, "nr": 2}]', /no field "order".*id, nr/],
		['CSV without the column', 'a,b\n1,2', /no column "order".*a, b/],
		['rows that are no IDs', '[{"order": {"x": 1}}]', /holds an object/],
	])('is refused with a reason: %s', (_what, text, reason) => {
		expect(() => readWatchList(text, 'order')).toThrow(reason);
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
