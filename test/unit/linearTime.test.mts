import { withLongIdsQuoted } from '../../nodes/json.ts';
import { mendJson } from '../../nodes/mendJson.ts';
import { errorWords } from '../../nodes/panelApi/answers/failureWords.ts';
import { readAnswer } from '../../nodes/panelApi/answers/readAnswer.ts';
import { excerptOf, readBody } from '../../nodes/panelApi/answers/readBody.ts';
import { readOrder } from '../../nodes/panelApi/answers/readOrder.ts';
import { bodyPieces } from '../../nodes/panelApi/transport/bodyPieces.ts';
import type { AnsweredCall } from '../../nodes/panelApi/transport/wire.ts';
import { classifyWords } from '../../nodes/panelApi/vocabulary/errorKinds.ts';
import { foldOrderStatus } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import { readIds } from '../../nodes/parameters/readIds.ts';
import { concealer, cutTextConcealer } from '../../nodes/redact.ts';
import { parseCsv } from '../../nodes/SmmPanelTrigger/watchList/csv.ts';
import { readWatchList } from '../../nodes/SmmPanelTrigger/watchList/readWatchList.ts';
import { excerptForLog } from '../../nodes/n8n/finishDespiteStop.ts';
import { hostileTexts } from '../support/hostileTexts.mts';

jest.setTimeout(120_000);

/** Ten times the text may take twenty times as long, for the sake of busy machines; of a square it would be hundred. */
const mostTimes = 20;
/** Shorter times say nothing, in milliseconds. */
const noticeable = 5;

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
	foldOrderStatus,
	concealer: conceal,
	cutTextConcealer: concealCut,
	parseCsv: (text) => parseCsv(text),
	readWatchList: (text) => readWatchList({ text, conceal }, 'order'),
	readIds,
};

/**
 * What a reader costs for a text, in milliseconds of the processor, which others who use the machine do not change much:
 * the best of some tries. What it makes of the text does not matter.
 */
function timeOf(read: (text: string) => unknown, text: string, tries: number): number {
	const times = Array.from({ length: tries }, () => {
		const start = process.cpuUsage();
		try {
			read(text);
		} catch {
			// A refusal is an answer too.
		}
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

describe('whatever a panel or a list sends is read in time proportional to its length', () => {
	const short = hostileTexts(100_000);
	const long = hostileTexts(1_000_000);

	it.each(Object.entries(readers))('by %s', (_name, read) => {
		const slow = Object.keys(short).filter((what) => {
			const most = mostTimes * Math.max(noticeable, timeOf(read, short[what] ?? '', 3));
			return timeOf(read, long[what] ?? '', 1) > most && timeOf(read, long[what] ?? '', 2) > most;
		});
		expect(slow).toEqual([]);
	});
});
