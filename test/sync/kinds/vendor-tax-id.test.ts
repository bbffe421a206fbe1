import { taxIdMatch } from '../../../lib/model/same-firm';
import { createProcoreClient } from '../../../lib/procore/procore-client';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import type { DesiredVendor } from '../../../lib/model/desired';
import { startProcoreServer, type ProcoreStandIn } from '../../../sandbox/procore/server';
import { vendor } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { fetchTransport } from '../../procore/support/fetch-transport';

const KEY = 'correct horse battery staple';
let procore: ProcoreStandIn;
afterEach(() => procore.close());

type Standing = Record<string, unknown> & { name: string; taxId?: string };

async function start(...vendors: Standing[]): Promise<void> {
	const clock = fakeClock();
	procore = await startProcoreServer({
		now: clock.now,
		sleep: clock.sleep,
		seed: {
			projects: [],
			costCodes: [],
			directCosts: [],
			commitments: [],
			vendors: vendors.map(({ taxId, ...rest }) => ({
				...rest,
				...(taxId ? { business_register: { type: 'ein', identifier: taxId } } : {}),
			})),
		},
	});
}

async function sync(desired: DesiredVendor[], { taxIdKey = KEY, dryRun = false } = {}) {
	const { url, clientId, clientSecret } = procore;
	const client = createProcoreClient({
		transport: fetchTransport({ loginUrl: url, clientId, clientSecret }),
		apiBaseUrl: url,
		companyId: String(procore.companyId),
		effects: fakeClock(),
		taxIdKey,
	});
	const outcomes = await syncVendors(client, desired, { dryRun });
	return { outcomes, client, kinds: outcomes.map(({ outcome }) => outcome) };
}

const gp = (code: string, name: string, taxId?: string, more: Partial<DesiredVendor> = {}) =>
	vendor(code, { name }, { ...(taxId ? { taxIdMatch: taxIdMatch(taxId, KEY) } : {}), ...more });

const idOf = (name: string) =>
	String(procore.state.vendors.all().find((one) => one.name === name)?.id);

test('a vendor written quite differently is adopted by its tax id, few or many', async () => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321' }, { name: 'Someone Else' });
	const id = idOf('Contoso Ready Mix');
	const many = Array.from({ length: 8 }, (_, index) => gp(`N${index}`, `New ${index}`));
	const { outcomes, kinds } = await sync([gp('CON01', 'CONTOSO RM LLC', '987654321'), ...many]);
	expect(kinds[0]).toBe('adopted');
	expect(outcomes[0].procore?.id).toBe(id);
	expect((await sync([gp('CON01', 'CONTOSO RM LLC', '987654321')])).kinds).toEqual(['unchanged']);
});

test('one new vendor alone finds it as well', async () => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321' });
	expect((await sync([gp('CON01', 'CONTOSO RM LLC', '98 7654321')])).kinds).toEqual(['adopted']);
});

test.each([
	['no key on the Procore side', ''],
	['another key on the Procore side', 'another phrase altogether'],
])('with %s it is not found by tax id', async (_what, taxIdKey) => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321' });
	const desired = [gp('CON01', 'CONTOSO RM LLC', '98-7654321')];
	expect((await sync(desired, { taxIdKey })).kinds).toEqual(['created']);
});

test('origin id comes first, then origin code, then tax id, then name', async () => {
	await start(
		{ name: 'By Origin', taxId: '11-1111112', origin_id: 'GP:TWO:V:A' },
		{ name: 'By Code', taxId: '22-2222223', origin_code: 'B' },
		{ name: 'By Tax', taxId: '33-3333334' },
		{ name: 'By Name', taxId: '44-4444445' },
		{ name: 'Alpha' },
		{ name: 'Beta' },
		{ name: 'Gamma' },
	);
	const { outcomes } = await sync([
		gp('A', 'Alpha', '33-3333334'),
		gp('B', 'Beta', '44-4444445'),
		gp('C', 'Gamma', '33-3333334', { originId: 'GP:TWO:V:C' }),
		gp('D', 'By Name'),
	]);
	expect(outcomes.map(({ outcome }) => outcome)).toEqual([
		'updated',
		'adopted',
		'adopted',
		'adopted',
	]);
	const byOrigin = (originId: string) =>
		procore.state.vendors.all().filter((one) => one.origin_id === originId);
	expect(byOrigin('GP:TWO:V:A')).toMatchObject([
		{ name: 'Alpha', business_register: { identifier: '111111112' } },
	]);
	expect(byOrigin('GP:TWO:V:B')).toMatchObject([
		{ business_register: { identifier: '222222223' } },
	]);
	expect(byOrigin('GP:TWO:V:C')).toMatchObject([
		{ business_register: { identifier: '333333334' } },
	]);
	expect(byOrigin('GP:TWO:V:D')).toMatchObject([
		{ business_register: { identifier: '444444445' } },
	]);
});

test('two Procore vendors with the tax id are a conflict that names both, and nothing is written', async () => {
	await start(
		{ name: 'Contoso East', taxId: '98-7654321' },
		{ name: 'Contoso West', taxId: '98-7654321' },
	);
	const { outcomes, client } = await sync([gp('CON01', 'Contoso', '98-7654321')]);
	expect(outcomes).toMatchObject([
		{
			outcome: 'conflict',
			reason: {
				code: 'tax-id-ambiguous',
				message: expect.stringMatching(/Contoso East.*Contoso West/),
				remedy: expect.stringContaining('crosswalk'),
			},
		},
	]);
	expect(client.counters.writes).toBe(0);
});

test('an inactive vendor with the same tax id does not stand in the way of the active one', async () => {
	await start(
		{ name: 'Contoso Old', taxId: '98-7654321', is_active: false },
		{ name: 'Contoso Now', taxId: '98-7654321' },
	);
	const { outcomes } = await sync([gp('CON01', 'Contoso', '98-7654321')]);
	expect(outcomes[0]).toMatchObject({ outcome: 'adopted' });
	expect(procore.state.vendors.all()).toHaveLength(2);
});

test('only an inactive one is brought back', async () => {
	await start({ name: 'Contoso Old', taxId: '98-7654321', is_active: false });
	expect((await sync([gp('CON01', 'Contoso', '98-7654321')])).kinds).toEqual(['reactivated']);
});

test('two GP vendors with the tax id of one Procore vendor are both a conflict', async () => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321' });
	const { outcomes } = await sync([
		gp('CON01', 'Contoso', '98-7654321'),
		gp('CON02', 'Contoso Remit', '98-7654321'),
	]);
	expect(outcomes).toMatchObject([
		{ outcome: 'conflict', reason: { message: expect.stringContaining('2 GP vendors') } },
		{ outcome: 'conflict' },
	]);
	for (const { reason } of outcomes) {
		expect(reason!.message).toMatch(/"Contoso" \(CON01\) and "Contoso Remit" \(CON02\)/);
		expect(reason!.message).toContain('Procore vendor "Contoso Ready Mix"');
		expect(reason!.message).not.toContain(idOf('Contoso Ready Mix'));
	}
});

test('the one whose code Procore knows takes it, and the other of the same firm is made', async () => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321', origin_code: 'CON02' });
	const { kinds } = await sync([
		gp('CON01', 'Contoso', '98-7654321'),
		gp('CON02', 'Contoso Remit', '98-7654321'),
	]);
	expect(kinds).toEqual(['created', 'adopted']);
});

test('a vendor of another integration is never taken over by tax id', async () => {
	await start({ name: 'Contoso Ready Mix', taxId: '98-7654321', origin_id: 'SAGE-77' });
	const { outcomes } = await sync([gp('CON01', 'Contoso', '98-7654321')]);
	expect(outcomes).toMatchObject([{ outcome: 'conflict', reason: { code: 'foreign-origin-id' } }]);
	expect(procore.state.vendors.all()).toMatchObject([{ origin_id: 'SAGE-77' }]);
});

test('a namesake with another tax id is not taken for the same firm', async () => {
	await start({ name: 'Contoso', taxId: '11-1111112' }, { name: 'Fabrikam' });
	const { outcomes, client } = await sync([
		gp('CON01', 'Contoso', '98-7654321'),
		gp('FAB01', 'Fabrikam', '55-5555556'),
	]);
	expect(outcomes).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'tax-id-differs' } },
		{ outcome: 'adopted' },
	]);
	expect(client.counters.writes).toBe(1);
});

test('no tax id stands in an outcome, whatever became of the vendor', async () => {
	await start(
		{ name: 'Contoso East', taxId: '98-7654321' },
		{ name: 'Contoso West', taxId: '98-7654321' },
		{ name: 'Fabrikam', taxId: '12-3123123' },
		{ name: 'Litware', taxId: '45-6456456' },
	);
	const { outcomes, client } = await sync([
		gp('CON01', 'Contoso', '98-7654321'),
		gp('FAB01', 'Fab', '12-3123123'),
		gp('LIT01', 'Litware', '66-6666667'),
	]);
	const text = JSON.stringify([outcomes, client.counters]);
	for (const digits of ['987654321', '98-7654321', '123123123', '456456456', KEY]) {
		expect(text).not.toContain(digits);
	}
});
