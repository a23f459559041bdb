/** Short keys would blank out ordinary words; no panel gives out keys this short. */
const shortestKey = 6;

/**
 * A function that blanks out the API key wherever a foreign text repeats it, in each way it can be spelled in
 * JSON, in a URL and in a form. Panels do echo keys in their error texts.
 */
export function concealer(key: string): (text: string) => string {
	if (key.trim().length < shortestKey) return (text) => text;
	const spellings = new Set([
		key,
		key.trim(),
		JSON.stringify(key).slice(1, -1),
		// PHP writes slashes in JSON this way.
		JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/'),
		encodeURIComponent(key),
		new URLSearchParams({ key }).toString().slice('key='.length),
	]);
	return (text) => {
		let concealed = text;
		for (const spelling of spellings) concealed = concealed.replaceAll(spelling, '[API key]');
		return concealed;
	};
}
