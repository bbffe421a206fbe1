/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked at as a reader without a schema would */
import { startGpAdmin, type GpAdmin } from '../../../sandbox/gp/admin/start-admin';
import { ADMIN_ROUTES } from '../../../sandbox/gp/admin/admin-routes';
import { documentKey, type DocumentState } from '../../../sandbox/gp/company/types';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { CONTEXT, request } from './request';

let gp: GpStandIn;
let admin: GpAdmin;

beforeAll(async () => {
	gp = await startGpServer({ switches: { authMode: 'none' } });
	admin = await startGpAdmin(gp);
});
afterAll(async () => {
	await admin.close();
	await gp.close();
});
beforeEach(() => gp.reset());

async function post(path: string, body: object): Promise<any> {
	const answer = await fetch(admin.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: answer.status, ...((await answer.json()) as object) };
}

const truth = async (): Promise<any> => await (await fetch(`${admin.url}/truth`)).json();

function someKey(state: DocumentState): string {
	const document = [...gp.company.documents.values()].find(
		(one) => one.state === state && !one.voided && one.documentType === 1,
	)!;
	return documentKey(document);
}

async function overSba(key: string): Promise<any> {
	const answer = await request(`${gp.url}${CONTEXT}/Purchasing/Payables/Transactions(${key}).json`);
	return answer.status === 200 ? answer.json().Payload : answer.status;
}

describe('the admin API', () => {
	it('posts, pays and voids a voucher, each with a new stamp, under the same key', async () => {
		const key = someKey('work');
		const before = gp.company.documents.get(key)!.modified;
		const posted = await post('/vouchers/post', { key });
		expect([posted.status, posted.state]).toEqual([200, 'open']);
		expect(posted.modified > before).toBe(true);
		expect((await overSba(key)).TransactionState).toBe('Open');
		await post('/vouchers/pay', { key, at: '2026-08-01T10:00:00Z' });
		expect(await overSba(key)).toMatchObject({
			TransactionState: 'History',
			ModifiedDate: '2026-08-01T10:00:00.000',
		});
		expect((await post('/vouchers/post', { key })).status).toBe(400);
		await post('/vouchers/void', { key });
		expect((await overSba(key)).IsVoided).toBe(true);
	});

	it('lets a void without history and a deletion vanish', async () => {
		const [open, work] = [someKey('open'), someKey('work')];
		await post('/vouchers/void', { key: open, keepHistory: false });
		await post('/vouchers/delete', { key: work });
		expect([await overSba(open), await overSba(work)]).toEqual([404, 404]);
		expect((await post('/vouchers/delete', { key: someKey('open') })).error).toContain(
			'void it instead',
		);
	});

	it('adds a given invoice and counts it in the truth', async () => {
		const before = await truth();
		const added = await post('/invoices/add', {
			vendorId: 'CONTOSOL0001',
			lines: [
				{ account: '300-5130-03', amount: '1000.10' },
				{ account: '000-5140-03', amount: '0.00001', job: '400', reference: 'JOB 400 brick' },
			],
			charges: { freight: '10', tax: '75.01', tradeDiscount: '5', retainage: '100' },
		});
		expect(added.amounts.document).toBe('1080.11001');
		const after = await truth();
		expect(after.counts.documents).toBe(before.counts.documents + 1);
		const gained = (name: string, key: string) =>
			(Number(after[name][key]) - Number(before[name][key])).toFixed(5);
		expect(gained('costByState', 'open')).toBe('1080.11001');
		expect(gained('costByJob', '300')).toBe('1000.10000');
		expect(gained('costByJob', '400')).toBe('0.00001');
		expect((await overSba(`1;${added.voucher}`)).Distributions).toHaveLength(7);
	});

	it('adds an invented invoice that balances', async () => {
		for (let n = 0; n < 10; n++) {
			const added = await post('/invoices/add', {});
			const sides = ['debit', 'credit'].map((side) =>
				added.distributions
					.reduce((total: number, row: any) => total + Number(row[side]), 0)
					.toFixed(5),
			);
			expect(sides[0]).toBe(sides[1]);
		}
	});

	it('changes an unposted amount, and a posted one only by force', async () => {
		const work = someKey('work');
		const changed = await post('/invoices/amount', { key: work, purchases: '99999.99' });
		expect(changed.amounts.purchases).toBe('99999.99000');
		const open = someKey('open');
		expect((await post('/invoices/amount', { key: open, purchases: '5.00' })).error).toContain(
			'posted',
		);
		expect(
			(await post('/invoices/amount', { key: open, purchases: '99999.99', posted: true })).status,
		).toBe(200);
	});

	it('edits a distribution without touching the stamp of its document', async () => {
		const key = someKey('open');
		const { modified, distributions } = structuredClone(gp.company.documents.get(key)!);
		const changed = await post('/distributions/change', {
			key,
			sequence: distributions[0].sequence,
			account: '800-5310-03',
		});
		expect([changed.modified, changed.distributions[0].account]).toEqual([modified, '800-5310-03']);
	});

	it('adds and changes vendors and accounts, and refuses fields that do not exist', async () => {
		expect(
			(await post('/vendors/change', { vendorId: 'CONTOSOL0001', change: { name: 'Renamed' } }))
				.name,
		).toBe('Renamed');
		expect(
			(await post('/vendors/add', { vendor: { vendorId: 'zed0001', name: 'Zed' } })).vendorId,
		).toBe('ZED0001');
		expect(
			(
				await post('/accounts/add', {
					account: { account: '300-5180-02', description: 'Glazing - Materials' },
				})
			).status,
		).toBe(200);
		expect(
			(await post('/accounts/change', { account: '300-5180-02', change: { active: false } }))
				.active,
		).toBe(false);
		expect(
			(await post('/vendors/change', { vendorId: 'CONTOSOL0001', change: { nmae: 'x' } })).error,
		).toContain('nmae');
		expect((await post('/vendors/change', { vendorId: 'NOBODY', change: {} })).error).toContain(
			'NOBODY',
		);
	});

	it('sets switches, faults and the clock, and takes everything back', async () => {
		await post('/switches', { dialect: 'none' });
		await post('/faults', { faults: [{ kind: 'hang' }] });
		await post('/clock', { now: '2027-01-01T00:00:00Z' });
		expect((await post('/invoices/add', {})).modified).toMatch(/^2027-01-01T00:00/);
		await post('/reset', {});
		expect([gp.switches.dialect, gp.faults.get(), gp.company.documents.size]).toEqual([
			'odata',
			[],
			660,
		]);
	});

	it('answers every reading route and shows every route on its page', async () => {
		const page = await (await fetch(`${admin.url}/`)).text();
		for (const route of ADMIN_ROUTES) {
			expect(page).toContain(route.name.split(' ')[1]);
			if (route.name.startsWith('GET'))
				expect((await fetch(admin.url + route.name.slice(4))).status).toBe(200);
		}
	});

	it('takes JSON only and only on loopback names', async () => {
		expect((await fetch(`${admin.url}/reset`, { method: 'POST', body: '{"a":1}' })).status).toBe(
			400,
		);
		expect((await request(`${admin.url}/truth`, { headers: { host: 'example.com' } })).status).toBe(
			403,
		);
		expect((await fetch(`${admin.url}/nothing`)).status).toBe(404);
	});
});
