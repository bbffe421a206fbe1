import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(240_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
/** Sent with their lines; then distribution history is off, and GP forgets the lines of what it moves to history. */
let documents: CompanyDocument[];

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 12, documentCount: 60 });
	await world.sync();
	documents = [...world.gp.company.documents.values()].filter(
		(one) => one.state === 'open' && one.documentType === 1 && standing(one).length === 1,
	);
	expect(documents.length).toBeGreaterThan(4);
	for (const document of documents) {
		world.gp.edits.payVoucher(documentKey(document));
		document.distributions = [];
	}
	await world.sync();
});
afterAll(() => world.close());

async function reconcile(answers?: object): Promise<WorkflowRun> {
	const result = await runWorkflow({
		workflow: shippedTemplate('reconcile'),
		trigger: 'Run now',
		triggerItems: [answers ?? {}] as never,
		credentials: world.credentials,
		tables: world.tables,
	});
	if (result.error) throw result.error;
	return result;
}

interface Row {
	row_kind: string;
	cause: string;
	gp_key: string;
	difference: string;
	unexplained: string;
	explained: string;
	remedy: string;
}

/** What stands of a document in Procore and counts. */
const standing = (document: CompanyDocument) =>
	world
		.directCosts()
		.filter(({ origin_id }) =>
			origin_id!.startsWith(`GP:TWO:PM:${documentKey(document).replace(';', ':')}:`),
		)
		.filter(({ status }) => status !== 'draft');
const rowsOf = (document: CompanyDocument) =>
	world.tables
		.rows<Row>('gpp_reconciliation')
		.filter((row) => row.row_kind === 'difference' && row.gp_key === documentKey(document));
const total = () =>
	world.tables.rows<Row>('gpp_reconciliation').find(({ row_kind }) => row_kind === 'total')!;
const waiting = (document: CompanyDocument) =>
	world.tables
		.rows<{ gp_key: string }>('gpp_parked')
		.filter(({ gp_key }) => gp_key === documentKey(document));
const requests = () => world.tables.rows<{ gp_key: string }>('gpp_request');
const story = (document: CompanyDocument) =>
	world.events().filter(({ gp_key }) => gp_key === documentKey(document));
const inState = (document: CompanyDocument) => {
	const { state } = world.procore;
	const [cost] = standing(document);
	return {
		state,
		cost: state.directCosts.all().find(({ id }) => String(id) === String(cost!.id))!,
	};
};

describe('a document that was sent, and whose distributions GP no longer keeps', () => {
	it('stays as it was sent: nothing waits, the run is clean, and each says so once', () => {
		expect(world.runs().at(-1)).toMatchObject({ status: 'success', failed: 0 });
		for (const document of documents) {
			expect(waiting(document)).toEqual([]);
			expect(standing(document)).toHaveLength(1);
			expect(story(document).map(({ outcome, reason_code }) => [outcome, reason_code])).toEqual([
				['created', ''],
				['skipped', 'as-sent'],
			]);
		}
	});

	it('is explained by the comparison as such, to the cent, and nothing is to be mended', async () => {
		const result = await reconcile();
		expect(total().unexplained).toBe('0.00');
		for (const document of documents)
			expect(new Set(rowsOf(document).map(({ cause }) => cause))).toEqual(new Set(['asSent']));
		expect(result.items('Compare books', 2)[0]).toMatchObject({ fixable: 0 });
		expect(requests()).toEqual([]);
	});

	it('is not touched when it is replayed', async () => {
		const [document] = documents;
		const before = standing(document!);
		world.tables.insert('gpp_request', [requestFor(document!)]);
		await world.sync();
		expect(standing(document!)).toEqual(before);
		expect(requests()).toEqual([]);
		expect(waiting(document!)).toEqual([]);
	});

	it('is named as edited when somebody changed it in Procore since, which GP cannot mend', async () => {
		const [, document] = documents;
		const { state, cost } = inState(document!);
		const [line] = state.directCostLines.by('directCost', cost.id);
		state.put('directCostLines', { ...line!, amount: '1.23' });
		state.commit();
		await reconcile();
		expect(rowsOf(document!)).not.toEqual([]);
		for (const row of rowsOf(document!)) {
			expect(row.cause).toBe('asSentEdited');
			expect(row.explained).toMatch(/^Was changed in Procore after it was sent/);
			expect(row.remedy).toMatch(/by hand in Procore/);
		}
		expect(requests()).toEqual([]);
	});

	it('is named when it was deleted in Procore, which GP cannot mend', async () => {
		const [, , document] = documents;
		const { state, cost } = inState(document!);
		state.put('directCosts', { ...cost, deleted_at: '2026-07-01T00:00:00Z' });
		state.commit();
		await reconcile();
		expect(rowsOf(document!).map(({ cause, explained }) => [cause, explained])).toEqual([
			['parked', expect.stringMatching(/met in none of the Procore projects/)],
		]);
		expect(requests()).toEqual([]);
	});

	it('is named when somebody set it to draft in Procore, where it counts no more', async () => {
		const document = documents[4]!;
		const { state, cost } = inState(document);
		state.put('directCosts', { ...cost, status: 'draft' });
		state.commit();
		await reconcile();
		expect(rowsOf(document)).toMatchObject([
			{
				cause: 'asSentEdited',
				explained: expect.stringMatching(/stands in Procore without counting/),
			},
		]);
	});

	it('goes out of the budget when GP voids it', async () => {
		const [, , , document] = documents;
		world.gp.edits.voidVoucher(documentKey(document!));
		await world.sync();
		expect(standing(document!)).toEqual([]);
		expect(story(document!).at(-1)).toMatchObject({ outcome: 'voided', procore_amount: '0.00' });
	});
});

function requestFor(document: CompanyDocument) {
	return {
		entity: 'payable',
		gp_company: 'TWO',
		gp_key: documentKey(document),
		gp_label: '',
		reason: 'replay',
		requested_at: '2026-03-02T06:00:00.000Z',
		requested_by: '',
		tries: 0,
		payload: '',
		note: '',
	};
}
