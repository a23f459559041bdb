/** How much faster than real ones the deadlines of the package pass in tests. */
export const haste = 100;

/** Lets the deadlines of the package pass faster, until the function that it returns is called. */
export function hastenDeadlines(): () => void {
	const real = AbortSignal.timeout;
	AbortSignal.timeout = (milliseconds) => real.call(AbortSignal, Math.ceil(milliseconds / haste));
	return () => {
		AbortSignal.timeout = real;
	};
}
