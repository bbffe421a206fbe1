import { hashOfState } from '../../../lib/sync/kinds/direct-cost-state';
import { causeOf } from '../../../lib/reconcile/known-causes';
import { slimCost } from '../../../lib/reconcile/comparison';
import { sentEvidence, type Wanted } from '../../../lib/sync/standing/as-sent';
import {
	type StandingDirectCost,
	tryStandingCosts,
} from '../../../lib/sync/standing/read-standing';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { clientOf, projectOf, startStandIn } from '../../procore/support/checked-stand-in';
import { directCost } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';

jest.setTimeout(60_000);

let standIn: ProcoreStandIn;
let effects: ReturnType<typeof fakeClock>;
let projectId: string;
let vendorId: string;

beforeEach(async () => {
	effects = fakeClock();
	standIn = await startStandIn(effects);
	projectId = projectOf(standIn);
	const [subcontract] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	vendorId = String(subcontract.vendor_id);
});
afterEach(() => standIn.close());

function invoice(
	amounts: string[],
	content = 'content of GP',
	number = 'INV-1',
): DesiredDirectCost {
	const cost = directCost('1', amounts, {
		...{ projectId, costCode: '5210', vendorId },
		header: { invoice_number: number },
	});
	cost.lines.forEach((line) => Object.assign(line, { costType: 'S', description: 'Drywall' }));
	return {
		...cost,
		source: { ...cost.source, content },
		commitment: { number: 'SC-100-001', then: 'requisition' },
	};
}

/** What was sent, as Procore shows it. */
async function sent(cost: DesiredDirectCost): Promise<any> {
	const client = clientOf(standIn, effects);
	const [outcome] = await syncPayables(client, [cost], { dryRun: false });
	expect(outcome).toMatchObject({ outcome: 'created', procore: { type: 'requisition' } });
	return (standIn.state.requisitions.all() as any[]).find(({ origin_id }) => origin_id);
}

async function evidence(wanted: DesiredDirectCost) {
	const client = clientOf(standIn, effects);
	const standing = await tryStandingCosts(client, projectId, { requisitions: true });
	const one = (standing as StandingDirectCost[]).find(({ kind }) => kind === 'requisition')!;
	// As the comparison keeps it.
	const slim = slimCost(wanted, hashOfState(wanted));
	const found = sentEvidence(slim as Wanted, one);
	return { ...found, cause: causeOf(found) };
}

function edit(requisition: any, change: (copy: any) => void): void {
	const copy = structuredClone(requisition);
	change(copy);
	standIn.state.put('requisitions', copy);
	standIn.state.commit();
}

const amountOf = (value: string) => (copy: any) => {
	copy.items.find(
		(item: any) => Number(item.work_completed_this_period) > 0,
	).work_completed_this_period = value;
};

test('an invoice as it was sent is shown to be so on both sides', async () => {
	await sent(invoice(['100.00', '25.50']));
	expect(await evidence(invoice(['100.00', '25.50']))).toMatchObject({
		gp: 'asSent',
		procore: 'asSent',
	});
});

test.each([
	['the amount billed', amountOf('99.00')],
	['its number', (copy: any) => (copy.invoice_number = 'X-9')],
	['its billing date', (copy: any) => (copy.billing_date = '2026-08-31')],
	['its status', (copy: any) => (copy.status = 'revise_and_resubmit')],
])('%s changed in Procore is an edit', async (_what, change) => {
	edit(await sent(invoice(['100.00'])), change);
	expect(await evidence(invoice(['100.00']))).toEqual({
		gp: 'asSent',
		procore: 'edited',
		cause: 'editedInProcore',
	});
});

test('an amount changed in GP is told so while Procore has what was sent', async () => {
	await sent(invoice(['100.00']));
	expect(await evidence(invoice(['120.00'], 'other content'))).toMatchObject({
		cause: 'changedInGp',
	});
	expect(await evidence(invoice(['120.00']))).toMatchObject({ cause: 'mappingChanged' });
});

test('both sides changed: the total shows it in Procore, a date alone does not', async () => {
	const requisition = await sent(invoice(['100.00']));
	edit(requisition, amountOf('99.00'));
	expect(await evidence(invoice(['120.00'], 'other content'))).toMatchObject({
		cause: 'changedOnBothSides',
	});
	edit(requisition, (copy) => (copy.billing_date = '2026-08-31'));
	expect(await evidence(invoice(['120.00'], 'other content'))).toMatchObject({ cause: 'differs' });
});

test('one sent before that was kept shows GP’s side by its hash only', async () => {
	const requisition = await sent(invoice(['100.00']));
	edit(requisition, (copy) => {
		const { g: _g, l: _l, t: _t, ...old } = JSON.parse(copy.origin_data);
		copy.origin_data = JSON.stringify(old);
	});
	expect(await evidence(invoice(['120.00'], 'other'))).toMatchObject({
		...{ gp: 'changed', procore: 'unknown', cause: 'differs' },
	});
	edit(requisition, (copy) => {
		const { g: _g, l: _l, t: _t, ...old } = JSON.parse(copy.origin_data);
		copy.origin_data = JSON.stringify(old);
		amountOf('99.00')(copy);
	});
	expect(await evidence(invoice(['100.00']))).toMatchObject({ cause: 'editedInProcore' });
});

test('what was voided, and made to count again, is an edit', async () => {
	const requisition = await sent(invoice(['100.00']));
	const voided = { ...invoice(['100.00']), voided: true };
	const client = clientOf(standIn, effects);
	await syncPayables(client, [voided], { dryRun: false });
	edit(
		{ ...(standIn.state.requisitions.get(requisition.id) as any) },
		(copy) => (copy.status = 'approved'),
	);
	expect(await evidence(voided)).toMatchObject({ gp: 'asSent', procore: 'edited' });
});
