import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { deletedKeys } from '../../../lib/gp/reading/read-records';
import { DOCUMENT_TYPE_NUMBERS } from '../../../lib/model/gp-records';
import { sameGpKey } from '../../../lib/model/keys';
import { ENTITIES, type Entity, STREAMS } from '../../../lib/streams/streams';
import { toItem } from '../../shared/item-kinds';
import { byName, operationProperty } from '../../shared/operations';
import { plainText, readRequiredText, rowOf } from '../../shared/read-values';
import { getChanges } from './get-changes';
import { getMany } from './get-many';
import { lookupsDescription, withLookups } from './lookups';
import type { GpOperation, GpResource, RecordOperation } from './operation';
import { documentTypeOptions } from '../descriptions/common-fields.description';

const findDeleted: RecordOperation = {
	option: ({ all }) => ({
		name: 'Find Deleted',
		value: 'findDeleted',
		action: `Find deleted ${all}`,
		description: `Compare known keys with all ${all} GP lists now; run it now and then, since a deletion leaves no change to read`,
	}),
	fields: [
		{
			displayName: 'Known Keys',
			name: 'knownKeys',
			type: 'json',
			default: '[]',
			placeholder: "={{ $('Read events').all() }}",
			description:
				'Keys handled before: vendor IDs, account numbers, or for payables the document type number and voucher such as 1;00417. Rows with gp_key and gp_company do as well: those of other companies are left out.',
			hint: 'Usually an expression that hands over the audit events read before',
		},
		{
			displayName: 'Most Deleted',
			name: 'mostDeletedPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 5,
			description:
				'Highest percentage of the known keys that may be gone. More is taken for a broken list, and the node fails instead of reporting deletions.',
		},
	],
	async execute(connection, itemIndex) {
		const entity = this.getNodeParameter('resource', itemIndex) as Entity;
		const given = this.getNodeParameter('knownKeys', itemIndex, []) as unknown;
		const { client } = connection;
		const handled = keysOf(given, connection.companyId);
		if (handled === null) {
			throw new NodeOperationError(
				this.getNode(),
				"The parameter 'Known Keys' is not a list of keys, or of rows with gp_key",
				{
					description: 'Give it a JSON array of texts, or an expression that yields one.',
					itemIndex,
				},
			);
		}
		// What this door never lists, payments over SOAP, is not deleted because it is not there.
		const known = handled.filter((key) => client.door.knows(entity, key));
		if (known.length === 0) return [];
		const mostShare = mostShareOf(this, itemIndex);
		const present = await client.listKeys(entity);
		return deletedKeys(entity, known, present, mostShare).map((key) =>
			toItem({ kind: 'deleted', entity, company: connection.companyId, key }),
		);
	},
};

function keysOf(value: unknown, company: string): string[] | null {
	if (Array.isArray(value)) {
		const keys = value.map((entry) => keyOf(rowOf(entry), company));
		return keys.includes(null) ? null : keys.flatMap((key) => key ?? []);
	}
	if (typeof value !== 'string') return null;
	try {
		return keysOf(JSON.parse(value || '[]') as object, company);
	} catch {
		return null;
	}
}

/**
 * The key of a text, of an audit event or of a record as this node gives it; none where it is blank or
 * another company's. Null for a row that has no key.
 */
function keyOf(entry: unknown, company: string): string[] | null {
	const row = (typeof entry === 'object' && entry !== null ? entry : { key: entry }) as Row;
	if (!('gp_key' in row) && !('key' in row)) return Object.keys(row).length === 0 ? [] : null;
	const key = plainText('gp_key' in row ? row.gp_key : row.key);
	if (key === undefined) return null;
	return key !== '' && sameGpKey(row.gp_company ?? row.company ?? company, company) ? [key] : [];
}

type Row = Partial<Record<'gp_key' | 'gp_company' | 'key' | 'company', unknown>>;

/** What is no number would let any list pass for whole. */
function mostShareOf(context: IExecuteFunctions, itemIndex: number): number {
	const text = plainText(context.getNodeParameter('mostDeletedPercent', itemIndex, 5));
	const percent = text ? Number(text) : NaN;
	if (percent >= 0 && percent <= 100) return percent / 100;
	throw new NodeOperationError(
		context.getNode(),
		`'Most Deleted' is not a percentage: ${text || 'it is empty'}`,
		{ description: 'Give a number from 0 to 100.', itemIndex },
	);
}

const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	placeholder: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
	],
});

const get: RecordOperation = {
	option: ({ one }) => ({
		name: 'Get',
		value: 'get',
		action: `Get ${one}`,
		description: `Read ${one} by its key`,
	}),
	fieldsOf: {
		vendor: [locator('Vendor', 'vendor', 'searchVendors', 'e.g. ACME0001')],
		account: [locator('GL Account', 'account', 'searchAccounts', 'e.g. 300-5110-02')],
		payable: [
			{
				displayName: 'Document Type',
				name: 'documentType',
				type: 'options',
				default: 'invoice',
				description: 'GP numbers its vouchers per document type',
				options: documentTypeOptions,
			},
			{
				displayName: 'Voucher Number',
				name: 'voucher',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. 00000000000000417',
				description: "GP's own number of the document, not the invoice number of the vendor",
			},
		],
	},
	async execute(connection, itemIndex) {
		const entity = this.getNodeParameter('resource', itemIndex) as Entity;
		let key: string;
		if (entity === 'payable') {
			const type = this.getNodeParameter(
				'documentType',
				itemIndex,
			) as keyof typeof DOCUMENT_TYPE_NUMBERS;
			const voucher = readRequiredText(this, 'voucher', 'Voucher Number', itemIndex);
			key = `${DOCUMENT_TYPE_NUMBERS[type]};${voucher}`;
		} else {
			const title = entity === 'vendor' ? 'Vendor' : 'GL Account';
			key = readRequiredText(this, entity, title, itemIndex);
		}
		const record = await connection.client.get(entity, key);
		const [found] = await withLookups(this, connection, [record], itemIndex);
		return [toItem(found)];
	},
};

const OPERATIONS = [findDeleted, get, getMany, getChanges];

const STREAM_NAMES = [...ENTITIES].sort();

/** The operations in the words of one stream. */
function operationsOf(entity: Entity): GpOperation[] {
	const { action: all, a: one } = STREAMS[entity];
	return OPERATIONS.map(({ option, execute }) => ({ option: option({ one, all }), execute }));
}

const shown = (resources: string[], operation: string, fields: INodeProperties[]) =>
	updateDisplayOptions({ show: { resource: resources, operation: [operation] } }, fields);

/** Parameters of all streams; those they share stand once. */
export const recordDescription: INodeProperties[] = [
	...STREAM_NAMES.map((entity) => operationProperty(entity, 'getAll', operationsOf(entity))),
	...OPERATIONS.flatMap(({ option, fields = [], fieldsOf = {} }) => {
		const { value } = option({ one: '', all: '' });
		return [
			...shown(STREAM_NAMES, value, fields),
			...Object.entries(fieldsOf).flatMap(([entity, own]) => shown([entity], value, own)),
		];
	}),
	...lookupsDescription,
];

export const records: Record<string, GpResource> = Object.fromEntries(
	STREAM_NAMES.map((entity) => [
		entity,
		{ first: 'getAll', description: [], operations: byName(operationsOf(entity)) },
	]),
);
