import { sleep } from 'n8n-workflow';

import type { Clock } from '../panelApi/calls/clock';

/** The time of the machine. Nodes may use no timers but those of n8n. */
export const machineClock: Clock = {
	now: () => Date.now(),
	sleep,
	random: () => Math.random(),
};
