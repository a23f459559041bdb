import type { IPollFunctions } from 'n8n-workflow';

import type { PanelClient } from '../../panelApi/client';
import type { TriggerMemory } from './pollMemory';

/** One poll, as the events see it. */
export interface PollRun {
	poll: IPollFunctions;
	client: PanelClient;
	/** The end of this poll's time, in milliseconds since 1970: n8n drops what comes later. */
	deadline: number;
	memory: TriggerMemory;
	/** Whether somebody waits for the activation, so that a list without any right ID should stop it. */
	isActivation: boolean;
}
