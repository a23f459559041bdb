import { leftExpression } from '../../../nodes/parameters/leftExpression.ts';
import { commaAdvice } from '../../../nodes/parameters/readNumber.ts';
import { idsIn, readIds } from '../../../nodes/parameters/readIds.ts';
import { readServiceId } from '../../../nodes/parameters/readServiceId.ts';
import { readField } from '../../../nodes/orders/readField.ts';

const advice = 'which is the text of an expression: switch the field from Fixed to Expression';

describe('a value that still is the text of an expression', () => {
	it.each([
		['{{ $json.link }}', '{{ $json.link }}'],
		['{{$json.link}}', '{{$json.link }}'],
		['https://www.instagram.com/{{ $json.user }}', '{{ $json.user }}'],
		["{{ 'A-' + $json.row }}", "{{ 'A-' + $json.row }}"],
		["{{ $('Sheet').item.json.row }}", "{{ $('Sheet').item.json.row }}"],
		['{{\n$json.row\n}}', '{{\n$json.row }}'],
	])('is found in %s', (value, shown) => {
		expect(leftExpression(value)).toBe(`holds "${shown}", ${advice}`);
	});

	it('is found among the entries of a list', () => {
		expect(leftExpression(['nice', '{{ $json.comment }}'])).toContain('{{ $json.comment }}');
	});

	it.each([
		'https://www.instagram.com/p/Cx1',
		'{Nice|Great} picture',
		'{{Nice|Great} picture|{Love|Like} it}}',
		'{{ only 5 $ }}',
		'$json.link',
		'',
		12,
		undefined,
		{ link: '{{ $json.link }}' },
	])('is not found in %p', (value) => expect(leftExpression(value)).toBeUndefined());

	it('is refused as an ID, as a service, as a field of an order, and as a number', () => {
		expect(() => readIds('{{ $json.order }}')).toThrow(advice);
		expect(readServiceId('{{ $json.service }}')).toEqual({
			problem: `holds "{{ $json.service }}", ${advice}`,
		});
		for (const name of ['link', 'quantity', 'comments', 'expiry'] as const)
			expect(readField(name, '{{ $json.x }}')).toEqual({
				problem: `holds "{{ $json.x }}", ${advice}`,
			});
		expect(commaAdvice('{{ $json.cost }}')).toBe(': switch the field from Fixed to Expression');
	});

	it('is one refused cell of a watch list, in which the other cells still count', () => {
		const refuse = jest.fn();
		expect(idsIn(['23501', '{{ $json.order }}'], refuse)).toEqual(['23501']);
		expect(refuse).toHaveBeenCalledTimes(1);
	});
});
