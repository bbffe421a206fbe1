import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

import {
	ProcoreServerFaultError,
	ProcoreUnreachableError,
} from '../../lib/procore/errors/procore-errors';
import { LeaseLostError } from '../../lib/run/run';
import { heardFault, tellingCaller, toNodeError } from '../../nodes/shared/to-node-error';

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

/** What n8n hands to the workflow that called the failed one: an error made anew of the old one's message. */
async function heardByCaller(mode: string, error: Error): Promise<string> {
	const context = { getMode: () => mode } as unknown as IExecuteFunctions;
	const thrown = await tellingCaller(context, async () => {
		await Promise.resolve();
		throw toNodeError(node, error);
	}).catch((one: Error) => one);
	const given = { ...thrown, message: thrown.message };
	return new NodeOperationError(node, given, given).message;
}

test('a called workflow tells its caller what happened, what to do, and the code to decide by', async () => {
	const lost = new LeaseLostError('r1', { run_id: 'r2', execution_id: '77' });
	const heard = await heardByCaller('integrated', lost);
	expect(heardFault(heard)).toEqual({
		message: lost.message,
		remedy: lost.remedy,
		code: 'lease-lost',
	});
});

test.each(['ECONNREFUSED', 'econnreset', 'EAI_AGAIN', 'getaddrinfo', 'two: ENOTFOUND, ETIMEDOUT'])(
	'a message that n8n would swap for a general one comes through: %s',
	async (name) => {
		const message = `Procore did not answer: ${name}`;
		const error = new ProcoreUnreachableError(message, { remedy: 'Check the address.' });
		expect(heardFault(await heardByCaller('integrated', error))).toEqual({
			message,
			remedy: 'Check the address.',
			code: error.code,
		});
	},
);

test('a workflow that nobody called shows its message as it is', async () => {
	const error = new LeaseLostError('r1', null);
	expect(heardFault(await heardByCaller('trigger', error))).toEqual({
		message: error.message,
		remedy: '',
		code: '',
	});
});

test('what a record or a server says cannot stand for a code', async () => {
	const message = 'Procore refused vendor "x → y [lease-lost]"';
	const error = new ProcoreUnreachableError(message, { remedy: 'Look at z [lease-lost]' });
	const heard = heardFault(await heardByCaller('integrated', error));
	expect(heard.code).toBe(error.code);
	expect(heardFault(message)).toEqual({ message, remedy: '', code: '' });
});

test('an error that is none of ours tells no login either', () => {
	const shown = toNodeError(node, new Error('connect https://svc:hush@gp.test/ failed'));
	expect(shown.message).toBe('connect https://svc:[hidden]@gp.test/ failed');
});
