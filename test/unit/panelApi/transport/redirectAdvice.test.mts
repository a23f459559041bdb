import { redirectAdvice } from '../../../../nodes/panelApi/transport/redirectAdvice.ts';

const api = 'https://panel.example/api/v2';

describe('what a redirect means for the API URL', () => {
	it.each<[string, string, string, string]>([
		[
			'a missing slash',
			api,
			`${api}/`,
			`Change the API URL in the credential to ${api}/: the slash at the end is missing.`,
		],
		[
			'a missing slash, named by a path',
			api,
			'/api/v2/',
			`Change the API URL in the credential to ${api}/: the slash at the end is missing.`,
		],
		[
			'a slash too many',
			`${api}/`,
			api,
			`Change the API URL in the credential to ${api}, without the slash at the end.`,
		],
		[
			'https in the place of http',
			'http://panel.example/api/v2',
			api,
			`Change the API URL in the credential to ${api}: this panel wants https.`,
		],
		[
			'another host',
			api,
			'https://www.panel.example/api/v2/',
			"Change the API URL in the credential to https://www.panel.example/api/v2/, if that is the panel's own address.",
		],
		[
			'another page',
			api,
			'https://panel.example/login?next=secret#x',
			'If https://panel.example/login is the address on the API page of the panel, change the API URL in the credential to it.',
		],
		[
			'a way back to http',
			api,
			'http://panel.example/api/v2',
			'The target, http://panel.example/api/v2, is not encrypted: copy the API URL from the API page of the panel.',
		],
	])('%s', (_what, from, to, advice) => {
		expect(redirectAdvice(from, to)).toBe(advice);
	});

	it('shows no password and no query, as keys may be in them', () => {
		const advice = redirectAdvice(
			`${api}?key=secret`,
			`https://user:secret@panel.example/api/v2/?key=secret`,
		);
		expect(advice).toContain(`${api}/:`);
		expect(advice).not.toContain('secret');
	});

	it.each([
		[api, ''],
		[api, api],
		[api, 'ftp://panel.example/'],
		[api, 'http://['],
		['nonsense', 'https://panel.example/'],
	])('is nothing where nothing can be said: %s to "%s"', (from, to) => {
		expect(redirectAdvice(from, to)).toBeUndefined();
	});
});
