import { withLongIdsQuoted } from '../../nodes/json.ts';
import { checkExtraFields } from '../../nodes/orders/extraFields.ts';
import { mendJson } from '../../nodes/mendJson.ts';
import { errorWords } from '../../nodes/panelApi/answers/failureWords.ts';
import { readAnswer } from '../../nodes/panelApi/answers/readAnswer.ts';
import { excerptOf, readBody } from '../../nodes/panelApi/answers/readBody.ts';
import { readOrder } from '../../nodes/panelApi/answers/readOrder.ts';
import { bodyPieces } from '../../nodes/panelApi/transport/bodyPieces.ts';
import type { AnsweredCall } from '../../nodes/panelApi/transport/wire.ts';
import { classifyWords } from '../../nodes/panelApi/vocabulary/classify.ts';
import { orderStateOf } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import { readIds } from '../../nodes/parameters/readIds.ts';
import { concealer, cutTextConcealer } from '../../nodes/redact.ts';
import { parseCsv } from '../../nodes/SmmPanelTrigger/watchList/csv.ts';
import { readWatchList } from '../../nodes/SmmPanelTrigger/watchList/readWatchList.ts';
import { excerptForLog } from '../../nodes/n8n/finishDespiteStop.ts';
import { hostileTexts } from '../support/hostileTexts.mts';

jest.setTimeout(120_000);

/**
 * Ten times the text may take forty times as long: what makes many small values pays for their memory too, and the
 * machine may be busy. Of a square it would be a hundred times.
 */
const mostTimes = 40;
/** Shorter times say nothing, in milliseconds. */
const noticeable = 2;

const conceal = concealer('secret-key/of+somebody');
const concealCut = cutTextConcealer('secret-key/of+somebody');
const answer = (text: string): AnsweredCall => ({
	kind: 'answered',
	httpStatus: 200,
	headers: {},
	pieces: bodyPieces(Buffer.from(text)),
});

const readers: Record<string, (text: string) => unknown> = {
	withLongIdsQuoted,
	mendJson,
	readBody: (text) => readBody(answer(text), true),
	readAnswer: (text) => readAnswer(answer(text), { mendJson: true, excerptLength: 500 }),
	readOrder: (text) => readOrder(answer(text), new Date()),
	excerptOf: (text) => excerptOf(text, 500),
	excerptForLog: (text) => excerptForLog(answer(text)),
	errorWords: (text) => errorWords({ error: text, message: [text] }),
	classifyWords: (text) => classifyWords(text, 200),
	orderStateOf,
	concealer: conceal,
	cutTextConcealer: concealCut,
	parseCsv: (text) => parseCsv(text),
	readWatchList: (text) => readWatchList({ text, conceal }, 'order'),
	readIds,
	checkExtraFields: (name) =>
		checkExtraFields(
			{ service: '1', orderType: 'default', values: {}, extraFields: [{ name, value: '' }] },
			null,
		),
};

/**
 * How long a reader takes for a text, in milliseconds: the best of some tries. What it makes of it does not matter, nor
 * how busy the machine is: only the time of this thread counts.
 */
function timeOf(read: (text: string) => unknown, text: string, tries: number): number {
	const times = Array.from({ length: tries }, () => {
		const start = process.threadCpuUsage();
		try {
			read(text);
		} catch {
			// A refusal is an answer too.
		}
		const { user, system } = process.threadCpuUsage(start);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

/** From one length to the next, up to a megabyte: what grows with the square is found before it takes minutes. */
const lengths = [1_000, 10_000, 100_000, 1_000_000];
const texts = lengths.map(hostileTexts);

/** The first length at which a text takes a reader out of proportion longer than the one before. */
function slowFrom(read: (text: string) => unknown, what: string): number | undefined {
	let before = 0;
	for (const [step, length] of lengths.entries()) {
		const text = texts[step]?.[what] ?? '';
		const most = mostTimes * Math.max(noticeable, before);
		before = timeOf(read, text, 1);
		// Once more: the garbage of others may have been collected meanwhile.
		if (step > 0 && before > most) before = timeOf(read, text, 1);
		if (step > 0 && before > most) return length;
		if (length < 1_000_000) before = Math.min(before, timeOf(read, text, 2));
	}
	return undefined;
}

describe('whatever a panel or a list sends is read in time proportional to its length', () => {
	it.each(Object.entries(readers))('by %s', (_name, read) => {
		const slow = Object.keys(texts[0] ?? {}).flatMap((what) => {
			const length = slowFrom(read, what);
			return length === undefined ? [] : [`${what}, from ${length} signs`];
		});
		expect(slow).toEqual([]);
	});
});
