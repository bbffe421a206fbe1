import type { INodeParameters } from 'n8n-workflow';

import { documentKey } from '../../../sandbox/gp/company/types';
import type { GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { gpCredential, startSmallGp } from '../support/stand-ins';
import { createPoller } from './poller';

let gp: GpStandIn;
beforeAll(async () => {
	gp = await startSmallGp();
});
afterAll(async () => await gp.close());
beforeEach(() => {
	gp.reset();
	gp.setClock(Date.now());
});

const watch = (parameters: INodeParameters, saved = {}) =>
	createPoller(gpCredential(gp.url), parameters, saved);
const vendorAt = (index: number) => [...gp.company.vendors.values()][index].vendorId;
const documentIn = (state: string) =>
	[...gp.company.documents.values()].find(
		(one) => one.state === state && one.documentType === 1 && !one.voided,
	)!;
const keysOf = (items: object[] | null) =>
	(items ?? []).map((item) => (item as { key: string }).key);

describe('new changes only', () => {
	test('the first poll is quiet, a change comes exactly once, then it is quiet again', async () => {
		const trigger = watch({ resource: 'vendor' });
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();

		gp.edits.changeVendor(vendorAt(3), { name: 'RENAMED INC' });
		const items = await trigger.poll();
		expect(items).toEqual([
			expect.objectContaining({ kind: 'vendor', key: vendorAt(3), name: 'RENAMED INC' }),
		]);
		expect(items![0]).not.toHaveProperty('extra');
		expect(await trigger.poll()).toBeNull();
	});

	test('a new account comes too', async () => {
		const trigger = watch({ resource: 'account' });
		await trigger.poll();
		gp.edits.addAccount({ account: '300-9999-01' });
		expect(keysOf(await trigger.poll())).toEqual(['300-9999-01']);
	});

	test('posting a voucher is one event of the same document, with its distributions', async () => {
		gp.set({ listDetail: 'summary' });
		const trigger = watch({ resource: 'payable' });
		gp.resetJournal();
		await trigger.poll();
		expect(gp.counters.reads['payables detail']).toBeUndefined();

		const key = documentKey(documentIn('work'));
		gp.edits.postVoucher(key);
		const items = await trigger.poll();
		expect(items).toEqual([expect.objectContaining({ key, state: 'open' })]);
		expect(items![0].distributions).not.toHaveLength(0);
		// And of the three within the overlap from before: their details are what later ones are compared with.
		expect(gp.counters.reads['payables detail']).toBe(4);
		expect(await trigger.poll()).toBeNull();
	});

	test('the clock of GP may stand months behind that of n8n', async () => {
		gp.setClock(Date.parse('2026-07-01T08:00:00Z'));
		const trigger = watch({ resource: 'vendor' });
		expect(await trigger.poll()).toBeNull();
		gp.edits.changeVendor(vendorAt(5), { name: 'LATE INC' });
		expect(keysOf(await trigger.poll())).toEqual([vendorAt(5)]);
	});

	test.each([
		['dateOnly' as const, {}],
		['absent' as const, { entities: { vendor: { stampField: null } } }],
	])('a site whose stamps are %s hands out nothing twice', async (stampMode, profileOverride) => {
		gp.set({ stampMode });
		const options = { pauseMs: 0, profileOverride: JSON.stringify(profileOverride) };
		const trigger = watch({ resource: 'vendor', options });
		gp.edits.changeVendor(vendorAt(1), { name: 'BEFORE INC' });
		expect(await trigger.poll()).toBeNull();
		gp.edits.changeVendor(vendorAt(1), { name: 'AFTER INC' });
		gp.edits.changeVendor(vendorAt(2), { name: 'OTHER INC' });
		expect(keysOf(await trigger.poll()).sort()).toEqual([vendorAt(1), vendorAt(2)].sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('after a restart it goes on from what n8n saved', async () => {
		const trigger = watch({ resource: 'vendor' });
		await trigger.poll();
		gp.edits.changeVendor(vendorAt(4), { name: 'DOWNTIME INC' });
		const restarted = watch({ resource: 'vendor' }, trigger.saved());
		expect(keysOf(await restarted.poll())).toEqual([vendorAt(4)]);
	});

	test('where the server moved, what changed meanwhile still comes', async () => {
		const trigger = watch({ resource: 'vendor' });
		await trigger.poll();
		gp.edits.changeVendor(vendorAt(6), { name: 'MOVED INC' });
		const moved = { ...gpCredential(gp.url), serviceAddress: `${gp.url}/` };
		const after = createPoller(moved, { resource: 'vendor' }, trigger.saved());
		expect(keysOf(await after.poll())).toEqual([vendorAt(6)]);
		expect(await after.poll()).toBeNull();
		const another = { ...moved, companyId: 'OTHER' };
		const other = createPoller(another, { resource: 'vendor' }, trigger.saved());
		await expect(other.poll()).resolves.toBeNull();
	});

	test('a position in one list is not used for another', async () => {
		const trigger = watch({ resource: 'vendor' });
		await trigger.poll();
		gp.edits.addAccount({ account: '300-9999-02' });
		trigger.set({ resource: 'account' });
		expect(await trigger.poll()).toBeNull();
		gp.edits.addAccount({ account: '300-9999-03' });
		expect(keysOf(await trigger.poll())).toEqual(['300-9999-03']);
	});
});

test('each item of a list that is not proven complete says so, and the position stays before it', async () => {
	gp.set({ dialect: 'none', defaultPageSize: 10 });
	const trigger = watch({ resource: 'vendor', startWith: 'everything' });
	const items = await trigger.poll();
	expect(items).toHaveLength(10);
	for (const item of items!)
		expect(item).toMatchObject({ notProven: expect.stringMatching(/vendors.*exactly 10 rows/) });
	gp.reset();
	const rest = await trigger.poll();
	expect(rest).toHaveLength(gp.company.vendors.size - 10);
	expect(rest![0]).not.toHaveProperty('notProven');
});

test('more than the limit comes over several polls, each record once', async () => {
	const trigger = watch({ resource: 'vendor', startWith: 'everything', maxRecords: 60 });
	const polls: string[][] = [];
	for (let items = await trigger.poll(); items; items = await trigger.poll()) {
		polls.push(keysOf(items));
		expect(polls.length).toBeLessThan(10);
	}
	const all = polls.flat();
	expect(polls.every((keys) => keys.length <= 60)).toBe(true);
	expect(polls.length).toBe(Math.ceil(gp.company.vendors.size / 60));
	expect(new Set(all).size).toBe(all.length);
	expect(new Set(all)).toEqual(new Set(gp.company.vendors.keys()));
});

test('the rest of a large change survives a restart between two polls', async () => {
	let trigger = watch({ resource: 'vendor', startWith: 'everything', maxRecords: 60 });
	const all: string[] = [];
	for (let items = await trigger.poll(); items; items = await trigger.poll()) {
		all.push(...keysOf(items));
		const { 'node:GP': data } = trigger.saved() as { 'node:GP': { position: { cursor: unknown } } };
		// What another process does not have: the listing behind the cursor.
		if (data.position.cursor) data.position.cursor = null;
		trigger = watch(
			{ resource: 'vendor', startWith: 'everything', maxRecords: 60 },
			{ 'node:GP': data },
		);
	}
	expect([...all].sort()).toEqual([...gp.company.vendors.keys()].sort());
});

test('a start date leaves out what was last touched before it, the day before included', async () => {
	const on = (at: string, index: number) =>
		gp.edits.changeVendor(vendorAt(index), { name: `V${index}` }, { at });
	on('2026-08-09T12:00:00Z', 1);
	on('2026-08-10T12:00:00Z', 2);
	const trigger = watch({ resource: 'vendor', startWith: 'date', startDate: '2026-08-10' });
	expect(keysOf(await trigger.poll())).toEqual([vendorAt(2)]);
	expect(await trigger.poll()).toBeNull();
});

describe('filters', () => {
	test('only documents in the chosen states and of the chosen types come', async () => {
		const trigger = watch({
			resource: 'payable',
			documentStates: ['open'],
			documentTypes: ['invoice'],
		});
		await trigger.poll();
		gp.edits.addInvoice({ state: 'work' });
		gp.edits.addInvoice({ state: 'open', documentType: 5 });
		const wanted = gp.edits.addInvoice({ state: 'open' });
		expect(keysOf(await trigger.poll())).toEqual([documentKey(wanted)]);
		expect(await trigger.poll()).toBeNull();
	});

	test('voided documents are a state of their own', async () => {
		const trigger = watch({ resource: 'payable', documentStates: ['voided'] });
		await trigger.poll();
		const [paid, voided] = [...gp.company.documents.values()].filter(
			(one) => one.state === 'open' && one.documentType === 1,
		);
		gp.edits.payVoucher(documentKey(paid));
		gp.edits.voidVoucher(documentKey(voided));
		expect(keysOf(await trigger.poll())).toEqual([documentKey(voided)]);
	});

	test('rows that the filters leave out do not keep others waiting', async () => {
		const trigger = watch({ resource: 'payable', documentTypes: ['creditMemo'], maxRecords: 1 });
		await trigger.poll();
		for (let count = 0; count < 5; count++) gp.edits.addInvoice({ documentType: 1 });
		const memo = gp.edits.addInvoice({ documentType: 5 });
		expect(keysOf(await trigger.poll())).toEqual([documentKey(memo)]);
	});
});

describe('by hand', () => {
	test('one sample comes and the position stays', async () => {
		const trigger = watch({ resource: 'payable', documentTypes: ['invoice'] });
		await trigger.poll();
		const before = trigger.saved();
		const key = documentKey(gp.edits.addInvoice({ state: 'open' }));
		const sample = await trigger.poll('manual');
		expect(sample).toEqual([expect.objectContaining({ documentType: 'invoice' })]);
		expect(sample![0].distributions).not.toHaveLength(0);
		expect(trigger.saved()).toEqual(before);
		expect(keysOf(await trigger.poll())).toEqual([key]);
	});

	test('a filter that nothing passes is said to be the reason', async () => {
		const trigger = watch({ resource: 'vendor', startWith: 'date', startDate: '2030-01-01' });
		await expect(trigger.poll('manual')).rejects.toThrow(/passes the filters/);
	});
});

describe('failures', () => {
	test('a failed poll keeps the position, and the next one brings what it missed', async () => {
		const trigger = watch({ resource: 'vendor' });
		await trigger.poll();
		gp.edits.changeVendor(vendorAt(7), { name: 'PATIENT INC' });
		const before = trigger.saved();
		gp.set({ offers: { vendors: false } });
		await expect(trigger.poll()).rejects.toMatchObject({
			node: { name: 'GP' },
			description: expect.stringMatching(/\w/),
		});
		expect(trigger.saved()).toEqual(before);
		gp.set({ offers: { vendors: true } });
		expect(keysOf(await trigger.poll())).toEqual([vendorAt(7)]);
	});

	test('a wrong password is tried once, and not again by the polls after it', async () => {
		const login = gpCredential(gp.url, { password: 'Wr0ng!' });
		const trigger = createPoller(login, { resource: 'vendor' });
		gp.resetJournal();
		for (let poll = 0; poll < 3; poll++) {
			const error: Error = await trigger.poll().then(
				() => Promise.reject(new Error('it must fail')),
				(reason: Error) => reason,
			);
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401' });
			expect(JSON.stringify(error)).not.toContain('Wr0ng!');
		}
		expect(gp.counters.rejectedLogins).toBe(1);
		await expect(trigger.poll('manual')).rejects.toThrow(/refused/);
		expect(gp.counters.rejectedLogins).toBe(2);
	});

	test('a poll that begins while the one before still reads leaves the work to it', async () => {
		const trigger = watch({ resource: 'vendor', startWith: 'everything' });
		const [first, second] = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(first).toHaveLength(gp.company.vendors.size);
		expect(second).toBeNull();
	});

	test('a date that is none is refused before GP is called', async () => {
		gp.resetJournal();
		const trigger = watch({ resource: 'vendor', startWith: 'date', startDate: '' });
		await expect(trigger.poll()).rejects.toThrow(/Start Date/);
		expect(gp.counters.requests).toBe(0);
	});
});
