import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.synced({ vendorCount: 12, documentCount: 16 });
});
afterAll(async () => await world.close());

const parked = () =>
	world.tables
		.rows<{ entity: string; gp_key: string; reason_code: string; remedy: string }>('gpp_parked')
		.filter(({ reason_code }) => reason_code === 'cost-code-missing');
const codes = () => world.procore.state.costCodes.all();

/** A code that GP sent and no cost in Procore stands on, with an account that brings it. */
function unusedCode() {
	const { directCostLines, wbsCodes } = world.procore.state;
	const used = new Set(
		directCostLines.all().map(({ wbs_code_id }) => wbsCodes.get(wbs_code_id)?.cost_code_id),
	);
	for (const code of codes()) {
		const [, number] = /^GP:[^:]+:CC:([^:]+):P:/.exec(code.origin_id ?? '') ?? [];
		const { a: account } = JSON.parse(code.origin_data ?? '{}') as { a?: string };
		if (number && account && !used.has(code.id)) return { code, account };
	}
	throw new Error('every cost code is used');
}

function invoiceOn(account: string, amount: string): string {
	const vendorId = [...world.gp.company.documents.values()][0].vendorId;
	return world.gp.edits.addInvoice({ state: 'open', vendorId, lines: [{ account, amount }] })
		.voucher;
}

test('a cost code that was deleted in Procore is made again from its account when a document needs it', async () => {
	const { code, account } = unusedCode();
	world.procore.state.costCodes.remove(code.id);
	const voucher = invoiceOn(account, '77.00');
	await world.sync();
	expect(
		parked()
			.map(({ entity }) => entity)
			.sort(),
	).toEqual(['account', 'payable']);
	const waiting = parked().find(({ entity }) => entity === 'payable')!;
	expect(waiting.remedy).toContain(
		`reads account ${account} from GP, makes cost code ${code.code} in project ${code.project_id}`,
	);
	await world.sync();
	expect(parked()).toEqual([]);
	expect(codes().filter(({ origin_id }) => origin_id === code.origin_id)).toHaveLength(1);
	expect(world.costsOf(voucher)).toMatchObject([{ grand_total: '77.0' }]);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});

test('a cost code that was renumbered in Procore is found by its origin id', async () => {
	const { code, account } = unusedCode();
	const before = codes().length;
	world.procore.state.costCodes.put({ ...code, code: `${code.code}X`, name: 'Renamed by hand' });
	const voucher = invoiceOn(account, '78.00');
	await world.sync();
	expect(parked()).toEqual([]);
	expect(world.costsOf(voucher)).toMatchObject([{ grand_total: '78.0' }]);
	expect(codes()).toHaveLength(before);
	await world.sync();
	expect(world.costsOf(voucher)).toHaveLength(1);
	expect(world.books()).toMatchObject({ unexplained: '0.00' });
});
