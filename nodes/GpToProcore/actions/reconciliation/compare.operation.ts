import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { canonicalKey, sameGpKey } from '../../../../lib/model/gp-key';
import { AccountBooks } from '../../../../lib/reconcile/account-books';
import { fixRequests } from '../../../../lib/reconcile/fix-requests';
import type { Place } from '../../../../lib/reconcile/reconcile.types';
import { notProvenText } from '../../../../lib/reconcile/not-proven';
import { inWords } from '../../../../lib/reconcile/in-words';
import { tableRows } from '../../../../lib/reconcile/table-rows';
import type { RequestRow } from '../../../../lib/run/requests/request.types';
import type { ParkedRow } from '../../../../lib/audit/types';
import { toFixed } from '../../../../lib/model/money';
import { readDirectCostOriginId } from '../../../../lib/model/read-origin-id';
import { mappingVersion } from '../../../../lib/mapping/settings-version';
import { connectionOptions } from '../../../DynamicsGp/descriptions/connection-options.description';
import { openGpConnection } from '../../../DynamicsGp/transport/gp-connection';
import { connect } from '../../../Procore/transport/connect';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { crosswalkTables } from '../../descriptions/crosswalk.description';
import { lastMapping, mappingRowsProperty } from '../map/mapping-rows';
import { readMappingInput } from '../map/read-mapping-input';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { evidenceOf } from './evidence';
import { askForUnlisted, takeGpSide, type Months } from './gp-side';
import { readNames, takeProcoreSide } from './procore-side';

/** Breakdowns beside the total. */
const BREAKDOWNS: Record<string, ReadonlyArray<keyof Place>> = {
	project: ['projectId'],
	costCode: ['projectId', 'costCode'],
	vendor: ['vendor'],
	month: ['month'],
	everything: ['projectId', 'costCode', 'vendor', 'month'],
};

const rowsOf = (displayName: string, name: string, table: string): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: '[]',
	description: `Rows of the table ${table} of this company: what waits is explained and not asked for again`,
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
});

export const option: OperationOption = {
	name: 'Compare',
	value: 'compare',
	action: 'Compare the books of gp and procore',
	description:
		'Add up payables in GP and direct costs in Procore, and name the document behind each difference',
};

export const outputs = ['Rows', 'Fixes', 'Summary'] as const;

export const fields: INodeProperties[] = [
	mappingRowsProperty,
	...crosswalkTables('projects', 'accounts', 'vendors'),
	rowsOf('Parked Rows', 'parkedRows', 'gpp_parked'),
	rowsOf('Request Rows', 'requestRows', 'gpp_request'),
	{
		displayName: 'From Month',
		name: 'fromMonth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01',
		description: 'First month to compare, by document date. Empty begins with the first document.',
	},
	{
		displayName: 'To Month',
		name: 'toMonth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-03',
		description: 'Last month to compare, by document date. Empty goes on to the last document.',
	},
	{
		displayName: 'Edited in Procore',
		name: 'drift',
		type: 'options',
		default: 'keep',
		description: 'What becomes of amounts, codes and dates that somebody changed in Procore',
		options: [
			{ name: "Put GP's Values Back", value: 'overwrite' },
			{ name: 'Report and Keep', value: 'keep' },
		],
	},
	{
		displayName: 'Breakdowns',
		name: 'breakdowns',
		type: 'multiOptions',
		default: ['project', 'costCode', 'vendor', 'month'],
		description: 'How to split the totals, one set of rows each',
		options: [
			{ name: 'By Cost Code', value: 'costCode' },
			{ name: 'By Month', value: 'month' },
			{ name: 'By Project', value: 'project' },
			{ name: 'By Project, Cost Code, Vendor and Month', value: 'everything' },
			{ name: 'By Vendor', value: 'vendor' },
		],
	},
	{
		displayName: 'Most Differences',
		name: 'mostDifferences',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100000 },
		default: 5000,
		description:
			'How many differences to list one by one, greatest first; the totals hold them all',
	},
	{
		displayName: 'Closed Projects',
		name: 'closedProjects',
		type: 'boolean',
		default: false,
		description:
			'Whether to look for direct costs in inactive projects too. Those that GP documents belong to are always compared.',
	},
	connectionOptions,
];

export const execute: BatchOperation = async function () {
	const now = new Date().toISOString();
	const months = monthsOf(this);
	const by = (this.getNodeParameter('breakdowns', 0, []) as string[]).map(
		(name) => BREAKDOWNS[name],
	);
	const gp = await openGpConnection.call(this);
	try {
		const procore = await connect(this);
		const company = gp.companyId;
		const parked = ofCompany(readList<ParkedRow>(this, 'parkedRows'), company);
		const requests = ofCompany(readList<RequestRow>(this, 'requestRows'), company);
		const names = await readNames(procore);
		const input = {
			...readMappingInput(this),
			projects: names.projects.filter(({ active }) => active),
			settings: lastMapping(this, company),
		};
		const books = new AccountBooks({
			by,
			...months,
			documentOf: (originId) => {
				const origin = readDirectCostOriginId(originId);
				return origin && sameGpKey(origin.company, company) ? origin.key : null;
			},
			vendorOf: ({ vendorId, vendorOriginId }) => vendorId ?? names.vendorKey(vendorOriginId ?? ''),
			evidenceOf,
			parked: new Map(
				parked.map(({ gp_key, message, remedy }) => [canonicalKey(gp_key), { message, remedy }]),
			),
			requested: new Set(requests.map(({ gp_key }) => canonicalKey(gp_key))),
		});
		const gpSide = await takeGpSide(books, gp.client, input, company, {
			months,
			vendorKey: names.vendorKey,
		});
		const second = await gp.client.secondLook('payable');
		books.secondLook(second);
		const everywhere = this.getNodeParameter('closedProjects', 0, false) as boolean;
		await takeProcoreSide(
			books,
			procore,
			names.projects.filter(({ active }) => active || everywhere).map(({ id }) => id),
		);
		await askForUnlisted(books, gp.client);
		const list = gpSide && !gpSide.proven ? gpSide.why : '';
		const comparison = books.finish({ listIsWhole: list === '' });
		const { missing } = comparison;
		const notProven = notProvenText({ missing, failed: second.failed, list });
		const rows = tableRows(comparison, {
			at: now,
			company,
			runId: this.getExecutionId(),
			notProven,
			by,
			projectName: names.projectName,
			vendorName: names.vendorName,
			mostDifferences: this.getNodeParameter('mostDifferences', 0, 5000) as number,
		});
		const fixes = fixRequests(comparison.differences, {
			company,
			drift: this.getNodeParameter('drift', 0, 'keep') as 'overwrite' | 'keep',
			now,
			requestedBy: `reconciliation ${this.getExecutionId()}`,
		});
		const { total, differences, documents, standing } = comparison;
		const summary = {
			company,
			at: now,
			...months,
			gp: toFixed(total.gp),
			procore: toFixed(total.procore),
			difference: toFixed(total.difference),
			explained: Object.fromEntries(
				Object.entries(total.explained).map(([cause, amount]) => [cause, toFixed(amount)]),
			),
			unexplained: toFixed(total.unexplained),
			/** Why documents may be missing from the comparison; blank when it is shown to be whole. */
			notProven,
			missing,
			documents,
			procoreRecords: standing,
			differences: differences.length,
			fixable: fixes.length,
			calls: { gp: gp.client.counters.requests, procore: procore.counters.calls },
			mappingVersion: mappingVersion(input.settings),
		};
		return [
			items(rows),
			items(fixes),
			items([{ ...summary, ...inWords(comparison, fixes.length, notProven) }]),
		];
	} finally {
		gp.close();
	}
};

function items(list: object[]): INodeExecutionData[] {
	return list.map((one) => toItem(one, 0));
}

function ofCompany<Row extends { gp_company: string; entity: string }>(
	rows: Row[],
	company: string,
): Row[] {
	return rows.filter((row) => row.entity === 'payable' && row.gp_company === company);
}

function monthsOf(context: IExecuteFunctions): Months {
	const month = (name: string, title: string): string | undefined => {
		const text = String(context.getNodeParameter(name, 0, '') ?? '').trim();
		if (text === '') return undefined;
		const found = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d{2}.*)?$/.exec(text);
		if (found) return found[1];
		throw new NodeOperationError(
			context.getNode(),
			`The parameter '${title}' is no month: ${text}`,
			{ description: 'Give a month as 2026-01, or leave it empty.' },
		);
	};
	const from = month('fromMonth', 'From Month');
	const to = month('toMonth', 'To Month');
	return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}
