import { comparableVendorName } from '../../../lib/sync/kinds/vendor-directory';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { clientOf, source, vendor } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';
import { fakeClock } from '../../procore/support/fake-clock';

const live = { dryRun: false };
let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
});

function stand(fields: Record<string, unknown>) {
	const row = { id: fake.id(), is_active: true, ...fields };
	fake.vendors.push(row);
	return row;
}
const kinds = (outcomes: Array<{ outcome: string }>) => outcomes.map(({ outcome }) => outcome);
const many = (count: number) =>
	Array.from({ length: count }, (_, index) => vendor(`V${String(index).padStart(4, '0')}`));

test('nothing desired costs no call', async () => {
	expect(await syncVendors(clientOf(fake.transport), [], live)).toEqual([]);
	expect(fake.requests).toHaveLength(0);
});

test('creates what is missing, and a second run writes nothing', async () => {
	const desired = many(12);
	const first = await syncVendors(clientOf(fake.transport), desired, live);
	expect(new Set(kinds(first))).toEqual(new Set(['created']));
	expect(first.map(({ originId }) => originId)).toEqual(desired.map(({ originId }) => originId));
	expect(fake.vendors).toHaveLength(12);
	const writes = fake.writes.length;
	expect(new Set(kinds(await syncVendors(clientOf(fake.transport), desired, live)))).toEqual(
		new Set(['unchanged']),
	);
	expect(fake.writes).toHaveLength(writes);
});

test('one changed vendor costs two calls and says what changed', async () => {
	await syncVendors(clientOf(fake.transport), many(12), live);
	fake.requests = [];
	const [outcome] = await syncVendors(
		clientOf(fake.transport),
		[vendor('V0003', { name: 'New Name', city: 'Fargo' })],
		live,
	);
	expect(fake.requests).toHaveLength(2);
	expect(outcome).toMatchObject({
		outcome: 'updated',
		procore: {
			type: 'vendor',
			id: String(fake.vendors.find(({ origin_code }) => origin_code === 'V0003')?.id),
		},
	});
	expect(outcome.changes).toEqual([
		{ field: 'name', before: 'V0003 Supplies', after: 'New Name' },
		{ field: 'city', before: null, after: 'Fargo' },
	]);
});

test('a dry run tells the same and writes nothing', async () => {
	stand({ name: 'V0001 Supplies', origin_code: 'V0001' });
	const desired = many(7);
	const planned = await syncVendors(clientOf(fake.transport), desired, { dryRun: true });
	expect(fake.writes).toHaveLength(0);
	const real = await syncVendors(clientOf(fake.transport), desired, live);
	expect(kinds(planned)).toEqual(kinds(real));
	expect(planned.map(({ changes }) => changes)).toEqual(real.map(({ changes }) => changes));
	expect(planned.every(({ dryRun }) => dryRun)).toBe(true);
});

describe('adoption', () => {
	test('by origin code, before the name', async () => {
		stand({ name: 'ACME Supplies', origin_code: null });
		const coded = stand({ name: 'Quite another name', origin_code: 'acme' });
		const [outcome] = await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		expect(outcome).toMatchObject({ outcome: 'adopted', procore: { id: String(coded.id) } });
		expect(coded).toMatchObject({ origin_id: 'GP:TWO:V:ACME', name: 'ACME Supplies' });
		expect(fake.vendors).toHaveLength(2);
	});

	test('by a unique active name, legal form and punctuation aside', async () => {
		const standing = stand({ name: 'Acme  Concrete, Inc.' });
		stand({ name: 'ACME CONCRETE LLC', is_active: false });
		const [outcome] = await syncVendors(
			clientOf(fake.transport),
			[vendor('A1', { name: 'ACME CONCRETE' })],
			live,
		);
		expect(outcome).toMatchObject({ outcome: 'adopted', procore: { id: String(standing.id) } });
	});

	test('not by a name that two active vendors have', async () => {
		stand({ name: 'Acme' });
		stand({ name: 'ACME Inc' });
		expect(
			kinds(await syncVendors(clientOf(fake.transport), [vendor('A1', { name: 'Acme' })], live)),
		).toEqual(['created']);
	});

	test('one vendor is adopted by one record only', async () => {
		stand({ name: 'Acme' });
		const outcomes = await syncVendors(
			clientOf(fake.transport),
			[vendor('A1', { name: 'Acme' }), vendor('A2', { name: 'Acme' })],
			live,
		);
		expect(kinds(outcomes)).toEqual(['adopted', 'created']);
	});

	test('by the crosswalk, whatever the name', async () => {
		const standing = stand({ name: 'Something else' });
		const [outcome] = await syncVendors(
			clientOf(fake.transport),
			[vendor('A1', {}, { procoreId: String(standing.id) })],
			live,
		);
		expect(outcome).toMatchObject({ outcome: 'adopted', procore: { id: String(standing.id) } });
	});

	test('a crosswalk to a vendor that is not there is a conflict that says so', async () => {
		const [outcome] = await syncVendors(
			clientOf(fake.transport),
			[vendor('A1', {}, { procoreId: '77' })],
			live,
		);
		expect(outcome).toMatchObject({
			outcome: 'conflict',
			reason: { code: 'vendor-link-missing' },
			record: { vendorId: 'A1' },
		});
		expect(fake.writes).toHaveLength(0);
	});

	test('never of one that another integration took over since, which leaves our data beside its id', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME', { name: 'ACME Supplies' })], live);
		const [taken] = fake.vendors;
		taken.origin_id = 'SAGE-17';
		const renamed = vendor('ACME', { name: 'Acme Goods' });
		const [outcome] = await syncVendors(clientOf(fake.transport), [renamed], live);
		expect(outcome).toMatchObject({ outcome: 'conflict', reason: { code: 'foreign-origin-id' } });
		expect(fake.vendors).toHaveLength(1);
	});

	test('never of a vendor another integration owns, by code, name or crosswalk', async () => {
		const owned = stand({ name: 'ACME Supplies', origin_code: 'ACME', origin_id: 'SAGE-17' });
		const before = { ...owned };
		for (const desired of [
			vendor('ACME'),
			vendor('OTHER', { name: 'ACME Supplies' }),
			vendor('X', {}, { procoreId: String(owned.id) }),
		]) {
			const [outcome] = await syncVendors(clientOf(fake.transport), [desired], live);
			expect(outcome).toMatchObject({ outcome: 'conflict', reason: { code: 'foreign-origin-id' } });
			expect(outcome.reason!.message).toContain(`GP vendor "${desired.vendor.name}"`);
			expect(outcome.reason!.message).toContain('Procore vendor "ACME Supplies"');
			expect(outcome.reason!.message).toContain('another integration');
		}
		expect(owned).toEqual(before);
		expect(fake.writes).toHaveLength(0);
	});

	test('two GP vendors that the crosswalk links to one: neither is taken for it, the conflict names both', async () => {
		const standing = stand({ name: 'ACME Supplies' });
		const procoreId = String(standing.id);
		const link = (code: string, name: string, more: object = {}) =>
			vendor(code, { name }, { procoreId, ...more });
		const outcomes = await syncVendors(
			clientOf(fake.transport),
			[link('A1', 'Acme East'), link('A2', 'Acme West')],
			live,
		);
		expect(kinds(outcomes)).toEqual(['conflict', 'conflict']);
		expect(outcomes.map(({ reason }) => reason!.message)).toEqual([
			'The vendors crosswalk links GP vendor "Acme East" (A1) and GP vendor "Acme West" (A2) to one Procore vendor, "ACME Supplies".',
			'The vendors crosswalk links GP vendor "Acme West" (A2) and GP vendor "Acme East" (A1) to one Procore vendor, "ACME Supplies".',
		]);
		expect(fake.writes).toHaveLength(0);
		// In another batch only its id is known of the other.
		const [alone] = await syncVendors(
			clientOf(fake.transport),
			[link('A2', 'Acme West', { linkSharedWith: ['A1'] })],
			live,
		);
		expect(alone.reason).toMatchObject({
			code: 'vendor-linked-twice',
			message: expect.stringContaining('"Acme West" (A2) and GP vendor A1 to one Procore vendor'),
		});
		expect(fake.writes).toHaveLength(0);
	});

	test('a link to a Procore vendor that is another GP vendor already is a conflict that names it', async () => {
		const standing = stand({ name: 'ACME Supplies' });
		const link = (code: string, name: string) =>
			vendor(code, { name }, { procoreId: String(standing.id) });
		await syncVendors(clientOf(fake.transport), [link('A1', 'Acme East')], live);
		const [later] = await syncVendors(clientOf(fake.transport), [link('A2', 'Acme West')], live);
		expect(later.reason!.message).toContain(
			'"Acme West" (A2) would be Procore vendor "Acme East", which is another GP vendor already (A1 of company',
		);
	});

	test('a namesake of another GP company gets its own record', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		const other = vendor('ACME', {}, { originId: 'GP:THREE:V:ACME' });
		expect(kinds(await syncVendors(clientOf(fake.transport), [other], live))).toEqual(['created']);
		expect(fake.vendors).toHaveLength(2);
	});
});

describe('inactive vendors', () => {
	test('one whose status GP does not tell is made, updated and left as inactive as it is', async () => {
		const unknown = (fields = {}) => {
			const one = vendor('ACME', fields);
			delete one.vendor.is_active;
			return one;
		};
		const run = async (one = unknown()) =>
			kinds(await syncVendors(clientOf(fake.transport), [one], live));
		expect(await run()).toEqual(['created']);
		fake.vendors[0].is_active = false;
		expect(await run()).toEqual(['unchanged']);
		expect(await run(unknown({ city: 'Fargo' }))).toEqual(['updated']);
		expect(fake.vendors).toMatchObject([{ is_active: false, city: 'Fargo' }]);
	});

	test('one of ours comes back to life instead of being doubled', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		fake.vendors[0].is_active = false;
		expect(kinds(await syncVendors(clientOf(fake.transport), [vendor('ACME')], live))).toEqual([
			'reactivated',
		]);
		expect(fake.vendors).toHaveLength(1);
		expect(fake.vendors[0].is_active).toBe(true);
	});

	test('also where the sync action does not reach inactive ones', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		fake.vendors[0].is_active = false;
		fake.intercept = (request, path) =>
			path.endsWith('/vendors/sync') && fake.vendors[0].is_active === false
				? reply(200, {
						entities: [],
						errors: (request.body as any).updates.map((row: any) => ({
							...row,
							errors: { id: ['Entity with this ID not found'] },
						})),
					})
				: undefined;
		expect(kinds(await syncVendors(clientOf(fake.transport), [vendor('ACME')], live))).toEqual([
			'reactivated',
		]);
		expect(fake.vendors[0].is_active).toBe(true);
	});

	test('also where the sync action takes it and leaves it inactive', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		fake.vendors[0].is_active = false;
		fake.intercept = (_request, path) =>
			path.endsWith('/vendors/sync')
				? reply(200, { entities: [{ ...fake.vendors[0] }], errors: [] })
				: undefined;
		expect(kinds(await syncVendors(clientOf(fake.transport), [vendor('ACME')], live))).toEqual([
			'reactivated',
		]);
		expect(fake.vendors[0].is_active).toBe(true);
	});

	test('made, its answer lost, and refused when sent again, as the sync action does not see it: it is ours', async () => {
		let sent = 0;
		fake.intercept = (request, path) => {
			if (!path.endsWith('/vendors/sync') || ++sent < 2) return undefined;
			return reply(200, {
				entities: [],
				errors: (request.body as any).updates.map((row: any) => ({
					...row,
					errors: { origin_id: ['has already been taken'] },
				})),
			});
		};
		fake.loseAnswers = 1;
		const options = { ...live, batchId: 'B1' };
		const desired = [vendor('A1', { is_active: false })];
		expect(await syncVendors(clientOf(fake.transport), desired, options)).toMatchObject([
			{ outcome: 'created', procore: { id: String(fake.vendors[0].id) } },
		]);
		expect(sent).toBe(2);
		// One that another batch wrote, or nobody of ours, is none of that.
		sent = 1;
		const later = { ...live, batchId: 'B2' };
		fake.vendors[0].origin_data = 'theirs';
		expect(kinds(await syncVendors(clientOf(fake.transport), desired, later))).toEqual([
			'conflict',
		]);
	});

	test('a vendor made inactive in GP becomes inactive in Procore', async () => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		const [outcome] = await syncVendors(
			clientOf(fake.transport),
			[vendor('ACME', { is_active: false })],
			live,
		);
		expect(outcome.outcome).toBe('updated');
		expect(fake.vendors[0].is_active).toBe(false);
	});

	test('never sent and inactive: created as such, or left out by policy', async () => {
		expect(
			kinds(
				await syncVendors(clientOf(fake.transport), [vendor('A1', { is_active: false })], {
					...live,
					inactivePolicy: 'skip',
				}),
			),
		).toEqual(['skipped']);
		expect(
			kinds(
				await syncVendors(clientOf(fake.transport), [vendor('A1', { is_active: false })], live),
			),
		).toEqual(['created']);
		expect(
			kinds(
				await syncVendors(clientOf(fake.transport), [vendor('A1', { is_active: false })], live),
			),
		).toEqual(['unchanged']);
	});
});

test('an older state of GP never overwrites a newer one', async () => {
	const at = (modified: string, name: string) =>
		vendor('ACME', { name }, { source: source('vendor', 'ACME', { modified }) });
	await syncVendors(clientOf(fake.transport), [at('2026-09-30', 'New')], live);
	expect(
		kinds(await syncVendors(clientOf(fake.transport), [at('2026-09-29', 'Old')], live)),
	).toEqual(['unchanged']);
	expect(fake.vendors[0].name).toBe('New');
	expect(
		kinds(await syncVendors(clientOf(fake.transport), [at('2026-09-30', 'Same day')], live)),
	).toEqual(['updated']);
});

test('a stamp of a clock that was ahead keeps no change out once the clock is right', async () => {
	const at = (modified: string, name: string) =>
		vendor('ACME', { name }, { source: source('vendor', 'ACME', { modified }) });
	await syncVendors(clientOf(fake.transport), [at('2027-01-15T08:00:00.000Z', 'Ahead')], live);
	expect(
		kinds(
			await syncVendors(
				clientOf(fake.transport),
				[at('2026-09-30T08:00:00.000Z', 'Put right')],
				live,
			),
		),
	).toEqual(['updated']);
	expect(fake.vendors[0].name).toBe('Put right');
});

describe('edited in Procore', () => {
	beforeEach(async () => {
		await syncVendors(
			clientOf(fake.transport),
			[vendor('ACME', { city: 'Fargo', business_phone: '7015550100' })],
			live,
		);
	});
	const again = () => vendor('ACME', { city: 'Fargo', business_phone: '7015550100' });

	test('is set back, or let stand when so wished', async () => {
		fake.vendors[0].city = 'Moorhead';
		expect(
			kinds(await syncVendors(clientOf(fake.transport), [again()], { ...live, drift: 'keep' })),
		).toEqual(['unchanged']);
		const [outcome] = await syncVendors(clientOf(fake.transport), [again()], live);
		expect(outcome).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'city', before: 'Moorhead', after: 'Fargo' }],
		});
	});

	test('a phone number Procore formats is no edit', async () => {
		fake.vendors[0].business_phone = '(701) 555-0100';
		expect(kinds(await syncVendors(clientOf(fake.transport), [again()], live))).toEqual([
			'unchanged',
		]);
	});

	test('a value Procore always writes its own way is overwritten once, not for ever', async () => {
		const stubborn = () => (fake.vendors[0].city = 'FARGO CITY');
		stubborn();
		expect(kinds(await syncVendors(clientOf(fake.transport), [again()], live))).toEqual([
			'updated',
		]);
		stubborn();
		expect(kinds(await syncVendors(clientOf(fake.transport), [again()], live))).toEqual([
			'unchanged',
		]);
	});
});

describe('faults', () => {
	test('of one row fail that record only, with request id and the record to park', async () => {
		const desired = [vendor('GOOD'), vendor('BAD')];
		fake.intercept = (request, path) =>
			path.endsWith('/vendors/sync')
				? reply(200, {
						entities: [{ id: 1, origin_id: 'GP:TWO:V:GOOD' }],
						errors: [
							{ ...(request.body as any).updates[1], errors: { trade_ids: ['is invalid'] } },
						],
					})
				: undefined;
		const [good, bad] = await syncVendors(clientOf(fake.transport), desired, live);
		expect(good.outcome).toBe('created');
		expect(good.record).toBeUndefined();
		expect(bad).toMatchObject({
			outcome: 'failed',
			reason: { code: 'row-refused', requestId: 'request-1' },
			record: { vendorId: 'BAD' },
		});
	});

	test.each([
		'Record is locked by ERP integration',
		'Cannot update a Direct Cost that has been synced with an ERP integration',
		"can't be deleted once it is approved",
		'This record is read-only',
	])('a locked record is told apart: %s', async (message) => {
		await syncVendors(clientOf(fake.transport), [vendor('ACME')], live);
		fake.intercept = (request, path) =>
			path.endsWith('/vendors/sync')
				? reply(200, {
						entities: [],
						errors: [
							{
								...(request.body as any).updates[0],
								errors: { base: [message] },
							},
						],
					})
				: undefined;
		expect(
			await syncVendors(clientOf(fake.transport), [vendor('ACME', { name: 'New' })], live),
		).toMatchObject([{ outcome: 'locked', reason: { code: 'locked' } }]);
	});

	test('a vendor without a name is not sent', async () => {
		expect(
			await syncVendors(clientOf(fake.transport), [vendor('ACME', { name: ' ' })], live),
		).toMatchObject([{ outcome: 'failed', reason: { code: 'name-missing' } }]);
		expect(fake.writes).toHaveLength(0);
	});

	test('the same vendor twice is written once', async () => {
		const outcomes = await syncVendors(
			clientOf(fake.transport),
			[vendor('ACME'), vendor('ACME', { name: 'Second' })],
			live,
		);
		expect(kinds(outcomes)).toEqual(['created', 'unchanged']);
		expect(outcomes[1].procore?.id).toBe(outcomes[0].procore?.id);
		expect(fake.vendors).toMatchObject([{ name: 'ACME Supplies' }]);
	});

	test('no answer throws, and the retry completes without doubling', async () => {
		fake.loseAnswers = 99;
		await expect(syncVendors(clientOf(fake.transport), many(8), live)).rejects.toMatchObject({
			scope: 'transport',
		});
		fake.loseAnswers = 0;
		const outcomes = await syncVendors(clientOf(fake.transport), many(8), live);
		expect(outcomes.every(({ outcome }) => outcome === 'created' || outcome === 'unchanged')).toBe(
			true,
		);
		expect(fake.vendors).toHaveLength(8);
	});
});

test('within a run the directory is read once, however many batches', async () => {
	const effects = fakeClock();
	const options = { ...live, cacheKey: 'run 1' };
	await syncVendors(clientOf(fake.transport, { effects }), many(20).slice(0, 10), options);
	await syncVendors(clientOf(fake.transport, { effects }), many(20).slice(10), options);
	expect(fake.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
	expect(fake.vendors).toHaveLength(20);
});

test.each([
	['Acme Concrete, Inc.', 'ACME CONCRETE'],
	['Smith & Sons Co.', 'Smith and Sons'],
	['A.B.C. Rental LLC', 'ABC RENTAL'],
	["O'Neil Électric Ltd", 'ONEIL ELECTRIC'],
	['Smith &amp; Sons', 'Smith & Sons'],
	['O&#39;Neil &quot;Best&quot; Electric', "O'Neil Best Electric"],
	// Points that Hebrew and Arabic may leave out, and signs nobody sees.
	['מִבְנֵה צָפוֹן', 'מבנה צפון'],
	['شَرِكَة البِناء', 'شركة البناء'],
	['شركة البناء\u200f', '\u202bشركة البناء\u202c'],
])('%s and %s are one name', (left, right) =>
	expect(comparableVendorName(left)).toBe(comparableVendorName(right)),
);

test.each([
	['Acme Concrete', 'Acme Electric'],
	['Company Roofing', 'Roofing'],
	['The Inc', 'The Other Inc'],
	['Müller 1', 'Müller 2'],
	// Vowels that are marks, and what makes another syllable of one.
	['บริษัท ดี จำกัด', 'บริษัท ดา จำกัด'],
	['บริษัท ดิ จำกัด', 'บริษัท ดี จำกัด'],
	['कमला निर्माण', 'कमली निर्माण'],
	['ハス建設', 'バス建設'],
])('%s and %s are two', (left, right) =>
	expect(comparableVendorName(left)).not.toBe(comparableVendorName(right)),
);
