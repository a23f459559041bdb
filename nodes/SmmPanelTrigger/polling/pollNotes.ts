/**
 * What one poll hands to the next in the same process. It is replaced as a whole when a poll has ended, so that a poll
 * that was given up changes nothing.
 */
export interface PollNotes {
	/** The ID to begin with, where the last poll could not ask about all. */
	readonly nextId?: string;
	/** The IDs that the panel refused and that are in the log. */
	readonly reportedIds: ReadonlySet<string>;
	/** What the log says about cells of the watch list that are not IDs. */
	readonly reportedFaults?: string;
	/** The services of a catalogue that is not believed yet. */
	readonly doubted?: ReadonlySet<string>;
}

export const emptyNotes: PollNotes = { reportedIds: new Set() };
