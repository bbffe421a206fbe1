import type { INodeProperties } from 'n8n-workflow';

import type { GpClient } from '../../../../lib/gp/gp-client';
import { ofCompany, type FindingRow } from '../../../../lib/mapping/suggest/finding-rows';
import { previewer, previewInWords } from '../../../../lib/mapping/preview';
import { EMPTY_WATERMARK } from '../../../../lib/model/gp-changes';
import { DOCUMENT_TYPE_NUMBERS, type GpPayable } from '../../../../lib/model/gp-records';
import { connectionOptions } from '../../../DynamicsGp/descriptions/connection-options.description';
import { openGpConnection } from '../../../DynamicsGp/transport/gp-connection';
import { connect } from '../../../Procore/transport/connect';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList } from '../../../shared/read-list';
import { crosswalkTables } from '../../descriptions/crosswalk.description';
import { findingRowsProperty } from '../crosswalk/look-for-places';
import { readProjects } from '../crosswalk/procore-candidates';
import { mappingRowsProperty, mappingWith } from '../map/mapping-rows';
import { readCrosswalk } from '../map/read-mapping-input';

export const option: OperationOption = {
	name: 'Preview Documents',
	value: 'previewDocuments',
	action: 'Preview where documents of GP would go',
	description:
		'Read documents from GP and say for each cost line where it would go, who decided, and what would wait. Nothing is written.',
};

export const outputs = ['Lines', 'Summary'] as const;

export const fields: INodeProperties[] = [
	{
		displayName: 'Voucher Numbers',
		name: 'vouchers',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00000000000000417',
		description: 'Separated by commas; leading zeros may be left out. Empty: the newest documents.',
	},
	{
		displayName: 'Newest',
		name: 'newest',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 200 },
		default: 50,
		description: 'How many documents by their date, where no voucher number is given',
	},
	mappingRowsProperty,
	findingRowsProperty,
	...crosswalkTables('projects', 'accounts', 'vendors'),
	connectionOptions,
];

export const execute: BatchOperation = async function () {
	const vouchers = String(this.getNodeParameter('vouchers', 0, '') ?? '')
		.split(/[\s,;]+/)
		.filter(Boolean)
		.slice(0, 200);
	const newest = Number(this.getNodeParameter('newest', 0, 50));
	const gp = await openGpConnection.call(this);
	try {
		const projects = await readProjects(await connect(this));
		const company = gp.companyId;
		const found =
			vouchers.length > 0
				? await byVoucher(gp.client, vouchers)
				: await newestOf(gp.client, Math.min(Math.max(newest, 1), 200));
		const known = (await gp.client.withAccountFacts(
			await gp.client.withVendorClasses(found),
		)) as GpPayable[];
		const findings = ofCompany(readList<FindingRow>(this, 'findingRows'), company);
		const preview = previewer({
			crosswalk: readCrosswalk(this),
			projects,
			settings: mappingWith(this, company, findings),
		});
		const documents = known.map((payable) => ({ payable, lines: preview(payable) }));
		return [
			documents.flatMap(({ lines }) => lines.map((line) => toItem(line, 0))),
			[toItem({ company, ...previewInWords(documents, projects) }, 0)],
		];
	} finally {
		gp.close();
	}
};

/** GP counts vouchers per document type and pads them with zeros; a person writes neither. */
async function byVoucher(client: GpClient, vouchers: readonly string[]): Promise<GpPayable[]> {
	const types = Object.values(DOCUMENT_TYPE_NUMBERS);
	const keys = vouchers.flatMap((voucher) => {
		const written = [voucher, ...(/^\d+$/.test(voucher) ? [voucher.padStart(17, '0')] : [])];
		return [...new Set(written)].flatMap((one) => types.map((type) => `${type};${one}`));
	});
	return (await client.readByKeys('payable', keys)).records as GpPayable[];
}

/** GP lists documents in an order of its own, so all are read, and no more kept than are shown. */
async function newestOf(client: GpClient, most: number): Promise<GpPayable[]> {
	let kept: GpPayable[] = [];
	let cursor: string | null = null;
	do {
		const batch = await client.readChanges('payable', {
			watermark: EMPTY_WATERMARK,
			limit: 500,
			cursor,
		});
		kept = [...kept, ...(batch.records as GpPayable[])]
			.sort((left, right) => ((left.documentDate ?? '') < (right.documentDate ?? '') ? 1 : -1))
			.slice(0, most);
		({ cursor } = batch.checkpoint);
	} while (cursor !== null);
	return kept;
}
