import { ConnectorError } from '../../lib/model/connector-error';
import type { Entity } from '../../lib/model/desired';
import { EMPTY_WATERMARK, type Watermark } from '../../lib/model/gp-changes';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import type { GpRecord } from '../../lib/model/gp-records';
import type { GpSite } from '../../lib/gp/site';
import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { expectedPayable, payableContent } from './support/expected-payable';
import { canLogIn, SECRETS, startSites, type Sites } from './support/logins';
import { readRun } from './support/read-run';
import {
	allPositions,
	AXES,
	everyPairOnce,
	oddShapes,
	pairsOf,
	shapeAt,
	type AuthMode,
} from './support/shapes';
import { siteFor } from './support/client';

/*
 * One suite for every shape a site may have, after Airbyte's connector acceptance tests: bad
 * configuration, two readings equal, the increment a strict subset, a far watermark gives nothing,
 * every record exactly once. All of it through the package's own login.
 *
 * By default every pair of switch values meets at least once; CONFORMANCE=full takes every
 * combination.
 */
const FULL = process.env.CONFORMANCE === 'full';
const ENTITIES = ['vendor', 'account', 'payable'] as const;

const positions = allPositions();
const sample = everyPairOnce(positions);
const shapes = [...(FULL ? positions : sample).map(shapeAt), ...oddShapes(FULL)];
const shown = shapes.filter(({ authMode }) => canLogIn(authMode));
const notShown = shapes.filter(({ authMode }) => !canLogIn(authMode));

test('there are dialects × envelopes × logins × stamps × list details combinations, each once', () => {
	expect(positions).toHaveLength(3 * 4 * 5 * 3 * 2);
	expect(new Set(positions.map((position) => JSON.stringify(position))).size).toBe(360);
});

test('the sample has every value of each switch with every value of each other', () => {
	const covered = new Set(sample.flatMap(pairsOf));
	const axes = Object.entries(AXES);
	for (const [at, [left, leftValues]] of axes.entries())
		for (const [right, rightValues] of axes.slice(at + 1))
			for (const leftValue of leftValues)
				for (const rightValue of rightValues)
					expect(covered).toContain(`${left}=${leftValue} ${right}=${rightValue}`);
	expect(sample.length).toBeLessThanOrEqual(30);
	expect(everyPairOnce(allPositions())).toEqual(sample);
});

if (notShown.length > 0)
	test.skip.each(notShown)('$name (skipped: the openssl program is missing)', () => undefined);

let sites: Sites;
const effects = {
	now: () => Date.parse('2026-07-01T06:00:00Z'),
	sleep: async () => undefined,
	random: () => 0.5,
};
/** What the stand-in notes of a request once it knows its client. */
const HOW_ADMITTED: Record<AuthMode, string> = {
	perConnection: 'same connection',
	perRequest: 'type 3 accepted',
	negotiateOnly: 'type 3 accepted',
	basic: 'basic',
	bearer: 'bearer',
};
/** What the first shape showed; all others must show the same. */
let reference: Record<Entity, unknown[]> | null = null;

beforeAll(async () => {
	sites = await startSites({ vendorCount: 18, documentCount: 26 });
});
afterAll(async () => await sites.close());

describe.each(shown)('$name', ({ authMode, switches, profile, profileName = 'sba' }) => {
	let server: GpStandIn;
	beforeAll(() => {
		server = sites.serverFor(authMode);
		server.reset();
		server.set({ authMode, ...switches });
		keepSmall(server);
	});
	afterEach(() => sites.closeClients());

	function client(more: Partial<GpSite> = {}, login: { wrong?: boolean } = {}): GpClient {
		return createGpClient({
			site: siteFor(profile, {
				serviceAddress: server.url,
				profileName,
				...more,
			}),
			http: sites.logIn(authMode, login),
			effects,
			throttle: { gapMs: 0, concurrency: 5 },
		});
	}

	test('the connection test passes; what is wrong in the settings has its own error', async () => {
		await expect(client().probe()).resolves.toMatchObject({ company: expect.any(String) });
		expect(server.counters).toMatchObject({
			rejectedLogins: 0,
			splitHandshakes: 0,
			malformedTokens: 0,
		});
		const company = await settingError(
			async () => await client({ company: 'Contoso, Ltd.', companyId: 'OTHER' }).probe(),
		);
		expect(company.code).toBe('GP_COMPANY_UNKNOWN');
		if (profileName === 'sba') {
			const tenant = await settingError(async () => await client({ tenant: 'Nowhere' }).probe());
			expect(tenant.code).toBe('GP_SERVICE_NOT_FOUND');
		}
		const address = await settingError(
			async () => await client({ serviceAddress: 'gp.example.com' }).probe(),
		);
		expect(address).toMatchObject({
			code: 'GP_SETTING_INVALID',
			details: { setting: 'service address' },
		});
		const watermark = await settingError(
			async () => await readRun(client(), 'vendor', { since: 'yesterday', seen: {} }),
		);
		expect(watermark.code).toBe('GP_SETTING_INVALID');
	});

	test('a wrong secret has its own error and is sent once', async () => {
		server.resetJournal();
		const wrong = client({}, { wrong: true });
		const error = await settingError(async () => await wrong.probe());
		expect(error.code).toBe('windows-login-rejected');
		await expect(wrong.list('payable')).rejects.toMatchObject({ code: 'windows-login-rejected' });
		expect(server.counters.dataRequests).toBe(0);
		expect(server.log.filter(({ login }) => /rejected|refused/.test(login))).toHaveLength(1);
	});

	test('every record comes exactly once, as it is in the books and the same from any shape', async () => {
		const reader = client();
		const { company } = server;
		const keys = {
			vendor: [...company.vendors.keys()].sort(),
			account: [...company.accounts.keys()].sort(),
			payable: [...company.documents.keys()].sort(),
		};
		const read = {} as Record<Entity, GpRecord[]>;
		for (const entity of ENTITIES) {
			read[entity] = byKey(await reader.list(entity));
			expect(read[entity].map(({ key }) => key)).toEqual(keys[entity]);
		}
		expect((await reader.listKeys('payable')).keys.sort()).toEqual(keys.payable);
		expect(server.log.filter(({ rows }) => rows !== null).map(({ login }) => login)).toContain(
			HOW_ADMITTED[authMode],
		);

		expect(
			read.vendor.flatMap((one) => (one.kind === 'vendor' ? [[one.key, one.name]] : [])),
		).toEqual(
			byKey([...company.vendors.values()].map((one) => ({ ...one, key: one.vendorId }))).map(
				({ key, name }) => [key, name],
			),
		);
		expect(
			read.account.flatMap((one) => (one.kind === 'account' ? [[one.key, one.active]] : [])),
		).toEqual(
			byKey([...company.accounts.values()].map((one) => ({ ...one, key: one.account }))).map(
				({ key, active }) => [key, active],
			),
		);
		expect(
			read.payable.flatMap((one) => (one.kind === 'payable' ? [payableContent(one)] : [])),
		).toEqual(byKey([...company.documents.values()].map(expectedPayable)));
		for (const { taxId } of company.vendors.values())
			if (taxId) expect(JSON.stringify(read)).not.toContain(taxId);

		// The OData tables lack vendor names on documents and further vendor addresses.
		if (profileName === 'odata') {
			if (reference) expect(read.account.map(content)).toEqual(reference.account);
			return;
		}
		const shownHere = {
			vendor: read.vendor.map(content),
			account: read.account.map(content),
			payable: read.payable.map(content),
		};
		reference ??= shownHere;
		expect(shownHere).toEqual(reference);
	});

	test('one record comes as in the list', async () => {
		const reader = client();
		for (const entity of ENTITIES) {
			const records = await reader.list(entity, { limit: 3 });
			expect(records).toHaveLength(3);
			expect(await reader.get(entity, records[2]!.key)).toEqual(records[2]);
		}
		await expect(reader.get('vendor', 'NOBODY')).rejects.toMatchObject({
			code: 'GP_RECORD_NOT_FOUND',
		});
	});

	test('two readings are equal; the increment is what changed and nothing else; a far watermark gives nothing', async () => {
		const reader = client();
		const { company, edits } = server;
		const marks = {} as Record<Entity, Watermark>;
		const whole = {} as Record<Entity, Set<string>>;
		for (const entity of ENTITIES) {
			const first = await readRun(reader, entity, EMPTY_WATERMARK, { limit: 12 });
			const second = await readRun(client(), entity, EMPTY_WATERMARK, { limit: 1000 });
			expect(first.faults).toEqual([]);
			expect(first.batches).toBeGreaterThan(1);
			whole[entity] = new Set(first.records.map(({ key }) => key));
			expect(whole[entity].size).toBe(first.records.length);
			expect(first.records.map(({ key, hash }) => [key, hash])).toEqual(
				second.records.map(({ key, hash }) => [key, hash]),
			);
			expect(first.watermark).toEqual(second.watermark);
			marks[entity] = first.watermark;
			expect((await readRun(reader, entity, first.watermark)).records).toEqual([]);
			// Without stamps a date says nothing, and what was seen decides.
			const seen = switches.stampMode === 'absent' ? first.watermark.seen : {};
			const far = await readRun(reader, entity, { since: '2999-01-01', seen });
			expect(far.records).toEqual([]);
		}
		const busy = new Set([...company.documents.values()].map(({ vendorId }) => vendorId));
		// A document shows its vendor's name, and so changes with it: take a vendor without any.
		const vendor = [...company.vendors.values()].find(({ vendorId }) => !busy.has(vendorId))!;
		edits.changeVendor(vendor.vendorId, { name: 'Renamed Concrete' });
		const added = edits.addInvoice({
			lines: [{ account: costAccount(server), amount: '1234.56' }],
			charges: {},
		});
		const work = [...company.documents.values()].find(({ state }) => state === 'work')!;
		edits.postVoucher(`${work.documentType};${work.voucher}`);

		const vendors = await readRun(reader, 'vendor', marks.vendor);
		expect(vendors.records).toMatchObject([{ key: vendor.vendorId, name: 'Renamed Concrete' }]);
		const payables = await readRun(reader, 'payable', marks.payable);
		expect(
			byKey(payables.records).flatMap((one) =>
				one.kind === 'payable' ? [payableContent(one)] : [],
			),
		).toEqual(byKey([added, work].map(expectedPayable)));
		// Of what was there before only the posted document, and far from all of it.
		expect(payables.records.filter(({ key }) => whole.payable.has(key))).toHaveLength(1);
		expect((await readRun(reader, 'account', marks.account)).records).toEqual([]);
		expect((await readRun(reader, 'payable', payables.watermark)).records).toEqual([]);
	});
});

/** The error of settings that cannot work: typed, with a remedy, without a secret. */
async function settingError(attempt: () => Promise<unknown>): Promise<ConnectorError> {
	const error = await attempt().then(
		() => null,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(ConnectorError);
	const typed = error as ConnectorError;
	expect(typed.scope).toBe('configuration');
	expect(typed.remedy.length).toBeGreaterThan(30);
	const told = JSON.stringify([typed.message, typed.details]);
	for (const secret of SECRETS) expect(told).not.toContain(secret);
	return typed;
}

function byKey<T extends { key: string }>(records: T[]): T[] {
	return [...records].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** What no shape may change. */
function content({ extra: _extra, hash: _hash, modified: _modified, ...rest }: GpRecord): unknown {
	return rest;
}

/** Rows nothing refers to only cost time, beyond the few that show paging. */
function keepSmall({ company: { accounts, documents } }: GpStandIn): void {
	const used = new Set(
		[...documents.values()].flatMap(({ distributions, taxes }) =>
			[...distributions, ...taxes].map(({ account }) => account),
		),
	);
	for (const account of accounts.keys())
		if (!used.has(account) && accounts.size > 20) accounts.delete(account);
}

function costAccount({ company }: GpStandIn): string {
	return [...company.documents.values()]
		.flatMap(({ distributions }) => distributions)
		.find(({ type }) => type === 6)!.account;
}
