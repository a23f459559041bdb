import { Readable } from 'node:stream';

import fc from 'fast-check';

import { endWith } from '../../../../nodes/panelApi/transport/beforeDeadline.ts';
import { ReceivedBytes } from '../../../../nodes/panelApi/transport/receivedBytes.ts';

async function* inParts(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* parts;
}

describe('the bytes of an answer', () => {
	it('are those that arrived, in whatever parts and whatever was announced', async () => {
		const parts = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(parts, fc.option(fc.nat(2_000)), async (sent, announced) => {
				const bytes = new ReceivedBytes(10_000);
				const isWhole = await bytes.takeIn(inParts(sent), new AbortController(), announced ?? NaN);
				expect(isWhole).toBe(true);
				expect(bytes.all).toEqual(Buffer.concat(sent));
			}),
		);
	});

	it.each([1, 7, 100])('are cut at the largest size, in parts of %i', async (size) => {
		const ending = new AbortController();
		const bytes = new ReceivedBytes(50);
		const parts = Array.from({ length: 100 }, (_, index) => new Uint8Array(size).fill(index));
		expect(await bytes.takeIn(inParts(parts), ending)).toBe(false);
		expect(bytes.all).toEqual(Buffer.concat(parts).subarray(0, 50));
		expect(ending.signal.reason).toBe('tooLarge');
	});

	it('may be as many as the largest size', async () => {
		const bytes = new ReceivedBytes(50);
		expect(await bytes.takeIn(inParts([new Uint8Array(50)]), new AbortController())).toBe(true);
	});

	it('stay when the stream breaks off', async () => {
		const bytes = new ReceivedBytes(50);
		const stream = Readable.from(
			(function* () {
				yield Buffer.from('{"order":');
				throw new Error('gone');
			})(),
		);
		await expect(bytes.takeIn(stream, new AbortController())).rejects.toThrow('gone');
		expect(String(bytes.all)).toBe('{"order":');
	});

	it('let go of a stream that waits when the request is ended', async () => {
		const ending = new AbortController();
		const stream = new Readable({ read: () => {} });
		stream.push('{"order":');
		const bytes = new ReceivedBytes(50);
		const outcome = bytes.takeIn(stream, ending);
		setTimeout(() => endWith(ending, 'overTime'), 20);
		await expect(outcome).rejects.toThrow('Premature close');
		expect(stream.destroyed).toBe(true);
		expect(String(bytes.all)).toBe('{"order":');
	});

	it.each([{ order: 1 }, 'text', Buffer.from('x')])(
		'may have been made something of before: %j',
		async (body) => {
			const bytes = new ReceivedBytes(50);
			expect(await bytes.takeIn(body, new AbortController())).toBe(true);
			expect(bytes.all).toBe(body);
		},
	);
});
