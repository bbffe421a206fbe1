import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import {
	ProcoreServerFaultError,
	ProcoreUnreachableError,
} from '../../lib/procore/errors/procore-errors';
import { toNodeError } from '../../nodes/shared/to-node-error';

const node = {
	id: '1',
	name: 'Procore',
	type: 'procore',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

test('message, remedy, status and request id are shown; the cause, which may hold a token, is not', () => {
	const error = new ProcoreServerFaultError(
		'Procore refused to list the vendors (HTTP 503): busy',
		{
			remedy: 'Retry the execution.',
			httpStatus: 503,
			requestId: 'req-7',
			address: 'https://api.test/rest',
		},
		{ cause: { headers: { Authorization: 'Bearer abc' } } },
	);
	const shown = toNodeError(node, error, 3);
	expect(shown).toBeInstanceOf(NodeApiError);
	expect(shown).toMatchObject({
		message: error.message,
		httpCode: '503',
		context: { itemIndex: 3 },
	});
	expect(shown.description).toMatch(/^Retry the execution\. .*req-7/);
	expect(JSON.stringify(shown, Object.getOwnPropertyNames(shown))).not.toContain('Bearer');
});

test('n8n does not swap our message for its general one', () => {
	const message = 'Procore did not answer: nobody is listening at that address (ECONNREFUSED)';
	const shown = toNodeError(
		node,
		new ProcoreUnreachableError(message, { remedy: 'Check the address.' }),
	);
	expect(shown).toBeInstanceOf(NodeOperationError);
	expect(shown.message).toBe(message);
});

test('an error n8n made stays the same error', () => {
	const error = new NodeOperationError(node, 'No project is chosen');
	expect(toNodeError(node, error)).toBe(error);
});
