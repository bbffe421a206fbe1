import type { INode, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Question } from '../../../../lib/report/read/question';
import { renderPage } from '../../../../lib/report/render-page';
import { toItem } from '../../../shared/item-kinds';
import { readObject, readTables } from '../../../shared/read-list';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { tablesProperty } from './tables-property';

export const option: OperationOption = {
	name: 'Page',
	value: 'page',
	action: 'Draw a page of the report',
	description: 'Draw one page of the dashboard as HTML from table rows',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'question',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the visitor asks for, as Read Question gave it',
	},
	tablesProperty(
		'runs, events, parked, watermarks, requests, alerts; of the reconciliation totals, breakdowns and differences',
	),
	{
		displayName: 'Hosts to Link',
		name: 'linkHosts',
		type: 'string',
		default: 'procore.com',
		placeholder: 'e.g. procore.com, n8n.example.com',
		description:
			'Hosts whose pages may be linked, separated by commas; hosts below them count as well. An address in a table that leads elsewhere is shown as text.',
	},
];

export const execute: BatchOperation = async function () {
	const question = readObject<Question & { token?: string | null }>(this, 'question');
	if (question === null) throw new NodeOperationError(this.getNode(), "There is no 'Question'");
	const html = drawn(this.getNode(), {
		question,
		tables: readTables(this, 'tables'),
		now: new Date().toISOString(),
		token: question.token ?? null,
		linkHosts: String(this.getNodeParameter('linkHosts', 0, '')),
	});
	return [[toItem({ html }, 0)]];
};

/** @throws NodeOperationError what the visitor reads in place of the page */
function drawn(node: INode, input: Parameters<typeof renderPage>[0]): string {
	try {
		return renderPage(input);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new NodeOperationError(node, `The page could not be drawn: ${reason}`);
	}
}
