import { isAnswered, troubleIn } from '../../../../nodes/SmmPanelTrigger/watching/trouble.ts';
import { PanelError } from '../../../../nodes/panelApi/panelError.ts';
import {
	type ErrorKind,
	errorKindNames,
} from '../../../../nodes/panelApi/vocabulary/errorKinds.ts';

/** Kinds of errors that are about the account or the panel. All others are about the one ID that they came for. */
const troubles: readonly ErrorKind[] = [
	'key',
	'account',
	'rateLimit',
	'unsupportedAction',
	'panelFault',
	'unreachable',
	'connectionLost',
	'notAPanel',
];

describe('an ID that was asked about', () => {
	it.each(errorKindNames)(
		'has an answer about itself, unless the trouble is the panel: %s',
		(kind) => {
			const error = new PanelError(kind, 'x');
			const isTrouble = troubles.includes(kind);
			expect(troubleIn({ error })).toBe(isTrouble ? error : undefined);
			expect(isAnswered({ error })).toBe(!isTrouble);
		},
	);

	it('has an answer if there is a value, and none if it was not asked about any more', () => {
		expect(isAnswered({ value: 1, raw: 1 })).toBe(true);
		expect(isAnswered(undefined)).toBe(false);
	});
});
