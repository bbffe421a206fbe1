import { updateDisplayOptions } from 'n8n-workflow';

import { apiList, apiRequest as sendRequest } from '../../../lib/procore/resources/api-request';
import type { ProcoreRequest } from '../../../lib/procore/transport';
import { resource } from '../../shared/operations';
import { plainText, readJson, readText } from '../../shared/read-values';
import { limitOf, returnAllAndLimit } from '../../shared/return-all-and-limit';
import type { ProcoreOperation } from './operation';

const withPages = { show: { method: ['GET'], paginate: [true] } };

const send: ProcoreOperation = {
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send an API request',
		description: 'Call any route of the API, with the login, rate limits and errors of this node',
	},
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			default: 'GET',
			description: 'GET reads; all others change something',
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. /rest/v1.0/companies/598134325841112/uoms',
			description:
				"Path of the route as Procore's API reference shows it. It begins with /rest/; only the API host of the credential is ever called.",
		},
		{
			displayName: 'Query Parameters',
			name: 'query',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add parameter',
			default: {},
			description: 'The same name may be added several times',
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. filters[status]',
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			default: '',
			displayOptions: { show: { method: ['DELETE', 'PATCH', 'POST', 'PUT'] } },
			description: 'JSON to send; leave empty for none',
		},
		{
			displayName: 'Pagination',
			name: 'paginate',
			type: 'boolean',
			default: false,
			displayOptions: { show: { method: ['GET'] } },
			description: 'Whether the route is a list: its pages are read and each row becomes an item',
		},
		...updateDisplayOptions(withPages, returnAllAndLimit),
	],
	async execute(client, itemIndex) {
		const method = this.getNodeParameter('method', itemIndex) as ProcoreRequest['method'];
		const path = readText(this, 'path', 'Path', itemIndex);
		const pairs = this.getNodeParameter('query.parameter', itemIndex, []) as Array<{
			name: unknown;
			value: unknown;
		}>;
		const query: Record<string, string[]> = {};
		for (const { name, value } of pairs) {
			const key = plainText(name);
			// One whose value came to nothing would ask for the word "undefined".
			if (key && value !== undefined && value !== null)
				(query[key] ??= []).push(plainText(value) ?? JSON.stringify(value));
		}
		if (method === 'GET' && this.getNodeParameter('paginate', itemIndex, false)) {
			return await apiList(client, { path, query }, limitOf(this, itemIndex));
		}
		const body = method === 'GET' ? undefined : (readJson(this, 'body', itemIndex) ?? undefined);
		const answer = await sendRequest(client, { method, path, query, body });
		return Array.isArray(answer) ? answer : [answer];
	},
};

export const apiRequest = resource('apiRequest', 'send', [send]);
