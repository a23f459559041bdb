import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { showHint } from '../run/executionHint';
import { placementFailure, placementProblems } from './placementFailure';
import { placementItem } from './placementItem';
import { type Reported, reportOn } from './report';

/**
 * The items for all rows, in the order of the input.
 * @throws the error for what went wrong, unless the user chose to continue on error
 */
export function reportPlacements(
	node: IExecuteFunctions,
	reported: readonly Reported[],
): INodeExecutionData[] {
	const report = reportOn(reported, node.continueOnFail());
	if (report.ends === 'failure') throw placementFailure(node, report);
	if (report.ends === 'problems') throw placementProblems(node, report);
	if (report.recalled > 0) {
		const some = `${report.recalled} of ${reported.length} orders`;
		showHint(node, `${some} were already placed in an earlier attempt and weren't placed again.`);
	}
	return report.rows.map(({ row, result }) => placementItem(node, row, result));
}
