import { toItem } from '../../shared/item-kinds';
import { resource } from '../../shared/operations';
import { plainText, readText } from '../../shared/read-values';
import type { GpOperation } from './operation';

const discover: GpOperation = {
	option: {
		name: 'Discover',
		value: 'discover',
		action: 'Discover what the service offers',
		description: 'List what this GP service offers and say which site profile fits',
	},
	async execute(connection) {
		return [toItem(await connection.client.discover())];
	},
};

const request: GpOperation = {
	option: {
		name: 'Request',
		value: 'request',
		action: 'Read any path of the service',
		description: 'Read any path of the GP service. GP is never written.',
	},
	fields: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Purchasing/Vendors.json',
			description:
				'Path below the company, or below the server when it begins with "/". Only this server is ever called, and only to read.',
		},
		{
			displayName: 'Query Parameters',
			name: 'query',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add parameter',
			default: {},
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
	],
	async execute(connection, itemIndex) {
		const path = readText(this, 'path', 'Path', itemIndex);
		const pairs = this.getNodeParameter('query.parameter', itemIndex, []) as Array<{
			name: unknown;
			value: unknown;
		}>;
		// One whose value came to nothing would ask for the word "undefined".
		const query = Object.fromEntries(
			pairs.flatMap(({ name, value }) => {
				const key = plainText(name);
				const isGiven = value !== undefined && value !== null;
				return key && isGiven ? [[key, plainText(value) ?? JSON.stringify(value)]] : [];
			}),
		) as Record<string, string>;
		return [toItem(await connection.client.request(path, query))];
	},
};

const survey: GpOperation = {
	option: {
		name: 'Survey',
		value: 'survey',
		action: 'Survey how the service answers',
		description:
			'Read a few records of each kind, see how the service answers and which ways into GP are open, and propose door and profile',
	},
	async execute(connection) {
		return [toItem(await connection.survey())];
	},
};

export const service = resource('service', 'discover', [discover, request, survey]);
