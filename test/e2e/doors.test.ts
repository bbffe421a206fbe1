import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { GP_CREDENTIAL } from '../../cli/flow/credentials';
import { FIELD_SINCE_ENGINE } from '../../cli/install/check-n8n';
import { install } from '../../cli/install/install';
import { readShipped } from '../../cli/shipped/shipped';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { errorText } from '../../sandbox/n8n/executions';
import { readBooks } from '../../sandbox/start/sync-run';
import { adminCall } from '../../sandbox/start/admin-call';
import { startPostgres } from '../../sandbox/n8n/postgres';
import { changeGp, openSession } from './support';

/*
 * One company and one n8n; the credential's door is all that changes. A receipt-matched invoice waits
 * at a door without receipts and lands on its job by one that has them.
 */
const ACCRUAL = '000-2100-00';
const SQL_SOURCE = 'gpp-sql-source';

interface Cost {
	origin_id: string | null;
	grand_total: string;
	payment_date: string | null;
	line_items: Array<{ amount: string; cost_code: { full_code: string } }>;
}
interface Parked {
	gp_key: string;
	reason_code: string;
}

let session: Session;
let end: () => Promise<void> = async () => {};
let vendorId: string;
let hasSql = false;

beforeAll(async () => {
	const postgres = await startPostgres();
	postgres?.stop();
	hasSql = postgres !== null;
	if (!hasSql) console.warn('SKIPPED at the SQL door: PostgreSQL is not installed.');
	const door = hasSql ? 'sql' : 'soap';
	({ session, end } = await openSession({ vendors: 12, documents: 24, door }));
	const { workflows } = session.n8n;
	const sync = await workflows.get(session.workflowId);
	const mapping = sync.nodes.find(({ name }) => name === 'Mapping')!;
	mapping.parameters.policies = { accrualAccounts: ACCRUAL };
	await workflows.save(sync);
	const documents = await adminCall<Array<{ vendorId: string; documentType: number }>>(
		session.gp.adminUrl,
		'GET',
		'/documents',
	);
	vendorId = documents.find(({ documentType }) => documentType === 1)!.vendorId;
});
afterAll(() => end());

async function run(door: 'sba' | 'odata' | 'soap' | 'rows'): Promise<void> {
	const { workflows, executions } = session.n8n;
	const rowsWorkflow = session.workflows[SQL_SOURCE];
	await workflows.changeCredential(session.credentials.gp, {
		door,
		...(rowsWorkflow ? { rowsWorkflow } : {}),
	});
	const execution = await executions.wait(await workflows.run(session.workflowId, RUN_NOW));
	expect(errorText(execution)).toBe('');
	expect((await readBooks(session)).unexplained).toBe('0.00');
}

async function addMatched(): Promise<string> {
	const { voucher } = await changeGp<{ voucher: string }>(session, '/invoices/matched', {
		vendorId,
		accrualAccount: ACCRUAL,
		lines: [
			{
				...{ account: '300-5130-03', quantity: '4', unitCost: '25.5', invoicedUnitCost: '26' },
				...{ job: '300', description: 'Forms' },
			},
			{ account: '300-5140-03', quantity: '3', unitCost: '33.33', description: 'Rebar' },
		],
	});
	return voucher;
}

async function whyParked(voucher: string): Promise<string[]> {
	const rows = await session.n8n.tables.rows<Parked>('gpp_parked');
	return rows.filter(({ gp_key }) => gp_key === `1;${voucher}`).map((row) => row.reason_code);
}

async function costsOf(voucher: string) {
	const state = await adminCall<{
		projects: Array<{ project_number: string; directCosts: Cost[] }>;
	}>(session.procore.adminUrl, 'GET', '/admin/state');
	return state.projects.flatMap(({ project_number, directCosts }) =>
		directCosts
			.filter(({ origin_id }) => origin_id?.includes(`:PM:1:${voucher}:`))
			.map(({ grand_total, payment_date, line_items }) => ({
				project: project_number,
				total: Number(grand_total),
				paid: payment_date,
				lines: line_items.map((line) => [line.cost_code.full_code, Number(line.amount)]),
			})),
	);
}

const COST = {
	project: '300',
	total: 203.99,
	paid: null,
	lines: [
		['5130', 102],
		['5130', 2],
		['5140', 99.99],
	],
};

it('n8n tells the field by which the installer knows the engine node', async () => {
	const { url, client } = session.n8n;
	const api = new N8n(new ApiClient({ address: url, apiKey: client.apiKey, fetch }));
	expect(await api.credentialFields(GP_CREDENTIAL)).toContain(FIELD_SINCE_ENGINE);
	expect(await api.credentialFields('noSuchCredentialApi')).toBeNull();
});

it('an installer run once more leaves the database node that stands in place of ours', async () => {
	if (!hasSql) return;
	const { url, client, workflows } = session.n8n;
	const id = session.workflows[SQL_SOURCE]!;
	const before = await workflows.get(id);
	const lines: string[] = [];
	const { problems } = await install(
		new N8n(new ApiClient({ address: url, apiKey: client.apiKey, fetch })),
		readShipped(),
		{
			...{ dryRun: false, publish: false, tell: (line: string) => lines.push(line) },
			credentials: Object.fromEntries(
				Object.values(session.credentials).map((one) => [one.type, one.id]),
			),
		},
	);
	expect(problems).toEqual([]);
	expect(lines.join('\n')).not.toContain('put back');
	const after = await workflows.get(id);
	expect(after.nodes).toEqual(before.nodes);
	expect(after.connections).toEqual(before.connections);
});

it.each([
	['sba', 'soap'],
	['odata', 'rows'],
] as const)(
	'a receipt-matched invoice waits at the door %s, and lands on its job by %s',
	async (without, having) => {
		if (having === 'rows' && !hasSql) return;
		const voucher = await addMatched();
		await run(without);
		expect(await whyParked(voucher)).toEqual(['cost-on-receipt']);
		expect(await costsOf(voucher)).toEqual([]);
		await run(having);
		expect(await whyParked(voucher)).toEqual([]);
		expect(await costsOf(voucher)).toEqual([COST]);
		const events = await session.n8n.tables.rows<{ outcome: string }>('gpp_event', {
			gp_key: `1;${voucher}`,
		});
		expect(events.map(({ outcome }) => outcome)).toEqual(['parked', 'created']);
	},
);

it('by SQL the day it was paid comes to Procore, and goes when its payment is voided', async () => {
	if (!hasSql) return;
	const voucher = await addMatched();
	const key = `1;${voucher}`;
	await run('rows');
	expect(await costsOf(voucher)).toEqual([COST]);
	await changeGp(session, '/vouchers/pay', { key });
	const { now } = await adminCall<{ now: string }>(session.gp.adminUrl, 'GET', '/clock');
	await run('rows');
	expect(await costsOf(voucher)).toEqual([{ ...COST, paid: now.slice(0, 10) }]);
	await changeGp(session, '/vouchers/void-payments', { key });
	await run('rows');
	expect(await costsOf(voucher)).toEqual([COST]);
});
