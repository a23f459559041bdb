import { redirectAdvice } from '../transport/redirectAdvice';
import type { AnsweredCall } from '../transport/wire';

export function isRedirect({ httpStatus }: AnsweredCall): boolean {
	return httpStatus >= 300 && httpStatus < 400;
}

/** Where a redirect leads, why it was not followed, and what that means for the API URL. */
export function redirectDetail({ address, headers }: AnsweredCall): string {
	const target = headers.location ?? 'an unnamed address';
	const advice = address === undefined ? undefined : redirectAdvice(address, target);
	return [
		`The target is ${target}. It was not followed, because that would hand over the API key.`,
		advice,
	]
		.filter(Boolean)
		.join(' ');
}
