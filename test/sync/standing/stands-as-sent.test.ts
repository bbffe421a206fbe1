import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { standsAsSent } from '../../../lib/sync/standing/as-sent';
import {
	type StandingDirectCost,
	tryStandingCosts,
} from '../../../lib/sync/standing/read-standing';
import { clientOf, directCost, PROJECT } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

let fake: FakeProcore;

beforeEach(async () => {
	fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
	fake.codes.push({ id: 901, project_id: 9001, code: '5120', name: 'Labor', parent_id: null });
	const costs = [directCost('1', ['10.10', '20', '-5'])];
	await syncDirectCosts(clientOf(fake.transport), costs, { dryRun: false });
});

/** The direct cost as it is read for a comparison: without anything of GP. */
async function standing(): Promise<StandingDirectCost> {
	const [one] = (await tryStandingCosts(clientOf(fake.transport), PROJECT)) as StandingDirectCost[];
	// Procore itself shows codes beside ids; this small one does not.
	const codeOf: Record<string, string> = { 900: '5110', 901: '5120' };
	const lines = one!.lines.map((line) => ({
		...line,
		costCode: codeOf[line.costCode]!,
		costType: 'M',
	}));
	return { ...one!, lines };
}

test('lines that hash to what was sent are as sent, in any order', async () => {
	expect(standsAsSent(await standing())).toBe('asSent');
	fake.lines.reverse();
	expect(standsAsSent(await standing())).toBe('asSent');
});

test('another amount is edited', async () => {
	fake.lines[0].amount = '10.11';
	expect(standsAsSent(await standing())).toBe('edited');
});

test('a line on another code, the sum as it was, cannot be shown to be as sent', async () => {
	fake.lines[0].cost_code_id = 901;
	expect(standsAsSent(await standing())).toBe('unknown');
});

test('without what was written beside it nothing is shown', async () => {
	const one = await standing();
	expect(standsAsSent({ ...one, originData: null })).toBe('unknown');
	expect(standsAsSent({ ...one, originData: '{"src":"gp","h":"x"}' })).toBe('unknown');
	expect(standsAsSent({ ...one, kind: 'requisition' })).toBe('unknown');
});

test('with a line somebody added, be it of nothing, it cannot be shown to be as sent', async () => {
	const one = await standing();
	const added = { ...one.lines[0], originId: null, amount: '0.00' };
	expect(standsAsSent({ ...one, lines: [...one.lines, added] })).toBe('unknown');
});
