/** How many calls may be under way at a time: enough at first to be quick, few enough not to be taken for an attack. */
const atFirst = 5;
/** More are not quicker on any panel: its answers take longer then. */
export const largestWidth = 20;

/** How many reads of an account may be under way at a time, and how that came about. */
export interface Width {
	calls: number;
	/** What made it so. */
	because: 'start' | 'keepsPace' | 'slower' | Trouble;
	/** When it was last made smaller, in milliseconds since 1970; 0: never. From then on it grows slowly. */
	shrunkAt: number;
	/** How many calls were answered in good time since it changed: as many as there are make a round. */
	inTime: number;
}

/** See `Sign`. */
export type Trouble = 'limit' | 'lost' | 'fault';

/**
 * What a call has shown.
 * - `answer`: it was answered. How long such calls take usually, and how long at their fastest, in milliseconds; whether
 *   as many calls were under way as may be.
 * - `limit`: the panel refused it as one too many. - `lost`: its connection was lost. - `fault`: the panel failed (5xx).
 */
export type Sign =
	| { came: 'answer'; sentAt: number; isFull: boolean; fastest: number; usual: number }
	| { came: Trouble; sentAt: number };

export const firstWidth: Width = { calls: atFirst, because: 'start', shrunkAt: 0, inTime: 0 };

/** A limit and a lost connection may mean that any other call is one too many; the rest only that growing was wrong. */
const least: Readonly<Record<Exclude<Width['because'], 'start' | 'keepsPace'>, number>> = {
	limit: 1,
	lost: 1,
	fault: atFirst,
	slower: atFirst,
};

/** How many calls more a round of answers allows: before the panel showed any trouble, and after it did. */
const firstStep = 5;
const laterStep = 1;

/** Times differ by so much by chance. */
const slowerByMs = 100;
const slowerTimes = 2;

/**
 * How many calls may be under way after a sign: some more after each round of answers in good time, and half of them when
 * the panel does not keep up. After that one more for each round only.
 *
 * Calls that were under way together meet the same trouble together: that is one sign, not several. An answer that came
 * while lanes were free says nothing about more calls.
 * @param now milliseconds since 1970
 */
export function nextWidth(width: Width, sign: Sign, now: number): Width {
	if (sign.sentAt < width.shrunkAt) return width;
	if (sign.came !== 'answer') return shrunk(width, sign.came, now);
	const isSlower = sign.usual > sign.fastest * slowerTimes + slowerByMs;
	if (isSlower) return shrunk(width, 'slower', now);
	if (!sign.isFull || width.calls >= largestWidth) return width;
	const inTime = width.inTime + 1;
	if (inTime < width.calls) return { ...width, inTime };
	const step = width.shrunkAt === 0 ? firstStep : laterStep;
	const calls = Math.min(width.calls + step, largestWidth);
	return { ...width, calls, because: 'keepsPace', inTime: 0 };
}

function shrunk(width: Width, because: keyof typeof least, now: number): Width {
	const half = Math.max(least[because], Math.floor(width.calls / 2));
	// What is below the least for this kind of trouble stays as it is.
	const calls = Math.min(width.calls, half);
	return { calls, because, shrunkAt: now, inTime: 0 };
}
