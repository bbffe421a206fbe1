import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	canonicalKey,
	readDirectCostOriginId,
	sameGpKey,
	vendorOriginId,
} from '../../../../lib/model/keys';
import { AccountBooks } from '../../../../lib/reconcile/account-books';
import type { Entity } from '../../../../lib/model/desired';
import { fixRequests, recordRequests } from '../../../../lib/reconcile/differences';
import {
	type RecordResult,
	recordSummary,
	recordWords,
	tableRows,
} from '../../../../lib/reconcile/table-rows';
import { closedInWords, inWords, notProvenText } from '../../../../lib/reconcile/comparison';
import type { RequestRow } from '../../../../lib/run/requests/requests';
import type { JournalRow, ParkedRow } from '../../../../lib/audit/event-row';
import { keptByMapping } from '../../../../lib/run/parked-rows';
import { toFixed } from '../../../../lib/model/money';
import { mappingVersion } from '../../../../lib/mapping/settings-check';
import { openGpConnection } from '../../../DynamicsGp/transport/gp-connection';
import { connect } from '../../../Procore/transport/connect';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-values';
import { lastMapping } from '../map/mapping-rows';
import { readMappingInput } from '../map/read-mapping-input';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { BREAKDOWNS } from './compare.description';
import { carriesMark, evidenceOf, standsAsSent } from './evidence';
import { monthsInWords } from '../../../../lib/model/connection-check';
import type { Months } from '../../../../lib/reconcile/totals';
import { askForUnlisted, takeGpSide } from './gp-side';
import { projectsCompared, readNames, takeProcoreSide } from './procore-side';
import { compareCostCodes, compareVendors } from './record-side';
import { readSaid } from './said';

export { fields } from './compare.description';

export const option: OperationOption = {
	name: 'Compare',
	value: 'compare',
	action: 'Compare the books of gp and procore',
	description:
		'Add up payables in GP and direct costs in Procore, and name the document behind each difference',
};

export const outputs = ['Rows', 'Fixes', 'Summary'] as const;

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
		const parkedRows = readList<ParkedRow>(this, 'parkedRows');
		const requestRows = readList<RequestRow>(this, 'requestRows');
		const waits = (entity: Entity) => ({
			parked: new Map(
				ofCompany(parkedRows, company, entity).map((row) => [
					canonicalKey(row.gp_key),
					{
						...{ message: row.message, remedy: row.remedy },
						...(keptByMapping(row) ? { byMapping: true as const } : {}),
					},
				]),
			),
			requested: new Set(
				ofCompany(requestRows, company, entity).map(({ gp_key }) => canonicalKey(gp_key)),
			),
		});
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
			standsAsSent,
			carriesMark,
			journal: readList<JournalRow>(this, 'journalRows').filter(
				({ gp_company }) => gp_company === company,
			),
			...waits('payable'),
		});
		const wide = { ...input, projects: projectsCompared(names.projects) };
		const gpSide = await takeGpSide(books, gp.client, wide, company, {
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
		for (const { id, originId, originData, name } of names.vendors)
			books.lookForMark({ id, originId, originData, projectId: '' }, `Vendor ${name}`);
		await askForUnlisted(books, gp.client);
		const said = readSaid(this, company);
		if (said) books.control(second.rows, said);
		const list = gpSide && !gpSide.proven ? gpSide.why : '';
		const records: RecordResult[] = [];
		if (this.getNodeParameter('compareRecords', 0, false) as boolean) {
			const parts = { gp: gp.client, input, company };
			records.push(await compareVendors({ ...parts, ...waits('vendor') }, names.vendors));
			records.push(
				await compareCostCodes({ ...parts, ...waits('account') }, procore, (code, projectId) =>
					books.lookForMark({ ...code, projectId }, `Cost code ${code.fullCode} ${code.name}`),
				),
			);
		}
		const comparison = books.finish({ listIsWhole: list === '' });
		const { missing, control, unrecorded } = comparison;
		const projectName = (id: string) => names.projectName(id);
		const closed = new Set(names.projects.flatMap(({ id, active }) => (active ? [] : [id])));
		const unread = comparison.unread.map((one) => ({
			...one,
			project: projectName(one.projectId) ?? one.projectId,
			closed: closed.has(one.projectId),
		}));
		const notProven = notProvenText({
			...{ missing, failed: second.failed, control, unrecorded, records, unread },
			list: [list, ...procore.doubts].filter(Boolean).join('; '),
			firstUnsaid: comparison.firstUnsaid,
		});
		const rows = tableRows(comparison, records, {
			at: now,
			company,
			runId: this.getExecutionId(),
			notProven,
			months: monthsInWords(months),
			by,
			projectName,
			closedProjects: closed,
			vendorName: names.vendorName,
			gpVendorName: (id) => names.vendorName(names.vendorKey(vendorOriginId(company, id))),
			mostDifferences: this.getNodeParameter('mostDifferences', 0, 5000) as number,
		});
		const asked = {
			company,
			drift: this.getNodeParameter('drift', 0, 'keep') as 'overwrite' | 'keep',
			now,
			requestedBy: `reconciliation ${this.getExecutionId()}`,
		};
		const fixes = [
			...records.flatMap((one) => ('failed' in one ? [] : recordRequests(one.differences, asked))),
			...fixRequests(comparison.differences, asked),
		];
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
			unrecorded,
			/** Documents GP lists, by what became of them. */
			...(control ? { control: control.total } : {}),
			records: Object.fromEntries(records.map((one) => [one.entity, recordSummary(one)])),
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
			items([
				{
					...summary,
					...inWords(comparison, fixes.length, notProven, [
						Object.keys(months).length > 0 ? `Months compared: ${monthsInWords(months)}.` : '',
						...closedInWords(comparison.inProjects, closed, projectName),
						...records.map(recordWords),
					]),
				},
			]),
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
	entity: Entity,
): Row[] {
	return rows.filter((row) => row.entity === entity && row.gp_company === company);
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
	if (from && to && from > to) {
		throw new NodeOperationError(
			context.getNode(),
			`'From Month' (${from}) lies behind 'To Month' (${to}), so nothing was compared`,
			{ description: 'Change the two around.' },
		);
	}
	return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}
