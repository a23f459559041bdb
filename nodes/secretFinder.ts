import { inBase64, shortestKey } from './redact';

/** Shorter texts are soon met by chance. */
const shortestCore = 4;
/** A step has to fit into a byte. */
const longestCore = 200;

/**
 * A quick look whether bytes (UTF-8) can hold a secret at all, in any spelling that `concealer` knows: false only where
 * it surely has nothing to blank out. Hardly any answer holds the key, and a catalogue has megabytes: this looks at two
 * signs in thirty of them, where a pattern looks at each.
 *
 * All spellings have letters and digits in common that no program changes. These are looked for, all at the same time, as
 * Wu and Manber do it: each pair of signs says how far the next one worth a look is.
 */
export function secretFinder(secret: string): (bytes: Uint8Array) => boolean {
	const key = secret.trim();
	if (key.length < shortestKey) return () => false;
	const texts = [longestWord(key), ...inBase64(key).map(longestWord)];
	const length = Math.min(longestCore, ...texts.map((text) => text.length));
	if (length < shortestCore) return () => true;
	const [asItIs, ...encoded] = texts.map((text) => text.slice(0, length));
	const cores = [eitherCase(asItIs as string), ...encoded.map(exactly)];
	const steps = stepsBetween(cores, length);
	return (bytes) => {
		for (let last = length - 1; last < bytes.length; ) {
			const step = steps[pair(bytes[last - 1] as number, bytes[last] as number)] as number;
			if (step === 0 && cores.some((core) => standsAt(core, bytes, last - length + 1))) return true;
			last += step || 1;
		}
		return false;
	};
}

/** For each sign of a text the codes that it may have. */
type Core = ReadonlyArray<readonly number[]>;

function longestWord(text: string): string {
	const words = text.match(/[a-z\d]+/gi) ?? [];
	return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

const codeOf = (sign: string) => sign.charCodeAt(0);

function eitherCase(text: string): Core {
	return [...text].map((sign) => [codeOf(sign.toLowerCase()), codeOf(sign.toUpperCase())]);
}

function exactly(text: string): Core {
	return [...text].map((sign) => [codeOf(sign)]);
}

function pair(first: number, second: number): number {
	return (first << 8) | second;
}

/** For each pair of signs, how far behind it the end of one of these texts is at the least. */
function stepsBetween(cores: readonly Core[], length: number): Uint8Array {
	const steps = new Uint8Array(pair(255, 255) + 1).fill(length - 1);
	for (const core of cores) {
		for (let second = 1; second < length; second++) {
			for (const first of core[second - 1] ?? []) {
				for (const next of core[second] ?? []) {
					const met = pair(first, next);
					steps[met] = Math.min(steps[met] as number, length - 1 - second);
				}
			}
		}
	}
	return steps;
}

function standsAt(core: Core, bytes: Uint8Array, start: number): boolean {
	return core.every((codes, index) => codes.includes(bytes[start + index] as number));
}
