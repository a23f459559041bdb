import type { INode } from 'n8n-workflow';

import { panelFailure, userFailure } from '../../../nodes/n8n/nodeError';
import { PanelError } from '../../../nodes/panelApi/panelError';

const funds = new PanelError('funds', 'Not enough funds on balance');

function node(type: string): INode {
	return { id: '1', name: 'Panel', type, typeVersion: 1, position: [0, 0], parameters: {} };
}

describe('the error of a panel call', () => {
	it('has what happened in its message and what to do in its description', () => {
		const { message, description } = panelFailure(node('package.smmPanel'), funds, 0);
		expect(message).toBe('Not enough funds on balance');
		expect(description).toContain('Add funds');
	});

	it("says both in the message of an agent's tool, as agents read nothing else", () => {
		const { message } = panelFailure(node('package.smmPanelTool'), funds, 0, {
			more: 'No order was placed before this one.',
		});
		expect(message).toMatch(
			/^Not enough funds on balance\. Add funds .*\. No order was placed before this one\.$/,
		);
	});
});

describe('the error of something a user has to mend', () => {
	it('shows foreign words as they are, wherever they stand: nothing in them is rendered', () => {
		const hostile = '<img src=x onerror=alert(1)>';
		const { message, description } = userFailure(node('package.smmPanel'), `Order ID ${hostile}`, {
			description: hostile,
			list: [hostile],
		});
		expect(message.replace('\u200b', '')).toBe(`Order ID ${hostile}`);
		expect(message).not.toContain('<img');
		expect(description).toBe(
			'<ul><li>&lt;img src=x onerror=alert(1)&gt;</li></ul>&lt;img src=x onerror=alert(1)&gt;',
		);
	});
});
