import { parseArgs } from 'node:util';
import type { Dialect, SandboxOptions } from './contract.mts';

export const HELP = `Usage: npm run sandbox -- [options]

A panel for trying things out: it speaks the SMM panel API v2, costs nothing and delivers nothing.

  --dialect <name>            seed (default), perfectPanel, smartPanel, httpStatus, cmsnt,
                              perfectPanelClone or laravel
  --port <number>             default: a free one
  --pending-seconds <number>  how long an order stays Pending (default 5)
  --delivery-seconds <number> how long its delivery then takes (default 20)
  --speed <number>            so many times faster (default 1)
  --still                     orders stay Pending
  --balance <number>          default 100
  --catalogue-size <number>   generated services beyond the hand-written ones (default 0)
  --latency <milliseconds>    every answer takes so much longer (default 0)
  --jitter <milliseconds>     each request waits up to so long before it counts, so that what is sent
                              at once arrives in any order (default 0)
  --json                      print one line of JSON {url, pageUrl, apiKey}
  --help                      this text
`;

const DIALECTS: Dialect[] = [
	'seed',
	'perfectPanel',
	'smartPanel',
	'httpStatus',
	'cmsnt',
	'perfectPanelClone',
	'laravel',
];

export interface Command {
	wantsHelp: boolean;
	wantsJson: boolean;
	panel: SandboxOptions;
}

/** Reads the flags; throws an error whose message is for the person who typed them. */
export function readCommandLine(flags: string[]): Command {
	const { values } = parseArgs({
		args: flags,
		options: {
			dialect: { type: 'string', default: 'seed' },
			port: { type: 'string', default: '0' },
			'pending-seconds': { type: 'string', default: '5' },
			'delivery-seconds': { type: 'string', default: '20' },
			speed: { type: 'string', default: '1' },
			still: { type: 'boolean', default: false },
			balance: { type: 'string', default: '100' },
			'catalogue-size': { type: 'string', default: '0' },
			latency: { type: 'string', default: '0' },
			jitter: { type: 'string', default: '0' },
			json: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const numberOf = (flag: string, text: string) => {
		const number = Number(text);
		if (text.trim() === '' || !(number >= 0)) {
			throw new Error(`--${flag} wants a number, not "${text}"`);
		}
		return number;
	};
	const dialect = DIALECTS.find((name) => name === values.dialect);
	if (!dialect) {
		throw new Error(`--dialect wants one of ${DIALECTS.join(', ')}, not "${values.dialect}"`);
	}
	const speed = numberOf('speed', values.speed);
	if (speed === 0) throw new Error('--speed wants a number above 0');
	const pace = (flag: 'pending-seconds' | 'delivery-seconds') =>
		(numberOf(flag, values[flag]) * 1000) / speed;

	return {
		wantsHelp: values.help,
		wantsJson: values.json,
		panel: {
			dialect,
			port: numberOf('port', values.port),
			balance: numberOf('balance', values.balance),
			catalogueSize: numberOf('catalogue-size', values['catalogue-size']),
			latencyMs: numberOf('latency', values.latency),
			jitterMs: numberOf('jitter', values.jitter),
			orderLife: values.still
				? 'still'
				: { pendingMs: pace('pending-seconds'), deliveryMs: pace('delivery-seconds') },
		},
	};
}
