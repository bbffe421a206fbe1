import { add, toFixed } from '../../../lib/model/money';
import type {
	DesiredCostCode,
	DesiredDirectCost,
	DesiredLine,
	DesiredVendor,
	SourceReference,
} from '../../../lib/model/desired';
import type { ProcoreTransport } from '../../../lib/procore/transport';
import {
	createProcoreClient,
	type ProcoreClient,
	type ProcoreClientOptions,
} from '../../../lib/procore/procore-client';
import { fakeClock } from './fake-clock';

export const PROJECT = '9001';

export function clientOf(
	transport: ProcoreTransport,
	more: Partial<ProcoreClientOptions> = {},
): ProcoreClient {
	return createProcoreClient({
		transport,
		apiBaseUrl: 'https://api.example',
		companyId: '1',
		effects: fakeClock(),
		...more,
	});
}

export function source(
	entity: SourceReference['entity'],
	key: string,
	more: Partial<SourceReference> = {},
): SourceReference {
	return { company: 'TWO', entity, key, label: key, hash: `hash of ${key}`, ...more };
}

export function vendor(
	key: string,
	fields: Partial<DesiredVendor['vendor']> = {},
	more: Partial<DesiredVendor> = {},
): DesiredVendor {
	return {
		kind: 'vendor',
		originId: `GP:TWO:V:${key}`,
		source: source('vendor', key),
		record: { vendorId: key },
		vendor: { name: `${key} Supplies`, is_active: true, origin_code: key, ...fields },
		...more,
	};
}

export function costCode(code: string, more: Partial<DesiredCostCode> = {}): DesiredCostCode {
	const project = more.projectId ?? PROJECT;
	return {
		kind: 'costCode',
		originId: `GP:TWO:A:${more.parent ? `${more.parent.code}-` : ''}${code}:P:${project}`,
		source: source('account', `000-${code}-00`),
		record: { account: code },
		projectId: project,
		code,
		name: `Account ${code}`,
		active: true,
		...more,
	};
}

export function directCost(
	number: string,
	amounts: string[],
	more: Partial<Omit<DesiredDirectCost, 'header'>> & {
		header?: Partial<DesiredDirectCost['header']>;
		costCode?: string;
	} = {},
): DesiredDirectCost {
	const { header, costCode: code = '5110', ...rest } = more;
	const projectId = more.projectId ?? PROJECT;
	const originId = `GP:TWO:PM:1:${number}:P:${projectId}`;
	const lines: DesiredLine[] = amounts.map((amount, index) => ({
		originId: `${rest.originId ?? originId}:L:${index + 1}`,
		costCode: code,
		costType: 'M',
		amount: toFixed(amount),
		description: `Line ${index + 1}`,
	}));
	return {
		kind: 'directCost',
		originId,
		source: source('payable', `1;${number}`),
		record: { voucher: number },
		projectId,
		vendorOriginId: 'GP:TWO:V:ACME',
		voided: false,
		lines,
		total: toFixed(add('0', ...amounts)),
		...rest,
		header: {
			direct_cost_type: 'invoice',
			invoice_number: `INV-${number}`,
			status: 'approved',
			direct_cost_date: '2026-09-30',
			...header,
		},
	};
}
