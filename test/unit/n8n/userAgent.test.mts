import { readFileSync } from 'node:fs';

import { userAgent } from '../../../nodes/n8n/userAgent.ts';

it('panels see the name and the version of this package', () => {
	const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
		string,
		string
	>;
	expect(userAgent).toBe(`${name}/${version}`);
});
