import { leftExpression } from './leftExpression';

/** What is wrong with a value that goes out as a text, continuing the name of its field; undefined if nothing is. */
export function textProblem(value: unknown): string | undefined {
	return typeof value === 'object' && value !== null
		? 'must be a text, but holds a list or an object'
		: leftExpression(value);
}
