import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncDirectCosts, ProjectDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { RunCache } from '../../../lib/sync/sync-run';
import { clientOf, directCost } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { FakeProcore } from '../../procore/support/fake-procore';

let fake: FakeProcore;
beforeEach(() => (fake = new FakeProcore()));
const stand = (count: number) => {
	fake.costs = Array.from({ length: count }, (_, index) => ({
		...{ id: index + 1, project_id: 9001, direct_cost_type: 'invoice', status: 'approved' },
		origin_id: directCost(`D${index}`, []).originId,
	}));
};
const wanted = (...numbers: number[]) => numbers.map((number) => directCost(`D${number}`, []));
/** What is asked: by origin id, or which page of the whole list. */
const asked = () =>
	fake.requests.map(({ path, query }) => {
		const id = /direct_costs\/(\d+)$/.exec(path)?.[1];
		return id ? `#${id}` : (query.get('filters[origin_id]') ?? `page ${query.get('page') ?? 1}`);
	});
const client = () => clientOf(fake.transport);

describe('what stands of these', () => {
	const read = async (
		records: readonly DesiredDirectCost[],
		known = ProjectDirectCosts.of(new RunCache(), '9001', 0),
		madeThisRun: string[] = [],
	) => {
		fake.requests = [];
		await known.readStanding(client(), records, { madeThisRun: new Set(madeThisRun) });
		return { known, asked: asked() };
	};
	const byId = (...numbers: number[]) => wanted(...numbers).map(({ originId }) => originId);

	test('one is asked for by its origin id, up to five by the first page, more by all', async () => {
		stand(3);
		expect((await read([])).asked).toEqual([]);
		expect((await read(wanted(1))).asked).toEqual(byId(1));
		expect((await read(wanted(1, 2))).asked).toEqual(['page 1']);
		expect((await read(wanted(1, 2, 7, 8, 9))).asked).toEqual(['page 1']);
		expect((await read(wanted(1, 2, 3, 4, 5, 6))).asked).toEqual(['page 1']);
	});

	test('of a project of two pages or more, two are read before any is asked for by its id', async () => {
		stand(2_500);
		const { known, asked: calls } = await read(wanted(1, 1_500, 2_400));
		expect(calls).toEqual(['page 1', 'page 2', ...byId(2_400)]);
		expect([known.isWhole, [...known.all()].length]).toEqual([false, 2_001]);
		expect((await read(wanted(0, 1, 2, 3, 4, 5))).asked).toEqual(['page 1', 'page 2', 'page 3']);
	});

	test('what is known already is not asked for again, nor counted', async () => {
		stand(3);
		const { known } = await read(wanted(0));
		expect((await read(wanted(0), known)).asked).toEqual([]);
		expect((await read(wanted(0, 1), known)).asked).toEqual(byId(1));
		const two = await read(wanted(7, 8));
		expect([two.known.isWhole, (await read(wanted(9), two.known)).asked]).toEqual([true, []]);
	});

	test('nothing stands of a vendor that this run made; of one that is linked it may', async () => {
		stand(3);
		const made = ['GP:TWO:V:ACME'];
		expect((await read(wanted(0, 1), undefined, made)).asked).toEqual([]);
		const linked = wanted(0).map((one) => ({ ...one, vendorId: '7' }));
		expect((await read(linked, undefined, made)).asked).toEqual(byId(0));
		const none = wanted(0).map((one) => ({ ...one, vendorOriginId: undefined }));
		expect((await read(none, undefined, made)).asked).toEqual(byId(0));
	});
});

describe('one that is to be taken out and is in no list', () => {
	const effects = fakeClock();
	const at = new Date(effects.now()).toISOString();
	const sync = async (more: Partial<DesiredDirectCost>) => {
		fake.requests = [];
		const [one] = wanted(1);
		const options = { dryRun: false };
		const [outcome] = await syncDirectCosts(client(), [{ ...one, voided: true, ...more }], options);
		return [outcome.outcome, ...asked()];
	};
	const { originId } = wanted(1)[0];

	test('is asked for by the id it was sent with, and may still come', async () => {
		expect(await sync({ sentAs: { id: '55', at } })).toEqual(['parked', originId, '#55']);
	});

	test('was never sent as a direct cost, or is not to go: nothing is asked for', async () => {
		expect(await sync({})).toEqual(['skipped', originId]);
		const sentAs = { id: '55', at, type: 'requisition' as const };
		expect(await sync({ sentAs })).toEqual(['skipped', originId]);
		const [, ...calls] = await sync({ sentAs: { id: '55', at }, voided: false });
		expect(calls).not.toContain('#55');
	});
});
