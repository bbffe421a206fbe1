import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

afterEach(async () => await world.close());

interface Row {
	gp_key: string;
	cause: string;
}

/** What a comparison says of records without a key. */
async function compared(): Promise<Row[]> {
	const { credentials, tables } = world;
	const workflow = shippedTemplate('reconcile');
	const { error } = await runWorkflow({ workflow, trigger: 'Run now', credentials, tables });
	if (error) throw error;
	return tables.rows<Row>('gpp_reconciliation').filter(({ gp_key }) => gp_key.startsWith('#'));
}

const waiting = () =>
	world.tables.rows<Row>('gpp_parked').filter(({ gp_key }) => gp_key.startsWith('#'));

test('a record the service cannot send waits, and a comparison calls it not read, not gone', async () => {
	world = await SyncWorld.open({ vendorCount: 8, documentCount: 16 });
	world.credentials.dynamicsGpApi!.door = 'soap';
	const posted = [...world.gp.company.documents.values()].filter(
		({ documentType, state }) => documentType === 1 && state === 'open',
	);
	world.gp.set({ soap: { poisoned: [posted[1]!.voucher] } });
	await world.sync();
	const [row] = waiting();
	expect(waiting()).toHaveLength(1);
	expect(await compared()).toMatchObject([{ cause: 'notRead', gp_key: row!.gp_key }]);

	await world.sync();
	expect(waiting()).toHaveLength(1);
});
