import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { clientOf, costCode, source, PROJECT } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

const live = { dryRun: false };
const CONCRETE = { code: '03', name: 'Concrete', originId: `GP:TWO:D:03:P:${PROJECT}` };
let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
});

function stand(fields: Record<string, unknown>) {
	const row = { id: fake.id(), project_id: Number(PROJECT), parent_id: null, ...fields };
	fake.codes.push(row);
	return row;
}
const kinds = (outcomes: Array<{ outcome: string }>) => outcomes.map(({ outcome }) => outcome);
const twoTier = (count: number, projectId = PROJECT) =>
	Array.from({ length: count }, (_, index) =>
		costCode(String(100 + index), {
			parent: { ...CONCRETE, originId: `GP:TWO:D:03:P:${projectId}` },
			projectId,
		}),
	);

test('two tiers in an empty project: one list, one call for the division, one for the codes', async () => {
	const outcomes = await syncCostCodes(clientOf(fake.transport), twoTier(200), live);
	expect(fake.requests).toHaveLength(3);
	expect(new Set(kinds(outcomes))).toEqual(new Set(['created']));
	const division = fake.codes.find(({ code }) => code === '03');
	expect(fake.codes.filter(({ parent_id }) => parent_id === division?.id)).toHaveLength(200);
});

test('a second run reads once per project and writes nothing', async () => {
	const desired = [...twoTier(10), ...twoTier(10, '9002'), costCode('5110')];
	await syncCostCodes(clientOf(fake.transport), desired, live);
	fake.requests = [];
	expect(new Set(kinds(await syncCostCodes(clientOf(fake.transport), desired, live)))).toEqual(
		new Set(['unchanged']),
	);
	expect(fake.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

test('existing codes are adopted by division and number in one call, divisions are left alone', async () => {
	const division = stand({ code: '03', name: 'My Concrete' });
	const standing = stand({ code: '100', name: 'Mine', parent_id: division.id });
	stand({ code: '100', name: 'At the top' });
	fake.requests = [];
	const [outcome] = await syncCostCodes(clientOf(fake.transport), twoTier(1), live);
	expect(outcome).toMatchObject({
		outcome: 'adopted',
		procore: { type: 'costCode', id: String(standing.id), projectId: PROJECT },
	});
	expect(outcome.changes).toEqual([{ field: 'name', before: 'Mine', after: 'Account 100' }]);
	expect(fake.requests).toHaveLength(2);
	expect(division).toEqual({
		id: division.id,
		project_id: 9001,
		parent_id: null,
		code: '03',
		name: 'My Concrete',
	});
});

test('an adopted code keeps its name when edits in Procore are to stand', async () => {
	const standing = stand({ code: '5110', name: 'Our own name' });
	expect(
		kinds(
			await syncCostCodes(clientOf(fake.transport), [costCode('5110')], { ...live, drift: 'keep' }),
		),
	).toEqual(['adopted']);
	expect(standing).toMatchObject({ name: 'Our own name', origin_id: `GP:TWO:A:5110:P:${PROJECT}` });
});

test('a code of another integration is a conflict and stays untouched', async () => {
	const owned = stand({ code: '5110', name: 'Theirs', origin_id: 'SAGE-5110' });
	const outcomes = await syncCostCodes(clientOf(fake.transport), [costCode('5110')], live);
	expect(outcomes).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'foreign-origin-id' }, record: { account: '5110' } },
	]);
	expect(owned).toMatchObject({ name: 'Theirs', origin_id: 'SAGE-5110' });
	expect(fake.writes).toHaveLength(0);
});

test('a code of another company of the same books is shared, and keeps its name', async () => {
	const originId = `GP:THREE:A:5110:P:${PROJECT}`;
	const shared = stand({ code: '5110', name: 'Of three', origin_id: originId });
	const elsewhere = stand({ code: '5120', name: 'Other', origin_id: `GP:THREE:A:5110:P:1` });
	const outcomes = await syncCostCodes(
		clientOf(fake.transport),
		[costCode('5110'), costCode('5120')],
		live,
	);
	expect(kinds(outcomes)).toEqual(['unchanged', 'conflict']);
	expect(outcomes[0].procore?.id).toBe(String(shared.id));
	expect(shared).toMatchObject({ name: 'Of three', origin_id: originId });
	expect(elsewhere).toMatchObject({ name: 'Other' });
	expect(fake.writes).toHaveLength(0);
});

describe('several accounts that lead to one code', () => {
	const account = (key: string, name: string) =>
		costCode('5110', { name, source: source('account', key) });

	test('in one batch the first by account decides, in whatever order they come', async () => {
		const outcomes = await syncCostCodes(
			clientOf(fake.transport),
			[account('200-5110', 'B'), account('100-5110', 'A')],
			live,
		);
		expect(kinds(outcomes)).toEqual(['unchanged', 'created']);
		expect(fake.codes).toMatchObject([{ name: 'A' }]);
		expect(outcomes[0].procore?.id).toBe(outcomes[1].procore?.id);
	});

	test('another account never renames it later, its owner does', async () => {
		await syncCostCodes(clientOf(fake.transport), [account('200-5110', 'B')], live);
		expect(
			kinds(await syncCostCodes(clientOf(fake.transport), [account('100-5110', 'A')], live)),
		).toEqual(['unchanged']);
		expect(
			kinds(
				await syncCostCodes(
					clientOf(fake.transport),
					[account('100-5110', 'A'), account('200-5110', 'B2')],
					live,
				),
			),
		).toEqual(['unchanged', 'updated']);
		expect(fake.codes).toMatchObject([{ name: 'B2' }]);
	});
});

test('a renamed code costs two calls', async () => {
	await syncCostCodes(clientOf(fake.transport), twoTier(5), live);
	fake.requests = [];
	const changed = { ...twoTier(1)[0], name: 'New name' };
	expect(await syncCostCodes(clientOf(fake.transport), [changed], live)).toMatchObject([
		{ outcome: 'updated', changes: [{ field: 'name', before: 'Account 100', after: 'New name' }] },
	]);
	expect(fake.requests).toHaveLength(2);
});

describe('a code that was renumbered in Procore', () => {
	const renumbered = async (drift?: 'keep') => {
		await syncCostCodes(clientOf(fake.transport), [costCode('5110')], live);
		fake.codes[0].code = '5199';
		return await syncCostCodes(clientOf(fake.transport), [costCode('5110')], { ...live, drift });
	};

	test('gets its number back, and the change is told', async () => {
		expect(await renumbered()).toMatchObject([
			{ outcome: 'updated', changes: [{ field: 'code', before: '5199', after: '5110' }] },
		]);
		expect(fake.codes).toMatchObject([{ code: '5110' }]);
	});

	test('keeps it where edits in Procore are to stand', async () => {
		expect(kinds(await renumbered('keep'))).toEqual(['unchanged']);
		expect(fake.codes).toMatchObject([{ code: '5199' }]);
	});
});

test('an inactive account whose code was never sent is skipped', async () => {
	expect(
		await syncCostCodes(clientOf(fake.transport), [costCode('5110', { active: false })], live),
	).toMatchObject([{ outcome: 'skipped', reason: { code: 'inactive-not-sent' } }]);
	expect(fake.writes).toHaveLength(0);
});

test('a division that is itself a record is made once, as that record', async () => {
	const root = costCode('03', { originId: CONCRETE.originId, name: 'Concrete from GP' });
	const outcomes = await syncCostCodes(clientOf(fake.transport), [...twoTier(2), root], live);
	expect(kinds(outcomes)).toEqual(['created', 'created', 'created']);
	expect(fake.codes.filter(({ code }) => code === '03')).toMatchObject([
		{ name: 'Concrete from GP' },
	]);
});

test('a project that is refused fails its own records with a remedy, and is asked only once', async () => {
	fake.blockedProjects.add('9002');
	const outcomes = await syncCostCodes(
		clientOf(fake.transport),
		[...twoTier(2), ...twoTier(3, '9002')],
		{ ...live, cacheKey: 'blocked run' },
	);
	expect(kinds(outcomes)).toEqual(['created', 'created', 'failed', 'failed', 'failed']);
	expect(outcomes[2].reason).toMatchObject({ code: 'project-blocked', httpStatus: 403 });
	expect(outcomes[2].reason?.remedy).toMatch(/permitted projects/);
	fake.requests = [];
	await syncCostCodes(clientOf(fake.transport), twoTier(3, '9002'), {
		...live,
		cacheKey: 'blocked run',
	});
	expect(fake.requests).toHaveLength(0);
});

test('a dry run plans the same outcomes and writes nothing', async () => {
	stand({ code: '5110', name: 'Mine' });
	const desired = [costCode('5110'), ...twoTier(3), costCode('6000', { active: false })];
	const planned = await syncCostCodes(clientOf(fake.transport), desired, { dryRun: true });
	expect(fake.writes).toHaveLength(0);
	const real = await syncCostCodes(clientOf(fake.transport), desired, live);
	expect(planned.map(({ outcome, changes }) => ({ outcome, changes }))).toEqual(
		real.map(({ outcome, changes }) => ({ outcome, changes })),
	);
});

test('when the division cannot be made, its codes say why', async () => {
	stand({ code: '03', name: 'Elsewhere', project_id: 9009, origin_id: CONCRETE.originId });
	const outcomes = await syncCostCodes(clientOf(fake.transport), twoTier(1), live);
	expect(outcomes).toMatchObject([{ outcome: 'conflict', reason: { code: 'origin-conflict' } }]);
});
