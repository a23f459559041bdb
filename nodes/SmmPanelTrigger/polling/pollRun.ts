import type { IPollFunctions } from 'n8n-workflow';

import type { PanelClient } from '../../panelApi/client';
import type { PollNotes } from './pollNotes';

/** One poll, as the events see it. */
export interface PollRun {
	poll: IPollFunctions;
	client: PanelClient;
	/** The end of the time for calls, in milliseconds since 1970. */
	deadline: number;
	/** What the poll before noted. */
	notes: PollNotes;
	/** Whether somebody waits for the activation, so that a list without any right ID should stop it. */
	isActivation: boolean;
}
